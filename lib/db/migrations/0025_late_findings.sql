ALTER TABLE "history_builds" ADD COLUMN "criticals_seen" integer;--> statement-breakpoint
ALTER TABLE "history_builds" ADD COLUMN "findings_read_at" timestamp with time zone;