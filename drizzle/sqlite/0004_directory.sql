CREATE TABLE `absence` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`fallback_id` text,
	FOREIGN KEY (`institution_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`fallback_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `absence_institution` ON `absence` (`institution_id`,`to_at`);--> statement-breakpoint
CREATE TABLE `contact_person` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	FOREIGN KEY (`institution_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `contact_person_institution` ON `contact_person` (`institution_id`);--> statement-breakpoint
CREATE TABLE `opening` (
	`id` text PRIMARY KEY NOT NULL,
	`territory` text NOT NULL,
	`stage` integer NOT NULL,
	`from_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `opening_territory` ON `opening` (`territory`,`from_at`);--> statement-breakpoint
ALTER TABLE `institution` ADD `covers` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `institution` ADD `address` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `hours` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `verified_on` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `parent_id` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `supervisor_id` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `fallback_id` text;--> statement-breakpoint
CREATE INDEX `institution_type` ON `institution` (`type`,`search_name`);--> statement-breakpoint
CREATE INDEX `institution_name` ON `institution` (`search_name`);