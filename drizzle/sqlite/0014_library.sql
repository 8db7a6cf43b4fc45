CREATE TABLE `library_page` (
	`id` text PRIMARY KEY NOT NULL,
	`number` integer NOT NULL,
	`edition` integer NOT NULL,
	`published` integer,
	`published_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `library_page_number_unique` ON `library_page` (`number`);--> statement-breakpoint
CREATE TABLE `library_text` (
	`page_id` text NOT NULL,
	`edition` integer NOT NULL,
	`language` text NOT NULL,
	`kind` text NOT NULL,
	`audience` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`source` text NOT NULL,
	`made_at` integer NOT NULL,
	PRIMARY KEY(`page_id`, `edition`, `language`),
	FOREIGN KEY (`page_id`) REFERENCES `library_page`(`id`) ON UPDATE no action ON DELETE no action
);
