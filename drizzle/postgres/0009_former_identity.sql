CREATE TABLE "former_identity" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"recipient" text NOT NULL,
	"password_salt" "bytea" NOT NULL,
	"sealed_by_password" "bytea" NOT NULL,
	"recovery_salt" "bytea" NOT NULL,
	"sealed_by_recovery" "bytea" NOT NULL,
	"ended_at" bigint NOT NULL,
	"opened_at" bigint
);
--> statement-breakpoint
ALTER TABLE "former_identity" ADD CONSTRAINT "former_identity_person_id_person_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_identity_person" ON "former_identity" USING btree ("person_id");