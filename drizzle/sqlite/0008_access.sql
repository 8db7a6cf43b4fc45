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
CREATE UNIQUE INDEX `case_access_live` ON `case_access` (`case_id`,`person_id`) WHERE ended_at is null;