export const exclusions = {
  "exclusions.heading": "Conflict of interest",
  "exclusions.back": "Back to {number}",
  "exclusions.lead":
    "Whoever is named as the one who harms, or whom the reporter fears, must never see this report: not in a list, not in a count, not in a notice.",
  "exclusions.kept": "Who does not see it",
  "exclusions.none": "Nobody is kept away.",
  "exclusions.since": "since {moment}",
  "exclusions.lift": "Lift",
  "exclusions.lift.hint": "Lifting asks once more who you are, and is recorded.",
  "exclusions.left": "Somebody who has no account any more",
  "exclusions.withoutKey": "Who cannot open it yet",
  "exclusions.withoutKey.lead":
    "They came after it was sealed apart, or took their account up anew. Let them in only if you know that it is them.",
  "exclusions.share": "Let them open it",
  "exclusions.add": "Keep somebody away",
  "exclusions.words": "Name of a person or an institution",
  "exclusions.words.hint": "For whoever is not listed below.",
  "exclusions.find": "Find",
  "exclusions.nothing": "Nobody of that name has an account, and no institution is called so.",
  "exclusions.whom": "Who is concerned?",
  "exclusions.whom.hint": "An institution keeps away everybody who works there and in its branches.",
  "exclusions.missing": "Choose who is concerned.",
  "exclusions.reported": "The institution that the report names",
  "exclusions.colleague": "Works at this desk",
  "exclusions.self": "You. After this you do not see the report any more.",
  "exclusions.before":
    "From now on it is sealed without them. What they opened before, they have seen; that cannot be undone.",
  "exclusions.send": "Keep away",
  "exclusions.changed": "People came to the desk or left it at the same moment, so nothing was changed. Try once more.",
  "exclusions.nobodyLeft":
    "Nobody of the desk could open the report any more. First let a colleague in who is not concerned.",
  "exclusions.change": "Declare or lift",
} as const;
