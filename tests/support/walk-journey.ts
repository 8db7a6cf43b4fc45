import type { Form } from "./browser.ts";
import { hiddenIn } from "./journey.ts";
import { SECRET, type Walk, type Walker } from "./walker.ts";

type Address = "young" | "adult";

const ROLES: Readonly<Record<Address, string>> = { young: "victim_child", adult: "parent_victim" };

/** The longest way through a report: every branch that an answer opens, and every page of numbers. */
const answersOf = (address: Address): readonly (readonly [page: string, given: Form])[] => [
  ["1", { danger: "yes" }],
  ["2", { role: ROLES[address] }],
  ["3", { identity: "confidential" }],
  ["3/b", { reporter_name: SECRET, reporter_contact: SECRET }],
  ["4", { forms: ["physical", "digital", "self_harm_risk"], story: SECRET, truthful: "yes" }],
  ["5", { environment: "education", territory: "rs-nis" }],
  ["5/c", { institution_name: SECRET }],
  ["5/d", { online_address: SECRET }],
  ["6", { when: SECRET, frequency: "ongoing_now" }],
  ["7", { harmed_name: SECRET }],
  ["8", { perpetrator_type: "school_staff", relation: SECRET }],
  ["9", { reaction: SECRET }],
];

/** What no page takes: it comes back with its summary of errors. */
const WRONG: Readonly<Record<string, Form>> = {
  "1": {},
  "2": {},
  "3": {},
  "4": { story: SECRET },
  "5": { environment: "nowhere" },
  "6": { when: SECRET.repeat(30) },
};

/** Reports in one voice: the start, every step with its branches, errors and numbers, the code, and what is behind it. */
export async function walkJourney(walk: Walk, address: Address): Promise<void> {
  const { lang, newWalker } = walk;
  const reporter = newWalker();
  await reporter.open(`${address}-start`, `/${lang}/report?voice=${address}`);
  const { path } = await reporter.visitor.post(`/${lang}/report`, { voice: address });
  const at = path.replace(/\/1$/, "");
  await newWalker().open(`${address}-no-cookies`, `${at}/1`);
  await reporter.open(`${address}-10-incomplete`, `${at}/10`);
  await reporter.send(`${address}-10-unsent`, `${at}/10`, { go: "send" });
  for (const [page, given] of answersOf(address)) await walkStep(reporter, { address, at, page, given });
  await reporter.open(`${address}-10`, `${at}/10`);
  await reporter.open(`${address}-10-e`, `${at}/10/e`);
  await reporter.send(`${address}-10-e-error`, `${at}/10/e`, { notice: "nobody" });
  await reporter.send(`${address}-done`, `${at}/10`, { go: "send" });
  const otherWords = { story: `${SECRET}!`, forms: "physical", truthful: "yes" };
  await reporter.send(`${address}-sent-before`, `${at}/4`, otherWords);
  await newWalker().send(`${address}-gone`, `${at}/4`, otherWords);
  await walkOnePage(walk, address);
  await walkTracking(walk, address);
}

interface Step {
  readonly address: Address;
  readonly at: string;
  readonly page: string;
  readonly given: Form;
}

async function walkStep(reporter: Walker, { address, at, page, given }: Step): Promise<void> {
  const name = `${address}-${page.replace("/", "-")}`;
  await reporter.open(name, `${at}/${page}`);
  if (WRONG[page]) await reporter.send(`${name}-error`, `${at}/${page}`, WRONG[page]);
  if (page === "5/c") {
    await reporter.send(`${name}-found`, `${at}/${page}`, { words: "шк", go: "search" });
    await reporter.send(`${name}-none`, `${at}/${page}`, { words: SECRET, go: "search" });
  }
  // A child is not asked for names.
  const asked = page === "7" && address === "young" ? {} : given;
  const { path, status } = await reporter.visitor.post(`${at}/${page}`, asked);
  if (status !== 303) throw new Error(`${name} was not taken: ${status}`);
  if (page === "4") await reporter.send(`${name}-clash`, `${at}/${page}`, { ...given, story: `${SECRET}!` });
  if (path.endsWith("/a")) await reporter.open(`${name}-a`, path);
}

async function walkOnePage({ lang, world, newWalker }: Walk, address: Address): Promise<void> {
  const path = `/${lang}/report/one`;
  const reporter = newWalker();
  const page = await reporter.open(`${address}-one`, `${path}?as=${address}`);
  const given = { danger: "no", role: ROLES[address], forms: "physical", story: SECRET, truthful: "yes" };
  const form = { draft: hiddenIn(page, "draft"), as: address, ...given };
  await reporter.send(`${address}-one-error`, path, form);
  const whole = { ...form, identity: "anonymous", territory: "rs-nis" };
  await newWalker(world.full).send(`${address}-one-wait`, path, whole);
  await newWalker(world.broken).send(`${address}-one-broken`, path, whole);
  await reporter.send(`${address}-one-done`, path, whole);
  await reporter.send(`${address}-one-before`, path, { ...whole, story: `${SECRET}!` });
}

async function walkTracking({ lang, world, newWalker }: Walk, address: Address): Promise<void> {
  const reporter = newWalker();
  const path = `/${lang}/track`;
  await reporter.open(`${address}-track`, `${path}?voice=${address}`);
  await reporter.send(`${address}-track-error`, path, { code: "12" });
  await reporter.send(`${address}-track-refused`, path, { code: "0000 0000 0000 0000" });
  await newWalker(world.full).send(`${address}-track-busy`, path, { code: "0000 0000 0000 0000" });
  await reporter.send(`${address}-track-over`, `${path}/messages`, { words: SECRET });
  // At once, since every answer to a code takes its time.
  const { codes } = world.facts;
  await Promise.all(codes.map(({ state, code }) => openByCode(newWalker(), `${address}-case-${state}`, path, code)));
  // A code can be tried ten times at once, in all languages together.
  const mine = codes.find(({ state }) => state === (address === "young" ? "answered" : "read"));
  await openByCode(reporter, `${address}-case`, path, mine?.code ?? "");
  await reporter.send(`${address}-case-error`, `${path}/messages`, { words: " " });
  await reporter.send(`${address}-case-added`, `${path}/messages`, { words: SECRET });
  await reporter.send(`${address}-case-cried`, `${path}/safety`, {});

  async function openByCode(walker: Walker, name: string, path: string, code: string): Promise<void> {
    walker.visitor.cookies.set("v", address);
    const { text } = await walker.send(name, path, { code });
    if (!text.includes('class="timeline"')) throw new Error(`${name}: the code opens nothing`);
  }
}
