ALTER TABLE "notification_receivers" ADD COLUMN "created_by_id" text;--> statement-breakpoint
ALTER TABLE "notification_rules" ADD COLUMN "created_by_id" text;