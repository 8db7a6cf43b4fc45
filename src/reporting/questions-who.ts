import { BOTH, LINE, NOTICE, PARAGRAPH, type Question } from "./question.ts";
import type { Voice } from "./voice.ts";

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
    },
    { kind: "radio", name: "still", label: () => "journey.still.label", source: { own: "yesNo" }, others: BOTH },
  ],
  "7": [
    {
      kind: "radio",
      name: "harmed_count",
      label: (voice) => `journey.harmed.count.${voice === "me" || voice === "employee" ? voice : "other"}`,
      source: { own: "count" },
      others: BOTH,
    },
    {
      kind: "select",
      name: "age_band",
      label: (voice) => `journey.age.label.${voice === "me" ? "me" : "other"}`,
      source: { list: "age_band" },
      others: BOTH,
      asks: (voice) => voice !== "employee",
    },
    { kind: "radio", name: "sex", label: () => "journey.sex.label", source: { list: "sex" }, others: ["undisclosed"] },
    {
      kind: "checkbox",
      name: "vulnerability",
      label: (voice) => `journey.vulnerability.label.${voice === "me" ? "me" : "other"}`,
      hint: () => "journey.vulnerability.hint",
      source: { list: "vulnerability" },
      others: BOTH,
      asks: (voice) => voice !== "employee",
    },
    { kind: "radio", name: "injuries", label: () => "journey.injuries.label", source: { own: "yesNo" }, others: BOTH },
    {
      kind: "text",
      name: "harmed_name",
      label: () => "journey.harmedName.label",
      longest: LINE,
      asks: (voice) => voice !== "me" && voice !== "employee",
    },
  ],
  "8": [
    {
      kind: "radio",
      name: "perpetrator_type",
      label: (voice) => `journey.perpetrator.label.${selfOrOther(voice)}`,
      hint: (voice) => (voice === "self" ? "journey.perpetrator.hint.self" : undefined),
      source: { list: "perpetrator_type" },
      others: BOTH,
    },
    {
      kind: "radio",
      name: "perpetrator_count",
      label: (voice) => `journey.perpetrator.count.${selfOrOther(voice)}`,
      source: { own: "count" },
      others: BOTH,
    },
    {
      kind: "select",
      name: "perpetrator_age",
      label: (voice) => `journey.perpetrator.age.${selfOrOther(voice)}`,
      source: { list: "age_band" },
      others: BOTH,
    },
    {
      kind: "text",
      name: "relation",
      label: (voice) =>
        `journey.relation.label.${voice === "me" || voice === "self" || voice === "employee" ? "direct" : "other"}`,
      longest: LINE,
    },
    { kind: "text", name: "perpetrator_name", label: () => "journey.perpetratorName.label", longest: LINE },
    {
      kind: "checkbox",
      name: "withhold",
      label: () => "journey.withhold.label",
      hint: () => "journey.withhold.hint",
      source: { own: "withhold" },
      others: BOTH,
      hides: (voice) => [voice === "employee" ? "parents" : "employer", ...(voice === "self" ? ["harmer"] : [])],
    },
    {
      kind: "textarea",
      name: "withhold_words",
      label: () => "journey.withholdWords.label",
      hint: () => "journey.withholdWords.hint",
      longest: PARAGRAPH,
    },
  ],
  "9": [
    { kind: "checkbox", name: "told", label: () => "journey.told.label", source: { own: "told" }, others: BOTH },
    { kind: "textarea", name: "reaction", label: () => "journey.reaction.label", longest: PARAGRAPH },
  ],
  "10": [],
  "10/notice": [NOTICE],
} as const satisfies Readonly<Record<string, readonly Question[]>>;

function selfOrOther(voice: Voice): "self" | "other" {
  return voice === "self" ? "self" : "other";
}
