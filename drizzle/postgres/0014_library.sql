CREATE TABLE "library_page" (
	"id" text PRIMARY KEY NOT NULL,
	"number" bigint NOT NULL,
	"edition" bigint NOT NULL,
	"published" bigint,
	"published_at" bigint,
	CONSTRAINT "library_page_number_unique" UNIQUE("number")
);
--> statement-breakpoint
CREATE TABLE "library_text" (
	"page_id" text NOT NULL,
	"edition" bigint NOT NULL,
	"language" text NOT NULL,
	"kind" text NOT NULL,
	"audience" text NOT NULL,
	"title" text NOT NULL,
	"summary" text NOT NULL,
	"source" text NOT NULL,
	"made_at" bigint NOT NULL,
	CONSTRAINT "library_text_page_id_edition_language_pk" PRIMARY KEY("page_id","edition","language")
);
--> statement-breakpoint
ALTER TABLE "library_text" ADD CONSTRAINT "library_text_page_id_library_page_id_fk" FOREIGN KEY ("page_id") REFERENCES "public"."library_page"("id") ON DELETE no action ON UPDATE no action;