import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { renderBody } from "#library/render-body.ts";
import { uiFor } from "#platform/views/ui.ts";

const country = loadCountry("RS");
const around = {
  ui: uiFor("en", country),
  contacts: country.contacts,
  addressOf: (id: string) => (id === "neglect" ? "/en/library/7" : undefined),
};
const render = (body: string) => renderBody(body, around).trim();

describe("the text of a page", () => {
  it("places a contact by its id, to be called with one touch", () => {
    expect(render("Call [[police]].")).toBe('<p>Call <a href="tel:192"><b dir="ltr">192</b></a> (police).</p>');
    expect(render("Call [[nobody]].")).toBe("<p>Call .</p>");
  });

  it("leads to other pages and to places of the service", () => {
    expect(render("[More](page:neglect)")).toBe('<p><a href="/en/library/7">More</a></p>');
    expect(render("[Report](site:report)")).toBe('<p><a href="/en/report">Report</a></p>');
  });

  it("keeps the words of a link that leads to nothing the reader may open", () => {
    expect(render("See [the *draft*](page:draft), then [this](page:neglect).")).toBe(
      '<p>See the <em>draft</em>, then <a href="/en/library/7">this</a>.</p>',
    );
    for (const place of ["nowhere", "constructor", "toString"]) expect(render(`[x](site:${place})`)).toBe("<p>x</p>");
  });

  it.each(["https://other.test", "javascript:alert(1)", "data:text/html,x", "//other.test", "/staff", "tel:1"])(
    "is no link to %s",
    (address) => {
      expect(render(`[x](${address})`)).not.toContain("<a");
      expect(render(`<${address}>`)).not.toContain("<a");
      expect(render(`[x]: ${address}\n\n[x]`)).not.toContain("<a");
    },
  );

  it("shows markup of its own as text, and takes no picture", () => {
    expect(render('<script>alert(1)</script> <b onclick="x">b</b>')).not.toMatch(/<(script|b)\b/);
    expect(render("![x](page:neglect)")).not.toContain("<img");
  });

  it("says of a foreign word in backquotes that it is none of the page's language", () => {
    expect(render("Press `Report <b>`.")).toBe('<p>Press <bdi lang="">Report &lt;b&gt;</bdi>.</p>');
  });

  it("does not show the mark of a part that is spoken to a child", () => {
    expect(render("## If it happens to you {child}")).toBe("<h2>If it happens to you</h2>");
  });
});
