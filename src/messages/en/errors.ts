export const errors = {
  "errors.notFound.title": "This page is not here",
  "errors.notFound.body": "The address may be old or mistyped. Nothing you wrote was sent.",
  "errors.otherSite.title": "We did not take this",
  "errors.otherSite.body":
    "The form came from another website. Nothing was stored. Open our page and send it again from there.",
  "errors.sessionOver.title": "Your session is over",
  "errors.sessionOver.body": "What you sent was NOT stored. Sign in again and send it once more.",
  "errors.unreadable.title": "We could not read this",
  "errors.unreadable.body": "Some letters arrived damaged. Nothing was stored. Look the text over and send it again.",
  "errors.wrongType.title": "We could not read this",
  "errors.wrongType.body":
    "The form arrived in a way we do not know. Nothing was stored. Open the page again and send the form from there.",
  "errors.tooLarge.title": "This is too long to send at once",
  "errors.tooLarge.body":
    "Nothing from this page was stored. What you wrote on earlier pages is still there. Send a shorter part first; you can add the rest later.",
  "errors.tooMany.title": "Too many tries",
  "errors.tooMany.body": "Wait a minute, then try again. Nothing you wrote was lost.",
  "errors.busy.title": "One moment",
  "errors.busy.body":
    "Very many people are sending right now. Nothing is lost. Press the button again in a few seconds.",
  "errors.notTaken.title": "We did NOT take this",
  "errors.notTaken.body":
    "Something is wrong on our side and nothing was stored. Try again in a minute. If you are in danger, call now.",
  "errors.broken.title": "Something went wrong on our side",
  "errors.broken.body": "This page could not be shown. Try again in a minute. If you are in danger, call now.",
  "errors.broken.sent":
    "We cannot say whether this arrived. Send it again in a minute. It does not count twice. If you are in danger, call now.",
  "errors.requestId": "If you ask for help about this, give this number: {id}",
  "errors.yourText": "What you wrote",
  "errors.textBelow": "It is kept only on this page. Copy it if you need it.",
  "errors.tryAgain": "Try again",
  "errors.toStart": "To the first page",
  "errors.summary": "Something needs another look",
  "errors.field.unknown": "Choose one of the answers offered",
  "errors.field.tooLong": "This is longer than {max} characters. Shorten it a little.",
} as const;
