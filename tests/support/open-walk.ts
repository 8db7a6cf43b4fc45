import { makeSetupToken } from "#accounts/index.ts";
import { LANGUAGES } from "#messages/messages.ts";
import { prepareDemo } from "../../src/demo/prepare-demo.ts";
import { openTestApp } from "./app.ts";
import { openTestServer, type TestServer } from "./server.ts";
import { type WalkedWorld, walkedWorld } from "./walker.ts";

export interface OpenWalk {
  readonly world: WalkedWorld;
  /** Gives a browser the styles and scripts of the pages. */
  readonly server: TestServer;
  close(): Promise<void>;
}

/** The demonstration on a fresh database, and for each language a service that nobody has set up. */
export async function openWalk(): Promise<OpenWalk> {
  const server = await openTestServer({ withDesk: false });
  const facts = await prepareDemo(server.platform, "RS");
  const empty = await Promise.all(LANGUAGES.map(() => openTestApp({ withDesk: false })));
  const tokens = await Promise.all(empty.map(({ platform }) => makeSetupToken(platform)));
  const unused = new Map(
    LANGUAGES.map((lang, at) => [lang, { platform: empty[at]!.platform, token: tokens[at] ?? "" }]),
  );
  return {
    world: walkedWorld(server.platform, facts, unused),
    server,
    async close() {
      await Promise.all([server, ...empty].map((each) => each.close()));
    },
  };
}
