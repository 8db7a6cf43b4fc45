/** When too much comes at once: waiting, the box for machines, the shelf for likely spam. */
export const flood = {
  "journey.wait.title": "One moment",
  "journey.wait.body.young":
    "Very many people are writing right now. This has not arrived yet, but nothing is lost. Wait a few seconds, then press the button. If you are in danger, call now.",
  "journey.wait.body.adult":
    "Very many people are writing right now. This has not arrived yet, but nothing is lost. Wait a few seconds, then press the button. If you are in danger, call now.",
  "journey.wait.begin.young":
    "Very many people are writing right now. You do not have to do anything. This page tries again by itself every few seconds. If you are in danger, call now.",
  "journey.wait.begin.adult":
    "Very many people are writing right now. You do not have to do anything. This page tries again by itself every few seconds. If you are in danger, call now.",
  "journey.wait.beginNow.young": "Try again now",
  "journey.wait.beginNow.adult": "Try again now",
  "journey.trap": "Leave this box empty",

  "casework.shelf.lists": "Lists",
  "casework.shelf.tab": "Likely spam: {count}",
  "casework.shelf.lead": "Each one has to be looked at. What nobody decides in time comes back among the reports.",
  "casework.shelf.by": "look at by {moment}",
  "casework.shelf.back": "back from the shelf",
  "casework.shelf.spamTag": "spam",
  "casework.shelf.heading": "On the shelf: likely spam",
  "casework.shelf.due": "Decide by {moment}. After that it stands among the reports by itself.",
  "casework.shelf.overdue": "Nobody decided in time, so it stands among the reports.",
  "casework.shelf.sign.trap": "A box that people do not see was filled in.",
  "casework.shelf.sign.fast": "It was sent faster than a person can fill it in.",
  "casework.shelf.sign.links": "The description holds nothing but links.",
  "casework.shelf.sign.one_character": "The description is one character over and over.",
  "casework.shelf.sign.repeated": "The same description arrived very often within an hour.",
  "casework.shelf.keep": "Not spam: move to the reports",
  "casework.shelf.spam": "It is spam: close",
  "casework.shelf.changed": "This report changed meanwhile. Look at it again before you decide.",
} as const;
