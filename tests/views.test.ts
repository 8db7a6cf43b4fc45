import { Eta } from "eta";
import { beforeAll, describe, expect, it } from "vitest";
import { loadCountry } from "#country/index.ts";
import { renderText } from "#platform/views/render.ts";
import { uiFor } from "#platform/views/ui.ts";
import { filesBelow, type ProjectFile, ROOT } from "./platform/project-files.ts";
import { checkTemplates, type TypedTemplate } from "./platform/views/check-templates.ts";

const templates = filesBelow("views", ".eta");
const viewFiles = filesBelow("src", "views.ts").map(({ path }) => path);
const nameOf = (path: string) => path.slice("views/".length, -".eta".length);

interface Owner {
  readonly template: string;
  /** Where its type is written, for messages. */
  readonly by: string;
  readonly kind: "view" | "part";
  readonly props: string;
}

/** Every `view<Props>("…")` that a feature exports. */
async function listViews(): Promise<Owner[]> {
  const owners: Owner[] = [];
  for (const path of viewFiles) {
    const exported = (await import(ROOT + path)) as Record<string, { template?: unknown }>;
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value?.template !== "string") continue;
      const props = `NonNullable<typeof import(${JSON.stringify(ROOT + path)}).${name}.props>`;
      owners.push({ template: value.template, by: `${path} ${name}`, kind: "view", props });
    }
  }
  return owners;
}

/** Every part, from the platform's map and from what features add to it. */
function listParts(files: readonly ProjectFile[]): Owner[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(/interface Parts \{([\s\S]*?)^ *\}$/gm)].flatMap(([, body = ""]) =>
      [...body.matchAll(/^ *"([^"]+)":/gm)].map(([, template = ""]): Owner => {
        return { template, by: `${path} Parts`, kind: "part", props: `Parts[${JSON.stringify(template)}]` };
      }),
    ),
  );
}

/** A template has one view or is one part; a fragment, whose name begins with _, may be both. */
function ownerFaults(names: readonly string[], owners: readonly Owner[]): string[] {
  const faults = owners.filter(({ template }) => !names.includes(template)).map((o) => `${o.by}: no ${o.template}.eta`);
  for (const name of names) {
    const kinds = owners.filter(({ template }) => template === name).map(({ kind }) => kind);
    const fine = kinds.length === 1 || (/\/_[^/]*$/.test(name) && [...kinds].sort().join() === "part,view");
    if (!fine) faults.push(`views/${name}.eta belongs to ${kinds.length} views and parts`);
  }
  return faults;
}

const eta = new Eta();
const RULES: Readonly<Record<string, (text: string) => RegExpMatchArray | readonly string[] | null>> = {
  "prints nothing unescaped but a part and the page's body": (text) =>
    eta.parse(text).flatMap((part) => {
      const raw = typeof part !== "string" && part.t === "r" ? part.val : undefined;
      return raw === undefined || raw === "it.body" || /^include\(/.test(raw) ? [] : [raw];
    }),
  "holds nothing that its content policy refuses": (text) =>
    text.match(/\sstyle=|<style|<script(?![^>]*\ssrc=)|\son\w+=|javascript:|\shx-on|["']js:/gi),
  "asks no other server for anything": (text) =>
    text.match(/<(?:img|script|link|iframe|source|video|audio)[^>]*(?:src|href)="(?:https?:)?\/\//gi),
  "gives every image its size": (text) =>
    [...text.matchAll(/<img(?:<%[\s\S]*?%>|[^>])*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => !(/\swidth=/.test(tag) && /\sheight=/.test(tag) && /\salt=/.test(tag))),
  "sends no referrer with a link that leaves": (text) =>
    [...text.matchAll(/<a\s(?:<%[\s\S]*?%>|[^>])*>/g)]
      .map(([tag]) => tag)
      .filter((tag) => /href="https?:|target=/.test(tag) && !/rel="[^"]*noreferrer/.test(tag)),
  "holds no words, since those are messages": (text) => {
    const shown = text.replace(/<%[=~][\s\S]*?%>/g, "0").replace(/<%[\s\S]*?%>/g, "");
    const read = shown.match(/(?<=\s(?:aria-label|alt|title|placeholder)=")[^"]*\p{L}[^"]*/gu) ?? [];
    return [
      ...read,
      ...(shown
        .replace(/<[^>]*>/g, " ")
        .replace(/&\w+;/g, " ")
        .match(/\p{L}+/gu) ?? []),
    ];
  },
};

const BROKEN: Readonly<Record<string, readonly string[]>> = {
  "prints nothing unescaped but a part and the page's body": ["<%~ it.text %>", "<%~ t('site.name') %>"],
  "holds nothing that its content policy refuses": [
    '<p style="color:red">',
    "<style>p{}</style>",
    "<script>run()</script>",
    '<a href="#" onclick="x()">',
    '<a href="javascript:x()">',
    '<p hx-on:click="x()">',
  ],
  "asks no other server for anything": ['<img src="https://elsewhere.test/a.png">', '<link href="//cdn.test/a.css">'],
  "gives every image its size": ['<img src="a" alt="">', '<img src="a" width="1" height="1">'],
  "sends no referrer with a link that leaves": ['<a href="https://elsewhere.test/">', '<a href="/x" target="_blank">'],
  "holds no words, since those are messages": [
    "<h1>Welcome</h1>",
    '<nav aria-label="Main">',
    "<p><%= t('x') %> или</p>",
  ],
};

const HOME = `NonNullable<typeof import(${JSON.stringify(`${ROOT}src/site/views.ts`)}).home.props>`;
const example = (text: string, props = HOME): TypedTemplate => ({ name: text, text, props });
const WITH_FORM = `{ readonly form: Parts["parts/error-summary"]["form"]; readonly maybe: string | undefined }`;

const FINE: readonly TypedTemplate[] = [
  example('<% for (const n of [1, 2]) { %><%= n %><% } %><%= t("site.name") %>'),
  example('<%~ include("parts/error-summary", { form: it.form }) %><%= it.maybe ?? "" %>', WITH_FORM),
];
/** Each with the beginning of what the compiler says. */
const WRONG: readonly (readonly [TypedTemplate, RegExp])[] = [
  [example("<%= it.headng %>"), /Property 'headng' does not exist/],
  [example("<%= it.form.eror %>", WITH_FORM), /Property 'eror' does not exist/],
  [example('<%= t("site.nosuch") %>'), /Expected 2 arguments|site.nosuch/],
  [example('<%= t("journey.step") %>'), /Expected 2 arguments/],
  [example('<%= t("journey.step", { stp: 1 }) %>'), /stp/],
  [example('<%= t("site.name", { step: 1 }) %>'), /Expected 1 arguments/],
  [example('<%~ include("parts/error-summary", {}) %>', WITH_FORM), /form/],
  [example('<%~ include("parts/error-summary", { form: it.form, more: 1 }) %>', WITH_FORM), /more/],
  [example('<%~ include("parts/eror-summary", { form: it.form }) %>', WITH_FORM), /eror-summary/],
  [example("<%= it.maybe %>", WITH_FORM), /undefined/],
  [example("<%= it.form %>", WITH_FORM), /not assignable/],
  [example("<%= it.ui.hrf('/') %>"), /hrf/],
];

let owners: Owner[];
let faults: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  owners = [...(await listViews()), ...listParts(filesBelow("src", ".ts"))];
  const typed = owners.flatMap(({ template, by, props }) => {
    const file = templates.find(({ path }) => nameOf(path) === template);
    return file ? [{ name: `${file.path} for ${by}`, text: file.text, props }] : [];
  });
  faults = await checkTemplates([...typed, ...FINE, ...WRONG.map(([template]) => template)], viewFiles);
});

describe("every template", () => {
  it("belongs to one view or part, and every view and part has its template", () => {
    expect(templates.length).toBeGreaterThan(10);
    expect(
      ownerFaults(
        templates.map(({ path }) => nameOf(path)),
        owners,
      ),
    ).toEqual([]);
  });

  it("reads only what its view or part is given, with messages that exist and their values", () => {
    const examples = new Set([...FINE, ...WRONG.map(([template]) => template)].map(({ name }) => name));
    expect([...faults].filter(([name]) => !examples.has(name))).toEqual([]);
  });

  it.each(Object.entries(RULES))("%s", (_, faultsIn) => {
    const found = templates.flatMap(({ path, text }) => [...(faultsIn(text) ?? [])].map((what) => `${path}: ${what}`));
    expect(found).toEqual([]);
  });
});

describe("the checks can fail", () => {
  it.each(FINE)("nothing is wrong with $name", ({ name }) => {
    expect(faults.get(name)).toBeUndefined();
  });

  it.each(WRONG.map(([{ name }, message]) => ({ name, message })))(
    "something is wrong with $name",
    ({ name, message }) => {
      expect(faults.get(name)?.join("\n")).toMatch(message);
    },
  );

  it.each(Object.entries(BROKEN).flatMap(([rule, texts]) => texts.map((text) => ({ rule, text }))))(
    "a template that $rule is not $text",
    ({ rule, text }) => {
      expect(RULES[rule]?.(text)?.length ?? 0).toBeGreaterThan(0);
    },
  );

  it("a template without a view, with two, and a view without a template are found", () => {
    const owner = (template: string, kind: Owner["kind"]): Owner => ({ template, by: "x", kind, props: "object" });
    expect(ownerFaults(["a/b"], [])).toHaveLength(1);
    expect(ownerFaults(["a/b"], [owner("a/b", "view"), owner("a/b", "view")])).toHaveLength(1);
    expect(ownerFaults(["a/b"], [owner("a/b", "view"), owner("a/b", "part")])).toHaveLength(1);
    expect(ownerFaults([], [owner("a/b", "view")])).toHaveLength(1);
    expect(ownerFaults(["a/_b"], [owner("a/_b", "view"), owner("a/_b", "part")])).toEqual([]);
    expect(ownerFaults(["a/b"], [owner("a/b", "part")])).toEqual([]);
  });
});

describe("a template that runs", () => {
  const country = loadCountry("RS");
  const ui = uiFor("en", country);
  const form = { errors: [], field: () => ({ value: "", values: [], error: undefined }) };

  it("shows what it was given, escaped", () => {
    expect(renderText(ui, "<p><%= it.words %></p>", { words: '<b>"x"</b>' })).toBe(
      "<p>&lt;b&gt;&quot;x&quot;&lt;/b&gt;</p>",
    );
  });

  it("throws for what it was not given instead of printing undefined", () => {
    expect(() => renderText(ui, "<%= it.wrds %>", { words: "x" })).toThrow("it.wrds");
    expect(() => renderText(ui, "<% if (it.wrds) { %>x<% } %>", { words: "x" })).toThrow("it.wrds");
  });

  it("may be given undefined on purpose", () => {
    expect(renderText(ui, "<% if (it.hint) { %>x<% } %>y", { hint: undefined })).toBe("y");
  });

  it("does not find what every JavaScript object has", () => {
    expect(() => renderText(ui, "<%= it.constructor %>", {})).toThrow("it.constructor");
    expect(() => renderText(ui, "<%= it.toString %>", {})).toThrow("it.toString");
  });

  it("speaks the language it was given", () => {
    expect(renderText(ui, '<%= t("errors.toStart") %>', {})).toBe("To the first page");
    expect(renderText(uiFor("sr-Latn", country), '<%= t("errors.toStart") %>', {})).toBe("Na početnu stranicu");
  });

  it("passes a part what it names and nothing else", () => {
    const text = '<%~ include("parts/error-summary", { form: it.form }) %>';
    expect(renderText(ui, text, { form }).trim()).toBe("");
    expect(() => renderText(ui, '<%~ include("parts/error-summary", {}) %>', { form })).toThrow("it.form");
  });
});
