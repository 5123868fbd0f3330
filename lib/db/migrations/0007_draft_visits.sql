CREATE TABLE "draft_visits" (
	"draft_id" uuid NOT NULL,
	"window_id" uuid NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "draft_visits_draft_id_window_id_pk" PRIMARY KEY("draft_id","window_id")
);
--> statement-breakpoint
ALTER TABLE "draft_visits" ADD CONSTRAINT "draft_visits_draft_id_pipeline_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."pipeline_drafts"("id") ON DELETE cascade ON UPDATE no action;