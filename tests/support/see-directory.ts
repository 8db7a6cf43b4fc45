import { routingAddress } from "#institutions/index.ts";
import { LANGUAGES } from "#messages/messages.ts";
import type { TestApp } from "./app.ts";
import type { Visitor } from "./browser.ts";
import { listedOn } from "./directory.ts";
import { fillDirectory } from "./fill-directory.ts";
import { signInAs } from "./journey.ts";
import { manyListed } from "./listed.ts";
import { newStaff } from "./new-staff.ts";

const ROWS_A_PAGE = 50;

/** The whole country in Serbian, whose letters weigh twice as much, and the forms with everything that can be wrong. */
export async function seeDirectory(server: TestApp, openBrowser: () => Visitor): Promise<void> {
  const admin = await newStaff(server, "admin");
  await fillDirectory(server.platform.db, manyListed(server.country), "many-listed");
  await admin.post("/staff/routing/holes/check", {});
  const browser = openBrowser();
  await signInAs(browser, "admin-nowhere@staff.test");
  await admin.post("/staff/account/language", { language: "sr" });
  const list = await browser.get("/staff/institutions");
  if (listedOn(list).length !== ROWS_A_PAGE) throw new Error("the list is not full");
  const [id = ""] = listedOn(list);
  for (const page of [
    "",
    "?words=skola",
    `/${id}`,
    `/${id}/edit`,
    `/${id}/end`,
    `/${id}/absences`,
    `/${id}/contacts`,
    `/${id}/desks`,
  ])
    await browser.get(`/staff/institutions${page}`);
  await browser.post(`/staff/institutions/${id}/edit`, {
    name: "",
    identifier: "=",
    supervisor: "skola",
    fallback: "skola",
  });
  // As the page itself writes its address, so that nothing leads on.
  const form = server.country.codeLists.violence_form.map(({ code }) => code);
  const matter = { place: "rs-zemun", form, setting: "education" };
  const asked = routingAddress({ ...matter, harmer: "school_staff" });
  for (const path of ["/staff/routing", asked, `${routingAddress(matter)}&words=skola`]) await browser.get(path);
  for (const page of ["routing/holes", "absences", "desks", "opening", "institutions/import", "institutions/new"])
    await browser.get(`/staff/${page}`);
  for (const lang of LANGUAGES) await openBrowser().get(`/${lang}/find?place=rs-zemun&need=2`);
}
