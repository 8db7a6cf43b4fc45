import { fileURLToPath } from "node:url";
import codeLists from "./code-lists.json" with { type: "json" };
import competence from "./competence.json" with { type: "json" };
import contacts from "./contacts.json" with { type: "json" };
import deadlineRules from "./deadlines.json" with { type: "json" };
import duties from "./duties.json" with { type: "json" };
import holidays from "./holidays.json" with { type: "json" };
import needs from "./needs.json" with { type: "json" };
import territories from "./territories.json" with { type: "json" };

/** The pack of Serbia as data; `loadCountry("RS")` checks it. */
export const serbia = {
  code: "RS",
  name: { sr: "Србија", en: "Serbia" },
  timeZone: "Europe/Belgrade",
  languages: [
    { tag: "sr", name: "Ћирилица", short: "Ћир", dir: "ltr" },
    { tag: "sr-Latn", name: "Latinica", short: "Lat", dir: "ltr" },
    { tag: "en", name: "English", short: "EN", dir: "ltr" },
  ],
  codeLists,
  contacts,
  holidays,
  territories,
  deskRules: [
    {
      id: "triage.first-reading",
      deskType: "triage",
      startsAt: "report.received",
      hours: 24,
      basis: {
        sr: "Правило овог сервиса: тим прочита сваку пријаву за 24 часа. То није законски рок.",
        en: "The team reads every report within 24 hours. That is a rule of this service. It is not a deadline set by law.",
      },
      verified: false,
    },
    {
      id: "triage.shelf-review",
      deskType: "triage",
      startsAt: "report.received",
      hours: 12,
      basis: {
        sr: "Правило овог сервиса: оно што личи на спам тријажни тим погледа у року од 12 часова. Ово није законски рок.",
        en: "A rule of this service: the triage team looks at likely spam within 12 hours. It is not a deadline set by law.",
      },
      verified: false,
    },
  ],
  deadlineRules,
  silence: {
    days: 3,
    basis: {
      sr: "Правило овог сервиса: служба се не јавља када у њој пријаве чекају, а три дана нико није ушао у свој налог. Ово није законски рок.",
      en: "A rule of this service: a desk where reports wait and nobody has signed in for three days is silent. It is not a deadline set by law.",
    },
    verified: false,
  },
  competence,
  needs,
  helpFirst: ["csw", "police", "health", "school_admin", "edu_inspection"],
  duties,
  educationalTypes: ["primary_school", "secondary_school", "special_school", "preschool", "dormitory"],
  libraryFolder: fileURLToPath(new URL("./library", import.meta.url)),
  // The weather service says nothing about who came from here; it must stay light enough for a slow phone.
  leaveTo: "https://www.hidmet.gov.rs/",
};
