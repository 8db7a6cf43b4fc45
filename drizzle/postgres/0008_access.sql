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
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_access" ADD CONSTRAINT "case_access_entry_id_entry_id_fk" FOREIGN KEY ("entry_id") REFERENCES "public"."entry"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_access_case" ON "case_access" USING btree ("case_id","asked_at");--> statement-breakpoint
CREATE INDEX "case_access_person" ON "case_access" USING btree ("person_id","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "case_access_live" ON "case_access" USING btree ("case_id","person_id") WHERE ended_at is null;