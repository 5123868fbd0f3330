CREATE TABLE "pipeline_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"state" text NOT NULL,
	"creation" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "pipeline_drafts_target" ON "pipeline_drafts" USING btree ("target_id","updated_at");