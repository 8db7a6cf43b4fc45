import { describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { uiFor } from "#platform/views/ui.ts";
import { labelOf, mainCodes, otherCodes } from "#reporting/lists.ts";
import { BOTH } from "#reporting/question.ts";

const country = loadCountry("RS");
const ui = uiFor("en", country);

describe("the answers below the divider", () => {
  it("are added where a list has no equal", () => {
    expect(otherCodes(country, { list: "online_place" }, BOTH)).toEqual(["unsure", "undisclosed"]);
    expect(otherCodes(country, { list: "violence_form" }, BOTH)).toEqual(["unsure", "undisclosed"]);
    expect(otherCodes(country, { list: "age_band" }, BOTH)).toEqual(["unknown", "undisclosed"]);
    expect(otherCodes(country, { list: "vulnerability" }, BOTH)).toEqual(["none_known", "undisclosed"]);
    expect(otherCodes(country, { list: "sex" }, ["undisclosed"])).toEqual(["undisclosed"]);
  });

  it("stand nowhere above it", () => {
    expect(mainCodes(country, { list: "violence_form" })).not.toContain("unsure");
    expect(mainCodes(country, { list: "reporter_role" })).not.toContain("undisclosed");
  });
});

describe("labels", () => {
  it("use plainer words where there are some, and the country's otherwise", () => {
    const label = (code: string, plain?: string) => labelOf(ui, country, { list: "violence_form" }, { code, plain });
    expect(label("physical", "journey.forms.me")).toBe("Somebody hits, pushes or beats me");
    expect(label("physical")).toBe("Physical violence");
    expect(label("undisclosed", "journey.forms.me")).toBe("I do not want to say");
  });
});
