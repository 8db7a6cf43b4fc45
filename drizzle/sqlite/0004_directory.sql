CREATE TABLE `absence` (
	`id` text PRIMARY KEY NOT NULL,
	`institution_id` text,
	`type` text,
	`territory` text,
	`from_at` integer NOT NULL,
	`to_at` integer NOT NULL,
	`fallback_id` text,
	FOREIGN KEY (`institution_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`fallback_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `absence_institution` ON `absence` (`institution_id`,`to_at`);--> statement-breakpoint
CREATE INDEX `absence_type` ON `absence` (`type`,`to_at`);--> statement-breakpoint
CREATE INDEX `absence_to` ON `absence` (`to_at`,`id`);--> statement-breakpoint
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
CREATE TABLE `import_file` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`content` blob NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `import_file_at` ON `import_file` (`at`);--> statement-breakpoint
CREATE TABLE `institution_area` (
	`territory` text NOT NULL,
	`institution_id` text NOT NULL,
	PRIMARY KEY(`territory`, `institution_id`),
	FOREIGN KEY (`institution_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `institution_area_institution` ON `institution_area` (`institution_id`);--> statement-breakpoint
CREATE TABLE `opening` (
	`id` text PRIMARY KEY NOT NULL,
	`territory` text NOT NULL,
	`stage` integer NOT NULL,
	`from_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `opening_territory` ON `opening` (`territory`,`from_at`);--> statement-breakpoint
CREATE TABLE `routing_check` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`combinations` integer NOT NULL,
	`unanswered` integer NOT NULL,
	`incomplete` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `routing_check_at` ON `routing_check` (`at`);--> statement-breakpoint
CREATE TABLE `routing_hole` (
	`check_id` text NOT NULL,
	`territory` text NOT NULL,
	`type` text NOT NULL,
	`missing` integer NOT NULL,
	`unanswered` integer NOT NULL,
	`stands_in` integer NOT NULL,
	`form` text NOT NULL,
	`setting` text NOT NULL,
	`harmer` text NOT NULL,
	PRIMARY KEY(`check_id`, `territory`, `type`),
	FOREIGN KEY (`check_id`) REFERENCES `routing_check`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
ALTER TABLE `person` ADD `signed_in_at` integer;--> statement-breakpoint
ALTER TABLE `institution` ADD `covers` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `institution` ADD `address` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `phone` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `hours` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `verified_on` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `parent_id` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `supervisor_id` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `fallback_id` text;--> statement-breakpoint
ALTER TABLE `institution` ADD `version` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `institution_type` ON `institution` (`type`,`search_name`);--> statement-breakpoint
CREATE INDEX `institution_name` ON `institution` (`search_name`);--> statement-breakpoint
CREATE INDEX `institution_parent` ON `institution` (`parent_id`);--> statement-breakpoint
CREATE INDEX `institution_supervisor` ON `institution` (`supervisor_id`);--> statement-breakpoint
CREATE INDEX `institution_fallback` ON `institution` (`fallback_id`);--> statement-breakpoint
CREATE INDEX `case_waiting` ON `case_file` (`desk_id`,`unread_since`) WHERE unread_since is not null;--> statement-breakpoint
CREATE INDEX `desk_institution` ON `desk` (`institution_id`);
--> statement-breakpoint
INSERT INTO institution_area (territory, institution_id) SELECT territory, id FROM institution;
