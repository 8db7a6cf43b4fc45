CREATE TABLE "apart_key" (
	"id" text PRIMARY KEY NOT NULL,
	"desk_id" text NOT NULL,
	"recipient" text NOT NULL,
	"made_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "apart_key_holder" (
	"apart_key_id" text NOT NULL,
	"holder" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "apart_key_holder_apart_key_id_holder_pk" PRIMARY KEY("apart_key_id","holder")
);
--> statement-breakpoint
CREATE TABLE "case_access" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"person_id" text NOT NULL,
	"entry_id" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"decided_at" bigint,
	"decided_by" text,
	"granted" boolean,
	"ends_at" bigint,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "case_exclusion" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"person_id" text,
	"institution_id" text,
	"declared_at" bigint NOT NULL,
	"declared_by" text NOT NULL,
	"lifted_at" bigint,
	"lifted_by" text
);
--> statement-breakpoint
DROP INDEX "audit_subject";--> statement-breakpoint
DROP INDEX "audit_actor";--> statement-breakpoint
ALTER TABLE "desk_member" ADD COLUMN "offered_by" text;--> statement-breakpoint
ALTER TABLE "case_file" ADD COLUMN "apart_key_id" text;--> statement-breakpoint
ALTER TABLE "apart_key" ADD CONSTRAINT "apart_key_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "apart_key_holder" ADD CONSTRAINT "apart_key_holder_apart_key_id_apart_key_id_fk" FOREIGN KEY ("apart_key_id") REFERENCES "public"."apart_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_entry_id_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_exclusion" ADD CONSTRAINT "case_exclusion_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_exclusion" ADD CONSTRAINT "case_exclusion_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "apart_key_desk" ON "apart_key" USING btree ("desk_id");--> statement-breakpoint
CREATE INDEX "apart_key_holder_who" ON "apart_key_holder" USING btree ("holder");--> statement-breakpoint
CREATE INDEX "case_access_case" ON "case_access" USING btree ("case_id","asked_at");--> statement-breakpoint
CREATE INDEX "case_access_person" ON "case_access" USING btree ("person_id","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "case_access_live" ON "case_access" USING btree ("case_id","person_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "case_exclusion_case" ON "case_exclusion" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "case_exclusion_person" ON "case_exclusion" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "case_exclusion_institution" ON "case_exclusion" USING btree ("institution_id");--> statement-breakpoint
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_apart_key_id_apart_key_id_fk" FOREIGN KEY ("apart_key_id") REFERENCES "public"."apart_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_action" ON "audit_entry" USING btree ("action","at","id");--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit_entry" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit_entry" USING btree ("subject_kind","subject_id","at","id");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit_entry" USING btree ("actor_id","at","id");