import { FEWER_AGES, FEWER_HARMERS, FEWER_VULNERABILITIES } from "./fewer-choices.ts";
import { BOTH, fewerIfYoung, LINE, NOTICE, PARAGRAPH, plainIfYoung, type Question } from "./question.ts";
import type { Speech } from "./voice.ts";

/** Pages 6 to 10: when, to whom, by whom, and what was done. */
export const WHO = {
  "6": [
    { kind: "text", name: "when", label: () => "journey.when.label", hint: () => "journey.when.hint", longest: LINE },
    {
      kind: "radio",
      name: "frequency",
      label: () => "journey.frequency.label",
      source: { list: "frequency" },
      others: BOTH,
      plain: plainIfYoung("journey.frequency.young"),
      drawn: "often",
    },
    { kind: "radio", name: "still", label: () => "journey.still.label", source: { own: "yesNo" }, others: BOTH },
  ],
  "7": [
    {
      kind: "radio",
      name: "harmed_count",
      label: ({ voice, address }) =>
        voice === "me" || voice === "employee"
          ? `journey.harmed.count.${voice}.${address}`
          : "journey.harmed.count.other",
      source: { own: "count" },
      others: BOTH,
    },
    {
      kind: "select",
      name: "age_band",
      label: ({ voice, address }) => (voice === "me" ? `journey.age.label.me.${address}` : "journey.age.label.other"),
      source: { list: "age_band" },
      others: BOTH,
      plain: plainIfYoung("journey.age.young"),
      hides: ({ voice }) => (voice === "me" ? FEWER_AGES : []),
      asks: (voice) => voice !== "employee",
    },
    {
      kind: "text",
      name: "grade",
      label: () => "journey.grade.label",
      hint: () => "journey.grade.hint",
      longest: LINE,
      asks: (voice) => voice !== "employee",
    },
    {
      kind: "radio",
      name: "sex",
      label: (speech) => (isChildAsked(speech) ? "journey.sex.label.young" : "journey.sex.label.adult"),
      source: { list: "sex" },
      others: ["undisclosed"],
      plain: (speech) => (isChildAsked(speech) ? "journey.sex.young" : undefined),
    },
    {
      kind: "radio",
      name: "injuries",
      label: ({ address }) => `journey.injuries.label.${address}`,
      source: { own: "yesNo" },
      others: BOTH,
    },
    {
      kind: "text",
      name: "harmed_name",
      label: () => "journey.harmedName.label",
      longest: LINE,
      asks: (voice) => voice !== "me" && voice !== "employee",
    },
    {
      kind: "checkbox",
      name: "vulnerability",
      folded: ({ address }) => (address === "young" ? "journey.vulnerability.more.young" : undefined),
      label: ({ voice, address }) =>
        voice === "me" ? `journey.vulnerability.label.me.${address}` : "journey.vulnerability.label.other",
      hint: () => "journey.vulnerability.hint",
      source: { list: "vulnerability" },
      others: BOTH,
      plain: plainIfYoung("journey.vulnerability.young"),
      hides: fewerIfYoung(FEWER_VULNERABILITIES),
      asks: (voice) => voice !== "employee",
    },
  ],
  "8": [
    {
      kind: "radio",
      name: "perpetrator_type",
      label: (speech) => `journey.perpetrator.label.${selfOrOther(speech)}`,
      hint: ({ voice, address }) => (voice === "self" ? `journey.perpetrator.hint.self.${address}` : undefined),
      source: { list: "perpetrator_type" },
      others: BOTH,
      plain: plainIfYoung("journey.perpetrator.young"),
      drawn: "harmer",
      hides: fewerIfYoung(FEWER_HARMERS),
    },
    {
      kind: "checkbox",
      name: "withhold",
      label: ({ address }) => `journey.withhold.label.${address}`,
      hint: () => "journey.withhold.hint",
      source: { own: "withhold" },
      others: BOTH,
      hides: ({ voice }) => [voice === "employee" ? "parents" : "employer", ...(voice === "self" ? ["harmer"] : [])],
    },
    {
      kind: "textarea",
      name: "withhold_words",
      label: () => "journey.withholdWords.label",
      hint: () => "journey.withholdWords.hint",
      longest: PARAGRAPH,
    },
    {
      kind: "radio",
      name: "perpetrator_count",
      label: (speech) => `journey.perpetrator.count.${selfOrOther(speech)}`,
      source: { own: "count" },
      others: BOTH,
    },
    {
      kind: "select",
      name: "perpetrator_age",
      label: (speech) => `journey.perpetrator.age.${selfOrOther(speech)}`,
      source: { list: "age_band" },
      others: BOTH,
      plain: plainIfYoung("journey.age.young"),
      hides: fewerIfYoung(FEWER_AGES),
    },
    {
      kind: "text",
      name: "relation",
      label: ({ voice, address }) =>
        voice === "me" || voice === "self" || voice === "employee"
          ? `journey.relation.label.direct.${address}`
          : "journey.relation.label.other",
      longest: LINE,
    },
    {
      kind: "radio",
      name: "access",
      label: ({ voice, address }) =>
        `journey.access.label.${voice === "me" && address === "young" ? "young" : "adult"}`,
      source: { own: "yesNo" },
      others: BOTH,
      drawn: "access",
      asks: (voice) => voice !== "employee" && voice !== "self",
    },
    { kind: "text", name: "perpetrator_name", label: () => "journey.perpetratorName.label", longest: LINE },
  ],
  "9": [
    {
      kind: "checkbox",
      name: "told",
      label: () => "journey.told.label",
      source: { own: "told" },
      others: BOTH,
      plain: plainIfYoung("journey.told.young"),
      drawn: "told",
    },
    {
      kind: "textarea",
      name: "reaction",
      label: ({ address }) => `journey.reaction.label.${address}`,
      hint: ({ address }) => (address === "young" ? "journey.reaction.hint.young" : undefined),
      longest: PARAGRAPH,
    },
  ],
  "10": [],
  "10/notice": [NOTICE],
} as const satisfies Readonly<Record<string, readonly Question[]>>;

function selfOrOther({ voice }: Speech): "self" | "other" {
  return voice === "self" ? "self" : "other";
}

/** A girl or a boy is a child: an employee who chose the simple words is still asked as an adult. */
function isChildAsked({ voice, address }: Speech): boolean {
  return address === "young" && voice !== "employee";
}
