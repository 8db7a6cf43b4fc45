/** When too much comes at once: waiting, the box for machines, the shelf for likely spam. */
export const flood = {
  "journey.wait.title": "One moment",
  "journey.wait.body":
    "Very many people are writing right now. This has not arrived yet. What you wrote is kept on this page. Wait a few seconds, then press the button. If you are in danger, call now.",
  "journey.wait.begin":
    "Very many people are writing right now. You do not have to do anything. This page tries again by itself every few seconds. If you are in danger, call now.",
  "journey.wait.beginNow": "Try again now",
  "journey.trap": "Leave this box empty",

} as const;
