import { type Country, emergencyContacts } from "#country/index.ts";
import { phrase } from "#messages/messages.ts";
import type { AppContext } from "#platform/http/app.ts";
import { notFound } from "#platform/http/errors.ts";
import { formState } from "#platform/http/form.ts";
import { offeredOf } from "#platform/http/language.ts";
import { page } from "#platform/http/page.ts";
import { design } from "./views.ts";

interface DesignNeeds {
  readonly country: Country;
  readonly demo: boolean;
}

/** Every part of the design system on one page; outside the demonstration it does not exist. */
export function showDesign(c: AppContext, { country, demo }: DesignNeeds): Response | Promise<Response> {
  if (!demo) throw notFound();
  const { t, href } = c.get("ui");
  const typed = new Map([
    ["bad", ["123"]],
    ["danger", ["no"]],
    ["told", ["friend", "school"]],
  ]);
  const props = {
    form: formState(typed, [{ field: "bad", phrase: phrase("tracking.code.malformed") }]),
    numbers: emergencyContacts(country).map(({ number, display, name }) => ({ number, display, name: t.local(name) })),
    languages: offeredOf(c, country.languages).map(({ tag, short, name }) => ({
      tag,
      short,
      name,
      path: `/${tag}/design`,
    })),
    yesNo: (["yes", "no"] as const).map((value) => ({ value, label: t(`journey.option.${value}`) })),
    told: (["friend", "school", "police"] as const).map((value) => ({ value, label: t(`journey.told.${value}`) })),
    unsure: [{ value: "unsure", label: t("journey.option.unsure") }],
    // Any moment will do, as long as it is the same for everybody who compares two pictures of this page.
    at: Date.parse("2026-11-22T11:00:00Z"),
    here: href("/design"),
  };
  return page(c, design, props, { title: t("design.title") });
}
