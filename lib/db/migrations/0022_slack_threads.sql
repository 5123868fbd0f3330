ALTER TABLE "notification_deliveries" ADD COLUMN "thread" text;--> statement-breakpoint
ALTER TABLE "notification_deliveries" ADD COLUMN "remote" jsonb;