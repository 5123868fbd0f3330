CREATE TABLE "history_kept" (
	"target_id" text NOT NULL,
	"pipeline" text NOT NULL,
	"images" integer NOT NULL,
	"gib" bigint NOT NULL,
	CONSTRAINT "history_kept_target_id_pipeline_pk" PRIMARY KEY("target_id","pipeline")
);
--> statement-breakpoint
INSERT INTO "history_stale" ("target_id", "kind", "value")
SELECT DISTINCT "target_id", 'pipeline', "pipeline" FROM "history_builds" ON CONFLICT DO NOTHING;
