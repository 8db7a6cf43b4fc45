/** Pages of the site beside the journey: accessibility, the school computer, and ways on. */
export const pages = {
  "pages.nav.learn": "Learn",
  "pages.footer.accessibility": "Accessibility",
  "pages.footer.school": "This is a shared or school computer",
  "pages.home.learn": "I want to learn",
  "pages.home.learn.hint": "What violence is, what you can do and whom you can tell.",
  "pages.home.numbers": "Numbers to call",
  "pages.home.allNumbers": "All numbers",
  "pages.help.danger": "In danger",
  "pages.help.others": "Other numbers",
  "pages.help.cost": "Cost:",

  "pages.about.work.heading": "What happens with a report",
  "pages.about.work.sealed": "It is sealed as soon as it arrives. The team that takes reports opens and reads it.",
  "pages.about.work.answer": "The team decides who can help, and answers under the code.",
  "pages.about.work.limits": "This service does not send anybody at once. In danger, a call is faster.",

  "pages.access.title": "Accessibility",
  "pages.access.heading": "Accessibility statement",
  "pages.access.lead":
    "Everybody should be able to use this service. It works by keyboard, with a screen reader, with large letters, on an old phone and a bad line.",
  "pages.access.standard":
    "It is built to WCAG 2.2, level AA, and to the European standard EN 301 549. We call it partly conformant as long as the limits below stand.",
  "pages.access.tested": "What is tested, and how",
  "pages.access.tested.axe":
    "A program (axe-core) checks every page in every language, in light, dark and high-contrast colours.",
  "pages.access.tested.narrow": "No page has to be scrolled sideways on a screen that is 320 pixels wide.",
  "pages.access.tested.script": "Nothing needs JavaScript. A report can also be sent without cookies.",
  "pages.access.tested.words": "A test measures how long the sentences for children are.",
  "pages.access.limits": "Known limits",
  "pages.access.limits.people": "People with disabilities have not tested the service yet.",
  "pages.access.limits.rest": "An opened report closes after 30 minutes without use.",
  "pages.access.limits.reader": "Screen readers were not tried by hand. A program finds only a part of all barriers.",
  "pages.access.limits.forms": "There is no sign language, no easy-to-read version and no sound recording yet.",
  "pages.access.limits.calls": "The numbers are for voice calls. We have no verified number for text messages.",
  "pages.access.limits.school":
    "On a school computer a page closes after five minutes. Whoever switches that on can switch it off as well.",
  "pages.access.contact": "Tell us about a barrier",
  "pages.access.contact.write": "Write to {contact}. Say which page it is, what you use and what does not work.",
  "pages.access.contact.missing":
    "To be filled in by the operator: an address for barriers, and the body to turn to when nobody answers.",
  "pages.access.prepared": "The makers of the program prepared this statement on {day}, by their own tests.",

  "pages.school.title": "Computer",
  "pages.school.heading": "A shared or school computer",
  "pages.school.lead": "Switch this on if other people use this computer after you.",
  "pages.school.ends": "What is open closes 5 minutes after your last page.",
  "pages.school.deletes": "A report you have not sent is deleted then.",
  "pages.school.long": "Do you write for long? Before 5 minutes pass, press “I am still here”.",
  "pages.school.history": "The history of the browser stays. Close all windows at the end.",
  "pages.school.cookie": "One cookie remembers this until the browser is closed.",
  "pages.school.on": "Switch on",
  "pages.school.off": "Switch off",
  "pages.school.isOn": "It is switched on.",
  "pages.school.note": "School computer: closes by itself after 5 minutes.",
  "pages.school.end": "End now",
  "pages.school.stay": "I am still here",
  "pages.school.stay.hint": "This button gives 5 more minutes and keeps the text.",

  "pages.error.ways": "Where to go from here",

  "pages.shift": "Pressing the Shift key three times leaves a report at once. That needs JavaScript.",
} as const;
