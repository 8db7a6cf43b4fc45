DROP INDEX `audit_subject`;--> statement-breakpoint
DROP INDEX `audit_actor`;--> statement-breakpoint
CREATE INDEX `audit_action` ON `audit_entry` (`action`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_at` ON `audit_entry` (`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit_entry` (`subject_kind`,`subject_id`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `audit_actor` ON `audit_entry` (`actor_id`,`at`,`id`);