import type { HelpNumber } from "#country/index.ts";
import { view } from "#platform/views/view.ts";

/** A page as it is read. */
export interface ShownPage {
  readonly title: string;
  readonly summary: string;
  /** Made from Markdown that holds no markup of its own. */
  readonly html: string;
  readonly numbers: readonly HelpNumber[];
  readonly legal: readonly {
    readonly says: string;
    readonly source: string;
    /** Whether a lawyer looked at it. */
    readonly checked: string;
  }[];
  readonly isReviewed: boolean;
  /** The service's own words on the page, in the page's language. */
  readonly said: Readonly<Record<"reviewed" | "call" | "legal" | "source", string>>;
}

declare module "#platform/views/parts.ts" {
  interface Parts {
    "library/_text": {
      readonly page: Omit<ShownPage, "html">;
      readonly body: string;
      /** Where it is not the language of what stands around it. */
      readonly lang: string | undefined;
    };
  }
}

/** What the public may read, by kind. */
export const libraryPage = view<{
  audiences: readonly { readonly path: string; readonly label: string; readonly current: boolean }[];
  groups: readonly {
    readonly heading: string;
    readonly pages: readonly { readonly path: string; readonly title: string; readonly summary: string }[];
  }[];
}>("library/library");

export const pagePage = view<{ page: ShownPage; published: string }>("library/page");

export interface DeskRow {
  readonly path: string;
  readonly title: string;
  readonly kind: string;
  readonly state: "draft" | "published" | "changed";
  readonly since: string;
  /** What is sent to publish it in the edition that stands here; nothing where the public reads that one. */
  readonly choice: string | undefined;
}

/** Every page, for those who publish. */
export const deskPage = view<{
  rows: readonly DeskRow[];
  waiting: number;
  /** What kept the chosen pages from being published. */
  wrong: string | undefined;
}>("library/desk");

export const previewPage = view<{
  page: ShownPage;
  state: DeskRow["state"];
  choice: string | undefined;
  withdraw: string | undefined;
  languages: readonly { readonly path: string; readonly label: string; readonly current: boolean }[];
  lang: string;
}>("library/preview");
