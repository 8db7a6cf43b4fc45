import { BOTH, LINE, NOTICE, PARAGRAPH, type Question, STORY } from "./question.ts";
import { addressOf } from "./voice.ts";

/** Pages 1 to 5: what happens, where, and who tells it. */
export const WHAT = {
  "1": [
    {
      kind: "radio",
      name: "danger",
      label: () => "journey.danger.label",
      hint: () => "journey.danger.hint",
      source: { own: "yesNo" },
      others: ["unsure"],
      required: "journey.error.choose",
    },
  ],
  "2": [
    {
      kind: "radio",
      name: "role",
      label: () => "journey.role.label",
      source: { list: "reporter_role" },
      others: ["undisclosed"],
      required: "journey.error.choose",
      example: "journey.role.hint",
    },
  ],
  "3": [
    {
      kind: "radio",
      name: "identity",
      label: (voice) => `journey.identity.label.${addressOf(voice)}`,
      hint: () => "journey.identity.hint",
      source: { list: "anonymity" },
      others: [],
      required: "journey.error.choose",
      example: "journey.identity.hint",
    },
  ],
  "3/contact": [
    { kind: "text", name: "reporter_name", label: () => "journey.contact.name", longest: LINE },
    {
      kind: "textarea",
      name: "reporter_contact",
      label: () => "journey.contact.how",
      hint: () => "journey.contact.how.hint",
      longest: PARAGRAPH,
    },
    NOTICE,
  ],
  "4": [
    {
      kind: "checkbox",
      name: "forms",
      label: (voice) => `journey.forms.title.${voice}`,
      hint: (voice) => `journey.forms.hint.${addressOf(voice)}`,
      source: { list: "violence_form" },
      others: BOTH,
      plain: (voice) =>
        voice === "me" ? "journey.forms.me" : addressOf(voice) === "young" ? "journey.forms.plain" : undefined,
      example: "journey.forms.example",
      hides: (voice) => (addressOf(voice) === "young" ? ["violence_vs_staff"] : []),
    },
    {
      kind: "textarea",
      name: "story",
      label: (voice) => `journey.story.label.${addressOf(voice)}`,
      hint: (voice) => `journey.story.hint.${addressOf(voice)}`,
      longest: STORY,
    },
    {
      kind: "checkbox",
      name: "truthful",
      label: (voice) => `journey.truthful.label.${addressOf(voice)}`,
      hint: () => "journey.truthful.hint",
      source: { own: "truthful" },
      others: [],
    },
  ],
  "5": [
    {
      kind: "radio",
      name: "environment",
      label: () => "journey.environment.label",
      source: { list: "environment" },
      others: BOTH,
      optional: true,
      plain: (voice) => (addressOf(voice) === "young" ? "journey.environment.young" : undefined),
    },
    {
      kind: "select",
      name: "territory",
      label: () => "journey.territory.label",
      hint: () => "journey.territory.hint",
      source: { places: true },
      others: BOTH,
      required: "journey.error.territory",
    },
  ],
  "5/school": [
    {
      kind: "text",
      name: "institution_name",
      label: () => "journey.school.unlisted",
      hint: () => "journey.school.unlisted.hint",
      longest: LINE,
    },
    {
      kind: "select",
      name: "place_in_school",
      label: () => "journey.school.place",
      source: { list: "place_in_school" },
      others: BOTH,
    },
  ],
  "5/online": [
    {
      kind: "radio",
      name: "online_place",
      label: () => "journey.online.label",
      source: { list: "online_place" },
      others: BOTH,
    },
    {
      kind: "textarea",
      name: "online_address",
      label: () => "journey.online.address",
      hint: () => "journey.online.address.hint",
      longest: PARAGRAPH,
    },
  ],
} as const satisfies Readonly<Record<string, readonly Question[]>>;
