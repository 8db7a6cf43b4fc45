ALTER TABLE "apart_key_holder" ADD COLUMN "mark" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "desk_key" ADD COLUMN "mark" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "desk_key_holder" ADD COLUMN "mark" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "recipient_mark" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "compartment" ADD COLUMN "mark" text DEFAULT '' NOT NULL;