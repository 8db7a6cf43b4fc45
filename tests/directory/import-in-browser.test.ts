import { expect, it } from "vitest";
import { prepareAccount, storeAccount } from "#accounts/index.ts";
import { PASSWORD } from "../support/app.ts";
import { barriersOn, widthOf } from "../support/barriers.ts";
import { useBrowserAndServer } from "../support/browser-and-server.ts";
import { smallTargets } from "../support/layout.ts";

const opened = useBrowserAndServer();

it("a file is chosen, looked at and applied in a browser on a phone, where nothing sticks out or is hard to reach", async () => {
  const { browser, server } = opened;
  const person = { email: "admin@test.rs", name: "Ада", role: "admin", language: "sr", password: PASSWORD } as const;
  const account = await prepareAccount(server.platform, person);
  await server.platform.db.write((tx) => storeAccount(tx, account));
  const page = await (
    await browser.newContext({ baseURL: server.url, viewport: { width: 320, height: 640 } })
  ).newPage();
  const faults: string[] = [];
  const look = async (name: string) => {
    const shots = process.env.SHOTS;
    if (shots) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
    faults.push(...(await barriersOn(page)), ...(await smallTargets(page, 24)));
    expect(await widthOf(page), name).toBe(320);
  };
  await page.goto("/staff");
  await page.fill("#email", person.email);
  await page.fill("#password", PASSWORD);
  await page.click("form button.button");
  await page.goto("/staff/institutions/import");
  await look("import");
  const send = async (text: string) => {
    await page.setInputFiles("#file", { name: "установе.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
    await page.click("form[enctype] button");
  };
  await send("id;naziv\n1;Škola");
  expect(await page.locator(".error-summary a").textContent()).toBe(
    "У првом реду недостају ове колоне: Врста, Општина.",
  );
  await look("import-wrong");
  const head = "id;vrsta;naziv;opština;telefon";
  await send(`${head}\n1;csw;Centar;Čačak;011 222\n2;csw;Центар;Атлантида;`);
  expect(await page.locator("tbody tr").allTextContents()).toEqual([
    expect.stringContaining("Таква општина не постоји."),
  ]);
  await look("trial-wrong");
  await page.click("text=Примени само 1 исправан ред");
  expect(await page.locator(".notice").textContent()).toContain("Нове: 1. Измењене: 0.");
  await look("done");
  await page.click("text=Пошаљи другу датотеку");
  await send(`${head}\n1;csw;Centar;Čačak;011 333\n2;police;Стaница;Земун;`.replace("Стaница", "Станица"));
  await page.click("text=Измењене: 1");
  await look("trial");
  await page.setViewportSize({ width: 1280, height: 800 });
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/trial-wide.png`, fullPage: true });
  await page.click("text=Примени 2 реда");
  expect(await page.locator("h1").textContent()).toBe("Готово");
  const rows = await server.database.raw("select phone from institution where identifier = '1'");
  expect([rows, faults]).toEqual([[{ phone: "011 333" }], []]);
});
