CREATE TABLE `former_identity` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`recipient` text NOT NULL,
	`password_salt` blob NOT NULL,
	`sealed_by_password` blob NOT NULL,
	`recovery_salt` blob NOT NULL,
	`sealed_by_recovery` blob NOT NULL,
	`ended_at` integer NOT NULL,
	`opened_at` integer,
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `former_identity_person` ON `former_identity` (`person_id`);