CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`person_id` text,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`role` text NOT NULL,
	`language` text NOT NULL,
	`desk_id` text,
	`leads` integer NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`desk_id`) REFERENCES `desk`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `invitation_waiting` ON `invitation` (`expires_at`);--> statement-breakpoint
CREATE INDEX `invitation_desk` ON `invitation` (`desk_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `invitation_email` ON `invitation` (`email`);--> statement-breakpoint
CREATE TABLE `known_device` (
	`token_hash` text NOT NULL,
	`person_id` text NOT NULL,
	`until` integer NOT NULL,
	PRIMARY KEY(`token_hash`, `person_id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `known_device_person` ON `known_device` (`person_id`);--> statement-breakpoint
ALTER TABLE `desk_key` ADD `retired_at` integer;--> statement-breakpoint
ALTER TABLE `desk_member` ADD `leads` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `person` ADD `sealed_totp` blob;--> statement-breakpoint
ALTER TABLE `person` ADD `totp_step` integer;--> statement-breakpoint
ALTER TABLE `person` ADD `search_name` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE INDEX `person_search` ON `person` (`search_name`,`id`);--> statement-breakpoint
CREATE INDEX `person_role` ON `person` (`role`,`search_name`);--> statement-breakpoint
ALTER TABLE `session` ADD `confirmed_at` integer;--> statement-breakpoint
CREATE INDEX `desk_key_holder_who` ON `desk_key_holder` (`holder`);