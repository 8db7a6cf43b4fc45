CREATE TABLE `deadline` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`rule_id` text NOT NULL,
	`rule_version` integer NOT NULL,
	`duty` text NOT NULL,
	`desk_id` text NOT NULL,
	`institution_id` text NOT NULL,
	`started_at` integer NOT NULL,
	`first_due_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`met_at` integer,
	`breached_at` integer,
	`ended_at` integer,
	`escalated_to` text,
	FOREIGN KEY (`case_id`) REFERENCES `case_file`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`desk_id`) REFERENCES `desk`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`institution_id`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`escalated_to`) REFERENCES `institution`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `deadline_running` ON `deadline` (`due_at`,`id`) WHERE breached_at is null and met_at is null and ended_at is null;--> statement-breakpoint
CREATE INDEX `deadline_case` ON `deadline` (`case_id`,`due_at`);--> statement-breakpoint
CREATE INDEX `deadline_desk` ON `deadline` (`desk_id`,`due_at`,`id`) WHERE met_at is null and ended_at is null;--> statement-breakpoint
CREATE INDEX `deadline_due` ON `deadline` (`first_due_at`,`desk_id`);