CREATE TABLE "absence" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text,
	"type" text,
	"territory" text,
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
CREATE TABLE "import_file" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"content" "bytea" NOT NULL,
	"at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "institution_area" (
	"territory" text NOT NULL,
	"institution_id" text NOT NULL,
	CONSTRAINT "institution_area_territory_institution_id_pk" PRIMARY KEY("territory","institution_id")
);
--> statement-breakpoint
CREATE TABLE "opening" (
	"id" text PRIMARY KEY NOT NULL,
	"territory" text NOT NULL,
	"stage" bigint NOT NULL,
	"from_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "routing_check" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"combinations" bigint NOT NULL,
	"unanswered" bigint NOT NULL,
	"incomplete" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "routing_hole" (
	"check_id" text NOT NULL,
	"territory" text NOT NULL,
	"type" text NOT NULL,
	"missing" bigint NOT NULL,
	"unanswered" bigint NOT NULL,
	"stands_in" bigint NOT NULL,
	"form" text NOT NULL,
	"setting" text NOT NULL,
	"harmer" text NOT NULL,
	CONSTRAINT "routing_hole_check_id_territory_type_pk" PRIMARY KEY("check_id","territory","type")
);
--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "signed_in_at" bigint;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "covers" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "hours" jsonb;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "verified_on" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "parent_id" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "supervisor_id" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "fallback_id" text;--> statement-breakpoint
ALTER TABLE "institution" ADD COLUMN "version" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "absence" ADD CONSTRAINT "absence_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absence" ADD CONSTRAINT "absence_fallback_id_institution_id_fk" FOREIGN KEY ("fallback_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_person" ADD CONSTRAINT "contact_person_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "institution_area" ADD CONSTRAINT "institution_area_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routing_hole" ADD CONSTRAINT "routing_hole_check_id_routing_check_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."routing_check"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "absence_institution" ON "absence" USING btree ("institution_id","to_at");--> statement-breakpoint
CREATE INDEX "absence_type" ON "absence" USING btree ("type","to_at");--> statement-breakpoint
CREATE INDEX "absence_to" ON "absence" USING btree ("to_at","id");--> statement-breakpoint
CREATE INDEX "contact_person_institution" ON "contact_person" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "import_file_at" ON "import_file" USING btree ("at");--> statement-breakpoint
CREATE INDEX "institution_area_institution" ON "institution_area" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "opening_territory" ON "opening" USING btree ("territory","from_at");--> statement-breakpoint
CREATE INDEX "routing_check_at" ON "routing_check" USING btree ("at");--> statement-breakpoint
CREATE INDEX "case_waiting" ON "case_file" USING btree ("desk_id","unread_since") WHERE unread_since is not null;--> statement-breakpoint
CREATE INDEX "desk_institution" ON "desk" USING btree ("institution_id");--> statement-breakpoint
CREATE INDEX "institution_type" ON "institution" USING btree ("type","search_name");--> statement-breakpoint
CREATE INDEX "institution_name" ON "institution" USING btree ("search_name");--> statement-breakpoint
CREATE INDEX "institution_parent" ON "institution" USING btree ("parent_id");--> statement-breakpoint
CREATE INDEX "institution_supervisor" ON "institution" USING btree ("supervisor_id");--> statement-breakpoint
CREATE INDEX "institution_fallback" ON "institution" USING btree ("fallback_id");
--> statement-breakpoint
INSERT INTO institution_area (territory, institution_id) SELECT territory, id FROM institution;
