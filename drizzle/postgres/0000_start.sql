CREATE TABLE "desk_key" (
	"id" text PRIMARY KEY NOT NULL,
	"desk_id" text NOT NULL,
	"generation" bigint NOT NULL,
	"recipient" text NOT NULL,
	"made_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk_key_holder" (
	"desk_key_id" text NOT NULL,
	"holder" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "desk_key_holder_desk_key_id_holder_pk" PRIMARY KEY("desk_key_id","holder")
);
--> statement-breakpoint
CREATE TABLE "desk_member" (
	"desk_id" text NOT NULL,
	"person_id" text NOT NULL,
	"admitted_at" bigint,
	CONSTRAINT "desk_member_desk_id_person_id_pk" PRIMARY KEY("desk_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "person" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"language" text NOT NULL,
	"recipient" text NOT NULL,
	"password_salt" "bytea" NOT NULL,
	"sealed_by_password" "bytea" NOT NULL,
	"recovery_salt" "bytea" NOT NULL,
	"sealed_by_recovery" "bytea" NOT NULL,
	"created_at" bigint NOT NULL,
	"removed_at" bigint,
	CONSTRAINT "person_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"sealed_identity" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "setup_link" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"actor_kind" text NOT NULL,
	"actor_id" text,
	"action" text NOT NULL,
	"subject_kind" text NOT NULL,
	"subject_id" text,
	"detail" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_link" (
	"position" bigint PRIMARY KEY NOT NULL,
	"entry_id" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_link_entry_id_unique" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "audit_pending" (
	"entry_id" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_event" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"by_reporter" boolean NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_file" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"submission" text NOT NULL,
	"received_at" bigint NOT NULL,
	"desk_id" text NOT NULL,
	"open" boolean NOT NULL,
	"status" text NOT NULL,
	"urgency" text NOT NULL,
	"rank" bigint NOT NULL,
	"version" bigint NOT NULL,
	"first_read_at" bigint,
	"unread_since" bigint,
	"not_safe_at" bigint,
	"language" text NOT NULL,
	"danger" text NOT NULL,
	"role" text NOT NULL,
	"identity_mode" text NOT NULL,
	"environment" text,
	"territory" text NOT NULL,
	"institution_id" text,
	"age_band" text,
	"perpetrator_type" text,
	"frequency" text,
	CONSTRAINT "case_file_number_unique" UNIQUE("number"),
	CONSTRAINT "case_file_submission_unique" UNIQUE("submission")
);
--> statement-breakpoint
CREATE TABLE "case_form" (
	"case_id" text NOT NULL,
	"form" text NOT NULL,
	CONSTRAINT "case_form_case_id_form_pk" PRIMARY KEY("case_id","form")
);
--> statement-breakpoint
CREATE TABLE "compartment" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"kind" text NOT NULL,
	"recipient" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "entry" (
	"id" text PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"compartment_id" text NOT NULL,
	"kind" text NOT NULL,
	"position" bigint NOT NULL,
	"at" bigint NOT NULL,
	"author_kind" text NOT NULL,
	"author_id" text,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "holder" (
	"compartment_id" text NOT NULL,
	"kind" text NOT NULL,
	"holder_id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "holder_compartment_id_kind_holder_id_pk" PRIMARY KEY("compartment_id","kind","holder_id")
);
--> statement-breakpoint
CREATE TABLE "notice_address" (
	"case_id" text PRIMARY KEY NOT NULL,
	"language" text NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "desk" (
	"id" text PRIMARY KEY NOT NULL,
	"institution_id" text NOT NULL,
	"kind" text NOT NULL,
	"name" jsonb NOT NULL,
	"fallback_id" text
);
--> statement-breakpoint
CREATE TABLE "institution" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"type" text NOT NULL,
	"name" jsonb NOT NULL,
	"search_name" text NOT NULL,
	"territory" text NOT NULL,
	"active_from" bigint NOT NULL,
	"active_to" bigint,
	CONSTRAINT "institution_identifier_unique" UNIQUE("identifier")
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"version" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"sent_at" bigint
);
--> statement-breakpoint
CREATE TABLE "tracking_session" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "job" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"payload" jsonb NOT NULL,
	"run_at" bigint NOT NULL,
	"attempts" bigint NOT NULL,
	"claimed_until" bigint NOT NULL,
	"ended_at" bigint,
	"outcome" text
);
--> statement-breakpoint
ALTER TABLE "desk_key" ADD CONSTRAINT "desk_key_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_key_holder" ADD CONSTRAINT "desk_key_holder_desk_key_id_desk_key_id_fk" FOREIGN KEY ("desk_key_id") REFERENCES "public"."desk_key"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_member" ADD CONSTRAINT "desk_member_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_member" ADD CONSTRAINT "desk_member_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_event" ADD CONSTRAINT "case_event_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_desk_id_desk_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desk"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_form" ADD CONSTRAINT "case_form_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "compartment" ADD CONSTRAINT "compartment_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry" ADD CONSTRAINT "entry_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "entry" ADD CONSTRAINT "entry_compartment_id_compartment_id_fk" FOREIGN KEY ("compartment_id") REFERENCES "public"."compartment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "holder" ADD CONSTRAINT "holder_compartment_id_compartment_id_fk" FOREIGN KEY ("compartment_id") REFERENCES "public"."compartment"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_address" ADD CONSTRAINT "notice_address_case_id_case_file_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."case_file"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk" ADD CONSTRAINT "desk_institution_id_institution_id_fk" FOREIGN KEY ("institution_id") REFERENCES "public"."institution"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "desk_key_generation" ON "desk_key" USING btree ("desk_id","generation");--> statement-breakpoint
CREATE INDEX "desk_member_person" ON "desk_member" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_person" ON "session" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "session_expiry" ON "session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "audit_subject" ON "audit_entry" USING btree ("subject_kind","subject_id","at");--> statement-breakpoint
CREATE INDEX "audit_actor" ON "audit_entry" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "case_event_case" ON "case_event" USING btree ("case_id","at");--> statement-breakpoint
CREATE INDEX "case_inbox" ON "case_file" USING btree ("desk_id","open","rank","received_at","id");--> statement-breakpoint
CREATE INDEX "case_inbox_status" ON "case_file" USING btree ("desk_id","status","rank","received_at","id");--> statement-breakpoint
CREATE INDEX "case_inbox_territory" ON "case_file" USING btree ("desk_id","territory","rank","received_at","id");--> statement-breakpoint
CREATE INDEX "case_form_form" ON "case_form" USING btree ("form","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "compartment_kind" ON "compartment" USING btree ("case_id","kind");--> statement-breakpoint
CREATE UNIQUE INDEX "entry_position" ON "entry" USING btree ("case_id","position");--> statement-breakpoint
CREATE INDEX "entry_kind" ON "entry" USING btree ("case_id","kind","position");--> statement-breakpoint
CREATE INDEX "holder_who" ON "holder" USING btree ("kind","holder_id");--> statement-breakpoint
CREATE INDEX "desk_kind" ON "desk" USING btree ("kind");--> statement-breakpoint
CREATE INDEX "institution_place" ON "institution" USING btree ("territory","type");--> statement-breakpoint
CREATE INDEX "draft_owner" ON "draft" USING btree ("owner");--> statement-breakpoint
CREATE INDEX "draft_expiry" ON "draft" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "tracking_session_expiry" ON "tracking_session" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "job_due" ON "job" USING btree ("ended_at","run_at");