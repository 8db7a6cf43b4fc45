/** What is said before the journey begins, and where it is lost on the way. */
export const journeyStart = {
  "journey.start.title": "Start",
  "journey.start.heading.young": "Tell us what is happening",
  "journey.start.heading.adult": "Report what is happening to a child",
  "journey.start.lead.young": "Ten short steps. You can skip most of them. You can stop at any time.",
  "journey.start.lead.adult": "Ten short steps, most of which can be skipped. You can stop at any time.",
  "journey.start.begin": "Begin",
  "journey.start.begin.young": "I am a child or a young person",
  "journey.start.begin.adult": "I am an adult",
  "journey.start.begin.hint": "It only changes the words. You can change it on every step.",
  "journey.start.switch.young": "Simpler words, for children",
  "journey.start.switch.adult": "Words for adults",
  "journey.start.happens": "What happens with a report",
  "journey.start.read.young": "Somebody from the team that takes reports reads it. The team decides who can help you.",
  "journey.start.read.adult": "The team that takes reports reads every one and decides which institution can help.",
  "journey.start.code.young": "After sending you get a code. With it you read the answer and write more.",
  "journey.start.code.adult": "After sending you get a code, with which you can read the answer and write more.",
  "journey.start.told": "Will my parents or school know?",
  "journey.start.told.young":
    "We do not write to them. The team may bring in the school, social workers or the police. On step 8 you can say who must not know. The team reads that first. Parents may learn of it later, if help needs that.",
  "journey.start.told.adult":
    "We do not write to them when you send. The team may bring in the school, the centre for social work or the police. On step 8 you can say who must not learn of it, and the team reads that first. Parents may learn of it later, if help needs that.",
  "journey.start.anonymous": "What anonymous means here",
  "journey.start.anonymous.young":
    "We do not ask who you are. We do not record your phone or your internet address. But the story itself can show who wrote it.",
  "journey.start.anonymous.adult":
    "You do not have to say who you are. We record neither the device nor the internet address. The text itself can still show who wrote it.",
  "journey.start.phone": "On a phone that others use too",
  "journey.start.phone.young":
    "“Leave this page” deletes a report you have not sent. It does not clear the history of the browser.",
  "journey.start.phone.adult":
    "“Leave this page” deletes a report that was not sent. It does not clear the history of the browser.",
  "journey.start.history": "How to clear the history",
  "journey.start.history.phone":
    "On a phone: open the menu (three dots). Choose History. Delete this page. On an iPhone: tap the book at the bottom, then History.",
  "journey.start.history.computer": "On a computer: press Ctrl and H together. Delete this page from the list.",
  "journey.start.history.private": "A private window keeps no history. Open it from the same menu.",
  "journey.start.operaMini": "Opera Mini sends pages through the servers of its maker. They can see what is on them.",
  "journey.start.expires.young":
    "A report that is not sent disappears after two hours. Until then only this browser opens it, by a cookie.",
  "journey.start.expires.adult":
    "A report that is not sent disappears after two hours. Until then only this browser can open it, with a key kept in a cookie.",

  "journey.closed.heading": "Reports cannot be taken right now",
  "journey.closed.body": "Nobody could read a report at this moment. So we do not take it. These numbers are for help:",
  "journey.closed.notSent":
    "The report was NOT sent. It stays here until two hours pass. Try again in a few minutes, or call:",

  "journey.gone.title": "Page",
  "journey.gone.heading": "This report is not here any more",
  "journey.gone.body": "It may be older than two hours, or somebody left the page. Nothing from this page was stored.",
  "journey.gone.again": "Start again",
  "journey.cookies.heading": "This browser keeps no cookies",
  "journey.cookies.body":
    "Without a cookie the ten steps cannot be kept together. There is a report on one page that needs none. You can also call:",
  "journey.sent.heading": "This report is already sent",
  "journey.sent.body": "What is written below was not added to it. You can add it later with the code.",
  "journey.sent.code": "Show the code",
  "journey.start.shift": "Pressing the Shift key three times leaves the page at once.",
} as const;
