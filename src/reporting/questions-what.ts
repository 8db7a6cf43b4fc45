import { FEWER_FORMS, FEWER_ONLINE, FEWER_PLACES, FEWER_ROLES } from "./fewer-choices.ts";
import { BOTH, fewerIfYoung, LINE, NOTICE, PARAGRAPH, plainIfYoung, type Question, STORY } from "./question.ts";

/** Pages 1 to 5: what happens, where, and who tells it. */
export const WHAT = {
  "1": [
    {
      kind: "radio",
      name: "danger",
      label: () => "journey.danger.label",
      hint: () => "journey.danger.hint",
      source: { own: "yesNo" },
      others: BOTH,
      required: "journey.error.choose",
    },
  ],
  "2": [
    {
      kind: "radio",
      name: "role",
      label: () => "journey.role.label",
      source: { list: "reporter_role" },
      others: BOTH,
      required: "journey.error.choose",
      plain: plainIfYoung("journey.role.young"),
      drawn: "role",
      hides: fewerIfYoung(FEWER_ROLES),
    },
  ],
  "3": [
    {
      kind: "radio",
      name: "identity",
      label: ({ address }) => `journey.identity.label.${address}`,
      hint: () => "journey.identity.hint",
      source: { list: "anonymity" },
      others: [],
      required: "journey.error.choose",
      plain: plainIfYoung("journey.identity.young"),
      drawn: "identity",
      example: "journey.identity.hint",
      hides: fewerIfYoung(["named"]),
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
      label: ({ voice, address }) => `journey.forms.title.${voice}.${address}`,
      hint: ({ address }) => `journey.forms.hint.${address}`,
      source: { list: "violence_form" },
      others: BOTH,
      plain: ({ voice, address }) =>
        address === "adult" ? undefined : voice === "me" ? "journey.forms.me" : "journey.forms.plain",
      drawn: "form",
      example: "journey.forms.example",
      hides: fewerIfYoung(FEWER_FORMS),
    },
    {
      kind: "textarea",
      name: "story",
      label: ({ address }) => `journey.story.label.${address}`,
      hint: ({ address }) => `journey.story.hint.${address}`,
      longest: STORY,
    },
    {
      kind: "checkbox",
      name: "truthful",
      label: ({ address }) => `journey.truthful.label.${address}`,
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
      plain: plainIfYoung("journey.environment.young"),
      drawn: "place",
      hides: fewerIfYoung(FEWER_PLACES),
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
      plain: plainIfYoung("journey.place.young"),
    },
  ],
  "5/online": [
    {
      kind: "radio",
      name: "online_place",
      label: () => "journey.online.label",
      source: { list: "online_place" },
      others: BOTH,
      plain: plainIfYoung("journey.online.young"),
      drawn: "online",
      hides: fewerIfYoung(FEWER_ONLINE),
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
