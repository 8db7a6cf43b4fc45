CREATE TABLE "absence" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"from_at" bigint NOT NULL,
	"to_at" bigint NOT NULL,
	"fallback_id" text
);
--> statement-breakpoint
CREATE TABLE "contact_person" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"phone" text
);
--> statement-breakpoint
CREATE TABLE "opening" (
	"id" text PRIMARY KEY NOT NULL,
	"territory" text NOT NULL,
	"stage" bigint NOT NULL,
	"from_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "covers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "hours" jsonb;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "verified_on" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "parent_id" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "supervisor_id" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "fallback_id" text;--> statement-breakpoint
ALTER TABLE "absence" ADD CONSTRAINT "absence_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absence" ADD CONSTRAINT "absence_fallback_id_institution_id_fk" FOREIGN KEY ("fallback_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_person" ADD CONSTRAINT "contact_person_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absence_institution" ON "absence" USING btree ("institution_id","to_at");--> statement-breakpoint
CREATE INDEX "contact_person_institution" ON "contact_person" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "opening_territory" ON "opening" USING btree ("territory","from_at");--> statement-breakpoint
CREATE INDEX "institution_type" ON "institution" USING btree ("type","search_name");--> statement-breakpoint
CREATE INDEX "institution_name" ON "institution" USING btree ("search_name");