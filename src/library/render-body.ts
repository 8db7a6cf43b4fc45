import MarkdownIt, { type Token } from "markdown-it";
import type { Contact } from "#country/index.ts";
import type { Ui } from "#platform/views/ui.ts";

/** What a text may point at, besides other pages. */
const PLACES: Readonly<Record<string, string>> = {
  report: "/report",
  track: "/track",
  help: "/help",
  find: "/find",
  privacy: "/privacy",
  computer: "/computer",
};

/** What stands around a text: its language, the numbers it places and the pages it points at. */
export interface Around {
  readonly ui: Ui;
  readonly contacts: readonly Contact[];
  /** Where a page can be read; undefined where whoever reads this cannot read that. */
  addressOf(pageId: string): string | undefined;
}

const CONTACT = /^\[\[([\w-]+)\]\]/;
/** Stands behind the heading of a part that is spoken to a child. */
export const TO_A_CHILD = / \{child\}$/;

/**
 * Renders the Markdown of a page as HTML. Markup of its own is shown as text, a contact is placed by its id, and a link
 * to what the reader cannot open is left out, its words staying.
 */
export function renderBody(body: string, around: Around): string {
  return markdown.render(body, { around });
}

const aroundIn = (env: object) => (env as { around: Around }).around;

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
markdown.validateLink = (address) => /^(page|site):/.test(address);
markdown.disable("image");

markdown.inline.ruler.before("link", "contact", (state, silent) => {
  const [placed, id] = CONTACT.exec(state.src.slice(state.pos)) ?? [];
  if (placed === undefined || id === undefined) return false;
  if (!silent) state.push("contact", "", 0).content = id;
  state.pos += placed.length;
  return true;
});

markdown.core.ruler.push("child", ({ tokens }) => {
  for (const [at, { type }] of tokens.entries()) {
    const last = type === "heading_open" ? tokens[at + 1]?.children?.at(-1) : undefined;
    if (last) last.content = last.content.replace(TO_A_CHILD, "");
  }
});

markdown.core.ruler.push("links", ({ tokens, env }) => {
  for (const { children } of tokens) if (children) leadLinks(children, aroundIn(env));
});

/** Gives links their addresses; one that leads nowhere is dropped together with its end. */
function leadLinks(children: readonly Token[], { ui, addressOf }: Around): void {
  let dropped = false;
  for (const token of children) {
    if (token.type === "link_open") {
      const [kind, name = ""] = String(token.attrGet("href") ?? "").split(":");
      const place = Object.hasOwn(PLACES, name) ? PLACES[name] : undefined;
      const address = kind === "page" ? addressOf(name) : place && ui.href(place);
      dropped = address === undefined;
      token.attrSet("href", address ?? "");
    }
    if (dropped && token.type.startsWith("link_")) token.hidden = true;
  }
}

markdown.renderer.rules.contact = (tokens, at, _options, env) => {
  const { contacts, ui } = aroundIn(env ?? {});
  const contact = contacts.find(({ id }) => id === tokens[at]?.content);
  // A folder with an unknown one is refused; an edition that was published before may have one that is gone since.
  if (!contact) return "";
  const name = markdown.utils.escapeHtml(ui.t.local(contact.shortName));
  return `<a href="tel:${contact.number}"><b dir="ltr">${contact.display}</b></a> (${name})`;
};
// A name or a word of another language stands in backquotes, and is said to be none of the page's own.
markdown.renderer.rules.code_inline = (tokens, at) =>
  `<bdi lang="">${markdown.utils.escapeHtml(tokens[at]?.content ?? "")}</bdi>`;
markdown.renderer.rules.link_open = markdown.renderer.rules.link_close = (tokens, at, options, _env, self) =>
  tokens[at]?.hidden ? "" : self.renderToken(tokens, at, options);
