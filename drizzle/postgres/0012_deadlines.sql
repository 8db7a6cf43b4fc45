CREATE TABLE "deadline" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"rule_version" bigint NOT NULL,
	"duty" text NOT NULL,
	"desk_id" text NOT NULL,
	"institution_id" text NOT NULL,
	"started_at" bigint NOT NULL,
	"first_due_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"met_at" bigint,
	"breached_at" bigint,
	"ended_at" bigint,
	"escalated_to" text
);
--> statement-breakpoint
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadline" ADD CONSTRAINT "deadline_escalated_to_institution_id_fk" FOREIGN KEY ("escalated_to") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deadline_running" ON "deadline" USING btree ("due_at","id") WHERE breached_at is null and met_at is null and ended_at is null;--> statement-breakpoint
CREATE INDEX "deadline_case" ON "deadline" USING btree ("case_id","due_at");--> statement-breakpoint
CREATE INDEX "deadline_desk" ON "deadline" USING btree ("desk_id","due_at","id") WHERE met_at is null and ended_at is null;--> statement-breakpoint
CREATE INDEX "deadline_due" ON "deadline" USING btree ("first_due_at","desk_id");