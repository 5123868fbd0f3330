ALTER TABLE "history_builds" ADD COLUMN "started_by" text;--> statement-breakpoint
ALTER TABLE "history_builds" ADD COLUMN "launch_templates" jsonb;