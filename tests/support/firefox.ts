import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export const FIREFOX = process.env.FIREFOX_PATH ?? "/usr/bin/firefox-esr";
export const hasFirefox = existsSync(FIREFOX);

/** A real Firefox, told what to do over Marionette, its own protocol: no driver has to be installed beside it. */
export interface Firefox {
  go(url: string): Promise<void>;
  click(selector: string): Promise<void>;
  type(selector: string, text: string): Promise<void>;
  back(): Promise<void>;
  /** Loads the page again; a form that it answered is sent once more, as the browser then asks. */
  reload(): Promise<void>;
  url(): Promise<string>;
  /** The text of the page that is shown. */
  text(): Promise<string>;
  forgetCookies(): Promise<void>;
  close(): Promise<void>;
}

export async function openFirefox(): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), "cuvam-te-firefox-"));
  const port = await freePort();
  writeFileSync(join(profile, "user.js"), `user_pref("marionette.port", ${port});\n`);
  const child = spawn(FIREFOX, ["--headless", "--no-remote", "--marionette", "--profile", profile], {
    stdio: "ignore",
  });
  const send = speak(await reach(port));
  await send("WebDriver:NewSession", { capabilities: { alwaysMatch: { acceptInsecureCerts: true } } });
  const find = async (selector: string) => {
    const found = (await send("WebDriver:FindElement", { using: "css selector", value: selector })) as Found;
    return Object.values(found.value)[0];
  };
  return {
    go: async (url) => void (await send("WebDriver:Navigate", { url })),
    click: async (selector) => void (await send("WebDriver:ElementClick", { id: await find(selector) })),
    type: async (selector, text) => void (await send("WebDriver:ElementSendKeys", { id: await find(selector), text })),
    back: async () => void (await send("WebDriver:Back", {})),
    async reload() {
      await send("WebDriver:Refresh", {}).catch(() => undefined);
      await send("WebDriver:AcceptAlert", {}).catch(() => undefined);
    },
    url: async () => ((await send("WebDriver:GetCurrentURL", {})) as { value: string }).value,
    async text() {
      const script = "return document.body.textContent";
      return ((await send("WebDriver:ExecuteScript", { script, args: [] })) as { value: string }).value;
    },
    forgetCookies: async () => void (await send("WebDriver:DeleteAllCookies", {})),
    close: () => end(child, profile),
  };
}

interface Found {
  readonly value: Readonly<Record<string, string>>;
}

/** One command at a time: `length:[0,id,name,parameters]`, answered by `length:[1,id,error,result]`. */
function speak(socket: Socket): (name: string, parameters: object) => Promise<unknown> {
  let heard = Buffer.alloc(0);
  const waiting = new Map<number, (answer: [unknown, unknown]) => void>();
  socket.on("data", (chunk) => {
    heard = Buffer.concat([heard, chunk]);
    for (let colon = heard.indexOf(":"); colon > 0; colon = heard.indexOf(":")) {
      const length = Number(heard.subarray(0, colon).toString());
      if (heard.length < colon + 1 + length) return;
      const message = JSON.parse(heard.subarray(colon + 1, colon + 1 + length).toString("utf8"));
      heard = heard.subarray(colon + 1 + length);
      if (Array.isArray(message)) waiting.get(message[1])?.([message[2], message[3]]);
    }
  });
  let id = 0;
  return async (name, parameters) => {
    const mine = ++id;
    const text = JSON.stringify([0, mine, name, parameters]);
    const [error, result] = await new Promise<[unknown, unknown]>((resolve) => {
      waiting.set(mine, resolve);
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
    if (error) throw new Error(`${name}: ${JSON.stringify(error).slice(0, 300)}`);
    return result;
  };
}

async function reach(port: number): Promise<Socket> {
  for (let turn = 0; turn < 300; turn++) {
    const socket = connect(port, "127.0.0.1");
    const reached = await new Promise<boolean>((resolve) => {
      socket.once("connect", () => resolve(true));
      socket.once("error", () => resolve(false));
    });
    if (reached) return socket;
    await pause(200);
  }
  throw new Error("Firefox does not answer");
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function end(child: ChildProcess, profile: string): Promise<void> {
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
  rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
