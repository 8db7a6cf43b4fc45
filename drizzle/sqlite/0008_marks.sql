ALTER TABLE `apart_key_holder` ADD `mark` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `desk_key` ADD `mark` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `desk_key_holder` ADD `mark` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `person` ADD `recipient_mark` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `compartment` ADD `mark` text DEFAULT '' NOT NULL;