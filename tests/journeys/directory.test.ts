import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { insertOpening } from "#institutions/index.ts";
import { PASSWORD } from "../support/app.ts";
import { newVisitor } from "../support/browser.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { numbersOn, signInAs } from "../support/journey.ts";
import { lyingFaults, smallTargets } from "../support/layout.ts";
import { addInstitutions, addPerson, institutionRow } from "../support/people-at-work.ts";

const PHONE = { width: 320, height: 640 };

const opened = useBrowserAndServer();

beforeAll(async () => {
  const { server } = opened;
  const reach = { address: "Main Street 1", phone: "021 555 123", verifiedOn: "2026-11-01" };
  await addInstitutions(server, [
    institutionRow("centre-one", "csw", reach),
    institutionRow("school", "primary_school"),
    institutionRow("admin", "school_admin", { covers: ["rs-juznobacki"] }),
  ]);
  await addPerson(server, "member", ["school"]);
  await addPerson(server, "member", ["admin"]);
  const withKey = "id || '-key', id, 1, 'age1', 1 from desk where institution_id = 'admin'";
  await server.database.raw(`insert into desk_key (id, desk_id, generation, recipient, made_at) select ${withKey}`);
});

async function onPhone(work: (page: Page, context: BrowserContext) => Promise<void>): Promise<void> {
  const { browser, server } = opened;
  const context = await browser.newContext({ baseURL: server.url, viewport: PHONE, javaScriptEnabled: false });
  await work(await context.newPage(), context);
  await context.close();
}

const faultsOf = async (page: Page) => [...(await lyingFaults(page)), ...(await smallTargets(page, 24))];

describe("in a real browser without scripts, 320 px wide", () => {
  it("somebody finds from home who can help, looks at one, and leaves", async () => {
    await onPhone(async (page) => {
      await page.goto("/en/");
      await page.getByRole("link", { name: "Find who can help near you" }).click();
      await page.getByLabel("Municipality or town").selectOption("rs-novi-sad");
      await page.getByLabel("What is it about?").selectOption({ label: "Somebody hurts me at home" });
      await page.getByRole("button", { name: "Show who can help" }).click();
      expect(new URL(page.url()).search).toBe("?place=rs-novi-sad&need=2");
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole("link", { name: "Institution centre-one" }).click();
      expect(await page.textContent("h1")).toBe("Institution centre-one");
      expect(await page.locator("main a[href='tel:021555123']").count()).toBe(1);
      expect(await faultsOf(page)).toEqual([]);
      const found = page.url();
      await page.locator("a.leave").click();
      await page.waitForURL(opened.server.elsewhere);
      await page.goto(found);
      expect(page.url()).toMatch(/\/en\/page$/);
    });
  });

  it("a place that is closed sends nobody away without help, and an open one goes on to step 1", async () => {
    const { database, platform } = opened.server;
    await platform.db.write((tx) => insertOpening(tx, { id: "line", territory: "rs-nisavski", stage: 1, from: 0 }));
    await onPhone(async (page) => {
      await page.goto("/sr/report");
      await page.locator("#territory").selectOption({ label: "Ниш" });
      await page.getByRole("button", { name: /дете или млада особа/ }).click();
      expect(await page.textContent("h1")).toBe("Пријављивање овде још није отворено");
      expect(await faultsOf(page)).toEqual([]);
      expect(await page.locator("main a[href='tel:116111']").count()).toBe(1);
      await page.getByRole("link", { name: "Друго место" }).click();
      expect(await faultsOf(page)).toEqual([]);
      await page.locator("#territory").selectOption({ label: "Нови Сад" });
      await page.getByRole("button", { name: /дете или млада особа/ }).click();
      await page.waitForURL(/\/r\/[^/]+\/1$/);
    });
    await database.raw("delete from opening");
  });

  it("a colleague asks who answers, names the school, and reads why and who must not be the first to know", async () => {
    await onPhone(async (page) => {
      await page.goto("/staff");
      await page.fill("#email", "member-admin@work.test");
      await page.fill("#password", PASSWORD);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/staff\/report$/);
      await page.goto("/staff/routing");
      const show = page.getByRole("button", { name: "Show", exact: true });
      await page.getByLabel("Municipality").selectOption({ label: "Novi Sad" });
      await page.locator("#setting").selectOption("education");
      await page.locator("#harmer").selectOption("school_staff");
      await show.click();
      await page.locator("input[name=words]").fill("school");
      await show.click();
      await page.getByRole("radio", { name: /Institution school/ }).check();
      await show.click();
      expect(new URL(page.url()).search).toBe("?place=rs-novi-sad&setting=education&harmer=school_staff&at=school");
      expect(await faultsOf(page)).toEqual([]);
      expect(await page.locator("main section h3 a").allTextContents()).toEqual(["Institution admin"]);
      const words = ((await page.locator("main").textContent()) ?? "").replace(/\s+/g, " ");
      expect(words).toContain("Where an employee of a school harms, bodies outside it learn of it first.");
      const notFirst = words.slice(words.indexOf("Who must not be the first to know"));
      expect(notFirst).toContain("the institution where it happens, its branches and the body it belongs to");
    });
  });

  it("a teacher reports for a child, from the desk to the code and back, and the report arrives", async () => {
    await onPhone(async (page) => {
      await page.goto("/staff");
      await page.fill("#email", "member-school@work.test");
      await page.fill("#password", PASSWORD);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/staff\/report$/);
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole("button", { name: "Begin the report" }).click();
      for (const choice of ["danger=no", undefined, "identity=anonymous"]) {
        if (choice) await page.locator(`input[name=${choice.replace("=", "][value=")}]`).check();
        await page.locator("main form .button").first().click();
        await page.waitForLoadState();
      }
      await page.locator("input[name=forms][value=neglect]").check();
      await page.locator("input[name=truthful]").check();
      await page.locator("main form .button").first().click();
      expect(await page.locator("#territory").inputValue()).toBe("rs-novi-sad");
      await page.locator("button[value=send]").click();
      await page.waitForURL(/\/done$/);
      expect((await page.locator("p.code span").allTextContents()).join("")).toMatch(/^\d{16}$/);
      await page.getByRole("link", { name: "Back to work" }).click();
      await page.waitForURL(/\/staff\/report$/);
    });
    const desk = newVisitor(opened.server);
    const [number] = numbersOn(await signInAs(desk));
    expect((await desk.get(`/staff/cases/${number}`)).text).toContain("Institution school");
  });
});
