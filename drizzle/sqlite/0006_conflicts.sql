CREATE TABLE `apart_key` (
	`id` text PRIMARY KEY NOT NULL,
	`desk_id` text NOT NULL,
	`recipient` text NOT NULL,
	`made_at` integer NOT NULL,
	FOREIGN KEY (`desk_id`) REFERENCES `desk`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `apart_key_desk` ON `apart_key` (`desk_id`);--> statement-breakpoint
CREATE TABLE `apart_key_holder` (
	`apart_key_id` text NOT NULL,
	`holder` text NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`apart_key_id`, `holder`),
	FOREIGN KEY (`apart_key_id`) REFERENCES `apart_key`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `apart_key_holder_who` ON `apart_key_holder` (`holder`);--> statement-breakpoint
CREATE TABLE `case_access` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`person_id` text NOT NULL,
	`entry_id` text NOT NULL,
	`asked_at` integer NOT NULL,
	`decided_at` integer,
	`decided_by` text,
	`granted` integer,
	`ends_at` integer,
	`ended_at` integer,
	FOREIGN KEY (`case_id`) REFERENCES `case_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entry_id`) REFERENCES `entry`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `case_access_case` ON `case_access` (`case_id`,`asked_at`);--> statement-breakpoint
CREATE INDEX `case_access_person` ON `case_access` (`person_id`,`asked_at`);--> statement-breakpoint
CREATE UNIQUE INDEX `case_access_live` ON `case_access` (`case_id`,`person_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE TABLE `case_exclusion` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`person_id` text,
	`institution_id` text,
	`declared_at` integer NOT NULL,
	`declared_by` text NOT NULL,
	`lifted_at` integer,
	`lifted_by` text,
	FOREIGN KEY (`case_id`) REFERENCES `case_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `case_exclusion_case` ON `case_exclusion` (`case_id`);--> statement-breakpoint
CREATE INDEX `case_exclusion_person` ON `case_exclusion` (`person_id`);--> statement-breakpoint
CREATE INDEX `case_exclusion_institution` ON `case_exclusion` (`institution_id`);--> statement-breakpoint
DROP INDEX `audit_subject`;--> statement-breakpoint
DROP INDEX `audit_actor`;--> statement-breakpoint
CREATE INDEX `audit_action` ON `audit_entry` (`action`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit_entry` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit_entry` (`subject_kind`,`subject_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit_entry` (`actor_id`,`at`,`id`);--> statement-breakpoint
ALTER TABLE `desk_member` ADD `offered_by` text;--> statement-breakpoint
ALTER TABLE `case_file` ADD `apart_key_id` text REFERENCES apart_key(id);