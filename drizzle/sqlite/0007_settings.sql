CREATE TABLE `setting` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
-- Services of earlier versions were for a country.
INSERT INTO `setting` (`name`, `value`) SELECT 'size', 'country' WHERE EXISTS (SELECT 1 FROM `person`);
