import { type Contact, type Country, crisisContacts, emergencyContacts } from "#country/index.ts";
import { type Answers, listAnswer, textAnswer } from "./draft.ts";
import { isPage, type PageId } from "./questions.ts";

/** Where somebody harms who is not told first. */
const STAFF = ["school_staff", "care_staff", "coach", "official"];
const SCHOOLS = ["primary_school", "secondary_school", "special_school", "preschool"];
const SEARCHED: Readonly<Record<string, readonly string[]>> = {
  education: SCHOOLS,
  school_route: SCHOOLS,
  dormitory: ["dormitory"],
};

/** The types of institution that can be named for where it happens; none for most places. */
export function searchedTypes(answers: Answers): readonly string[] {
  return SEARCHED[textAnswer(answers, "environment") ?? ""] ?? [];
}

export function isStaffHarming(answers: Answers): boolean {
  return STAFF.includes(textAnswer(answers, "perpetrator_type") ?? "");
}

/** It happens on the internet, or by way of it. */
export function isOnline(answers: Answers): boolean {
  return textAnswer(answers, "environment") === "digital" || listAnswer(answers, "forms").includes("digital");
}

/** The pages in their order, with the branches that the answers open. */
export function pathOf(answers: Answers): readonly PageId[] {
  const named = ["confidential", "named"].includes(textAnswer(answers, "identity") ?? "");
  return [
    "1",
    "2",
    "3",
    ...(named ? (["3/contact"] as const) : []),
    "4",
    "5",
    ...(searchedTypes(answers).length > 0 ? (["5/school"] as const) : []),
    ...(isOnline(answers) ? (["5/online"] as const) : []),
    "6",
    "7",
    "8",
    "9",
    "10",
  ];
}

/**
 * The page after this one.
 * @param returning the page was reached by a change link: back to the check page, by way of its branch
 */
export function pageAfter(page: PageId, answers: Answers, returning: boolean): PageId {
  const path = pathOf(answers);
  const next = path[path.indexOf(path.includes(page) ? page : baseOf(page)) + 1] ?? "10";
  return returning && stepOf(next) !== stepOf(page) ? "10" : next;
}

export function pageBefore(page: PageId, answers: Answers, returning: boolean): PageId | undefined {
  if (returning) return "10";
  const path = pathOf(answers);
  return path.includes(page) ? path[path.indexOf(page) - 1] : baseOf(page);
}

/** A page of its own, for a branch that the answers no longer open. */
function baseOf(page: PageId): PageId {
  const base = String(stepOf(page));
  return isPage(base) ? base : page;
}

/** The number of the step that a page belongs to. */
export function stepOf(page: PageId): number {
  return Number(page.split("/")[0]);
}

/** Pages with a mandatory answer; every other page can be skipped. */
export function isSkippable(page: PageId): boolean {
  return page.includes("/") || stepOf(page) > 5;
}

export type Alarm = "danger" | "selfHarm";

/** Whom to call: who thinks of dying needs somebody to talk with, everybody else in danger somebody who comes. */
export function contactsFor(country: Country, alarm: Alarm): readonly Contact[] {
  const crisis = crisisContacts(country);
  return alarm === "selfHarm" && crisis.length > 0 ? crisis : emergencyContacts(country);
}

/** Which numbers to show at once after a page, if any. */
export function alarmAfter(page: PageId, answers: Answers): Alarm | undefined {
  if (page === "1" && textAnswer(answers, "danger") === "yes") return "danger";
  if (page === "6" && textAnswer(answers, "frequency") === "ongoing_now") return "danger";
  return page === "4" && answers.forms?.includes("self_harm_risk") ? "selfHarm" : undefined;
}
