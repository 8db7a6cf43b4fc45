import { AsyncLocalStorage } from "node:async_hooks";
import { type Country, loadCountry } from "#country/index.ts";
import { newLane } from "#platform/crypto/lane.ts";
import { StorageError } from "#platform/db/errors.ts";
import type { Routes } from "#platform/http/app.ts";
import { newLanes, type Platform } from "#platform/platform.ts";
import { createApp } from "../../src/app.ts";
import type { DemoFacts } from "../../src/demo/prepare-demo.ts";
import { type Form, newVisitor, type Seen, type Visitor } from "./browser.ts";
import type { Multipart } from "./multipart.ts";

/** Words that a person of the walk types; no page may show them after leaving. */
export const SECRET = "тајна реч";

/** A page as it was answered, with the request that brought it, so that it can be asked for again. */
export interface WalkedPage {
  readonly name: string;
  readonly path: string;
  /** The fields of the form that the page answers, or undefined where it was only opened. */
  readonly sent: Form | Multipart | undefined;
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  /** The templates of the page and of what stands around it, where somebody watches rendering. */
  readonly templates: readonly string[];
  readonly by: Visitor;
}

export type Look = (page: WalkedPage) => unknown;

/** The demonstration, and services beside it on the same data in which something is full, broken or missing. */
export interface WalkedWorld {
  readonly country: Country;
  readonly facts: DemoFacts;
  readonly app: Routes;
  /** The clock of the services, which may be no wall clock. */
  now(): number;
  /** Everybody comes at once. */
  readonly full: Routes;
  /** Nothing can be stored. */
  readonly broken: Routes;
  /** The same service as it is where nobody comes in with a password alone. */
  readonly strict: Routes;
  /** The same service a little later, when what was shown before does not count as just shown. */
  readonly soon: Routes;
  /** The same service in the year 2091, when what was planned for some day holds. */
  readonly later: Routes;
  /** For each language a service at which nobody works yet, with its link to set it up. */
  readonly empty: ReadonlyMap<string, { readonly app: Routes; readonly setup: string; readonly plain: Routes }>;
}

/** One person of the walk: every page is looked at, and what it says is returned. */
export interface Walker {
  readonly visitor: Visitor;
  open(name: string, path: string): Promise<Seen>;
  /** Sends a form and looks at the page that comes of it. */
  send(name: string, path: string, fields: Form | Multipart): Promise<Seen>;
  /** The same person where another service answers. */
  at(app: Routes): Walker;
}

export interface Walk {
  readonly lang: string;
  readonly world: WalkedWorld;
  readonly newWalker: (app?: Routes) => Walker;
}

const SOON_MS = 10 * 60_000;
const LATER = Date.parse("2091-01-01T12:00:00Z");
const none = { take: () => false };

/** Makes the services that a walk leads through, on a platform that holds the demonstration. */
export function walkedWorld(
  platform: Platform,
  facts: DemoFacts,
  unused: ReadonlyMap<string, { readonly platform: Platform; readonly token: string }>,
): WalkedWorld {
  const country = loadCountry("RS");
  const options = { country, baseUrl: undefined, recoveryRecipient: undefined, demo: true };
  const mail = { send: async () => undefined, close: () => undefined };
  const guessable = newLane({ width: 1, longest: 200 });
  const here: Platform = { ...platform, mail, lanes: { ...newLanes(), guessable } };
  const write = () => Promise.reject(new StorageError("full", "SQLITE_FULL"));
  return {
    country,
    facts,
    app: createApp(here, options),
    now: () => platform.now(),
    full: createApp(
      {
        ...here,
        budgets: { ...platform.budgets, drafts: none, pages: none, reports: none, messages: none },
        lanes: { ...here.lanes, guessable: newLane({ width: 0, longest: 0, drawn: true }) },
      },
      options,
    ),
    strict: createApp(here, { ...options, secondFactor: "required" }),
    soon: createApp({ ...here, now: () => platform.now() + SOON_MS }, options),
    later: createApp({ ...here, now: () => LATER }, options),
    broken: createApp({ ...here, db: { ...platform.db, write } }, options),
    empty: new Map(
      [...unused].map(([lang, { platform, token }]) => [
        lang,
        {
          app: createApp(platform, options),
          setup: `/staff/setup/${token}`,
          // The same, answering others without TLS.
          plain: createApp(platform, { ...options, plain: true }),
        },
      ]),
    ),
  };
}

/** Where whoever watches rendering notes the templates of the page that is asked for. */
export const rendering = new AsyncLocalStorage<string[]>();

/** Somebody with a browser of their own, whose every page is looked at. */
export function walkerOver(visitor: Visitor, lang: string, look: Look): Walker {
  const headers = { "accept-language": lang };
  async function arrive(name: string, path: string, fields?: Form | Multipart): Promise<Seen> {
    const templates: string[] = [];
    return rendering.run(templates, async () => {
      let seen = fields ? await visitor.post(path, fields, headers) : await visitor.get(path, headers);
      let sent = fields;
      for (let turn = 0; seen.status === 303 && turn < 5; turn++) {
        seen = await visitor.get(seen.path, headers);
        sent = undefined;
      }
      const { status, text: html, headers: answered } = seen;
      await look({ name, path: seen.path, sent, status, html, headers: answered, templates, by: visitor });
      return seen;
    });
  }
  return {
    visitor,
    open: (name, path) => arrive(name, path),
    send: arrive,
    at: (app) => walkerOver(newVisitor({ app }, visitor.cookies), lang, look),
  };
}

/**
 * Signs somebody of the demonstration in, by what the account is for, in the language of the walk.
 * @param which of several; one account takes ten tries in a short while
 */
export async function walkingAs({ lang, world, newWalker }: Walk, role: string, which = 0): Promise<Walker> {
  const { email = "", password = "" } = world.facts.accounts.filter((account) => account.role === role)[which] ?? {};
  const walker = newWalker();
  await walker.visitor.post("/staff/session", { email, password });
  await walker.visitor.post("/staff/account/language", { language: lang });
  return walker;
}
