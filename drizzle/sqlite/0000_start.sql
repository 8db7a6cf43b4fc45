CREATE TABLE `desk_key` (
	`id` text PRIMARY KEY NOT NULL,
	`desk_id` text NOT NULL,
	`generation` integer NOT NULL,
	`recipient` text NOT NULL,
	`made_at` integer NOT NULL,
	FOREIGN KEY (`desk_id`) REFERENCES `desk`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `desk_key_generation` ON `desk_key` (`desk_id`,`generation`);--> statement-breakpoint
CREATE TABLE `desk_key_holder` (
	`desk_key_id` text NOT NULL,
	`holder` text NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`desk_key_id`, `holder`),
	FOREIGN KEY (`desk_key_id`) REFERENCES `desk_key`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `desk_member` (
	`desk_id` text NOT NULL,
	`person_id` text NOT NULL,
	`admitted_at` integer,
	PRIMARY KEY(`desk_id`, `person_id`),
	FOREIGN KEY (`desk_id`) REFERENCES `desk`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `desk_member_person` ON `desk_member` (`person_id`);--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`language` text NOT NULL,
	`recipient` text NOT NULL,
	`password_salt` blob NOT NULL,
	`sealed_by_password` blob NOT NULL,
	`recovery_salt` blob NOT NULL,
	`sealed_by_recovery` blob NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `person_email_unique` ON `person` (`email`);--> statement-breakpoint
CREATE TABLE `session` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`sealed_identity` blob NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_person` ON `session` (`person_id`);--> statement-breakpoint
CREATE INDEX `session_expiry` ON `session` (`expires_at`);--> statement-breakpoint
CREATE TABLE `setup_link` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `audit_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text,
	`action` text NOT NULL,
	`subject_kind` text NOT NULL,
	`subject_id` text,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit_entry` (`subject_kind`,`subject_id`,`at`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit_entry` (`actor_id`,`at`);--> statement-breakpoint
CREATE TABLE `audit_link` (
	`position` integer PRIMARY KEY NOT NULL,
	`entry_id` text NOT NULL,
	`hash` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_link_entry_id_unique` ON `audit_link` (`entry_id`);--> statement-breakpoint
CREATE TABLE `audit_pending` (
	`entry_id` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `case_event` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`by_reporter` integer NOT NULL,
	`detail` text NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `case_file`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `case_event_case` ON `case_event` (`case_id`,`at`);--> statement-breakpoint
CREATE TABLE `case_file` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`submission` text NOT NULL,
	`received_at` integer NOT NULL,
	`desk_id` text NOT NULL,
	`open` integer NOT NULL,
	`status` text NOT NULL,
	`urgency` text NOT NULL,
	`rank` integer NOT NULL,
	`version` integer NOT NULL,
	`first_read_at` integer,
	`unread_since` integer,
	`not_safe_at` integer,
	`language` text NOT NULL,
	`danger` text NOT NULL,
	`role` text NOT NULL,
	`identity_mode` text NOT NULL,
	`environment` text,
	`territory` text NOT NULL,
	`institution_id` text,
	`age_band` text,
	`perpetrator_type` text,
	`frequency` text,
	FOREIGN KEY (`desk_id`) REFERENCES `desk`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `case_file_number_unique` ON `case_file` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `case_file_submission_unique` ON `case_file` (`submission`);--> statement-breakpoint
CREATE INDEX `case_inbox` ON `case_file` (`desk_id`,`open`,`rank`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `case_inbox_status` ON `case_file` (`desk_id`,`status`,`rank`,`received_at`,`id`);--> statement-breakpoint
CREATE INDEX `case_inbox_territory` ON `case_file` (`desk_id`,`territory`,`rank`,`received_at`,`id`);--> statement-breakpoint
CREATE TABLE `case_form` (
	`case_id` text NOT NULL,
	`form` text NOT NULL,
	PRIMARY KEY(`case_id`, `form`),
	FOREIGN KEY (`case_id`) REFERENCES `case_file`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `case_form_form` ON `case_form` (`form`,`case_id`);--> statement-breakpoint
CREATE TABLE `compartment` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`kind` text NOT NULL,
	`recipient` text NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `case_file`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `compartment_kind` ON `compartment` (`case_id`,`kind`);--> statement-breakpoint
CREATE TABLE `entry` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`compartment_id` text NOT NULL,
	`kind` text NOT NULL,
	`position` integer NOT NULL,
	`at` integer NOT NULL,
	`author_kind` text NOT NULL,
	`author_id` text,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `case_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`compartment_id`) REFERENCES `compartment`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entry_position` ON `entry` (`case_id`,`position`);--> statement-breakpoint
CREATE INDEX `entry_kind` ON `entry` (`case_id`,`kind`,`position`);--> statement-breakpoint
CREATE TABLE `holder` (
	`compartment_id` text NOT NULL,
	`kind` text NOT NULL,
	`holder_id` text NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`compartment_id`, `kind`, `holder_id`),
	FOREIGN KEY (`compartment_id`) REFERENCES `compartment`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `holder_who` ON `holder` (`kind`,`holder_id`);--> statement-breakpoint
CREATE TABLE `notice_address` (
	`case_id` text PRIMARY KEY NOT NULL,
	`language` text NOT NULL,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `case_file`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `desk` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`fallback_id` text,
	FOREIGN KEY (`institution_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `desk_kind` ON `desk` (`kind`);--> statement-breakpoint
CREATE TABLE `institution` (
	`id` text PRIMARY KEY NOT NULL,
	`identifier` text NOT NULL,
	`type` text NOT NULL,
	`name` text NOT NULL,
	`search_name` text NOT NULL,
	`territory` text NOT NULL,
	`active_from` integer NOT NULL,
	`active_to` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `institution_identifier_unique` ON `institution` (`identifier`);--> statement-breakpoint
CREATE INDEX `institution_place` ON `institution` (`territory`,`type`);--> statement-breakpoint
CREATE TABLE `draft` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`sealed` blob NOT NULL,
	`version` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`sent_at` integer
);
--> statement-breakpoint
CREATE INDEX `draft_owner` ON `draft` (`owner`);--> statement-breakpoint
CREATE INDEX `draft_expiry` ON `draft` (`expires_at`);--> statement-breakpoint
CREATE TABLE `tracking_session` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`sealed` blob NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `tracking_session_expiry` ON `tracking_session` (`expires_at`);--> statement-breakpoint
CREATE TABLE `job` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`run_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`claimed_until` integer NOT NULL,
	`ended_at` integer,
	`outcome` text
);
--> statement-breakpoint
CREATE INDEX `job_due` ON `job` (`ended_at`,`run_at`);