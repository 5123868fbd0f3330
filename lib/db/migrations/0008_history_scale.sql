CREATE TABLE "history_day_findings" (
	"target_id" text NOT NULL,
	"day" date NOT NULL,
	"pipeline" text NOT NULL,
	"images" integer NOT NULL,
	"critical" integer NOT NULL,
	"high" integer NOT NULL,
	"medium" integer NOT NULL,
	"other" integer NOT NULL,
	CONSTRAINT "history_day_findings_target_id_pipeline_day_pk" PRIMARY KEY("target_id","pipeline","day")
);
--> statement-breakpoint
CREATE INDEX "history_day_findings_day" ON "history_day_findings" USING btree ("target_id","day");
--> statement-breakpoint
INSERT INTO "history_stale" ("target_id", "kind", "value")
SELECT "target_id", 'pipeline', "pipeline" FROM "history_pipelines" ON CONFLICT DO NOTHING;
--> statement-breakpoint
CREATE TEMPORARY TABLE "histograms" AS
SELECT "target_id", "day", "pipeline", "kind", "stage", "name",
	sum("count" * ('1e' || 8 * "bucket")::numeric) AS "histogram", sum("total_ms")::bigint AS "total_ms"
FROM "history_day_durations" GROUP BY 1, 2, 3, 4, 5, 6;
--> statement-breakpoint
DROP TABLE "history_day_durations";
--> statement-breakpoint
CREATE TABLE "history_day_durations" (
	"target_id" text NOT NULL,
	"day" date NOT NULL,
	"pipeline" text NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"name" text NOT NULL,
	"histogram" numeric NOT NULL,
	"total_ms" bigint NOT NULL
);
--> statement-breakpoint
INSERT INTO "history_day_durations" ("target_id", "day", "pipeline", "kind", "stage", "name", "histogram", "total_ms")
SELECT "target_id", "day", "pipeline", "kind", "stage", "name", "histogram", "total_ms" FROM "histograms";
--> statement-breakpoint
DROP TABLE "histograms";
--> statement-breakpoint
ALTER TABLE "history_day_durations" ADD CONSTRAINT "history_day_durations_target_id_pipeline_kind_day_stage_name_pk" PRIMARY KEY("target_id","pipeline","kind","day","stage","name");
--> statement-breakpoint
CREATE INDEX "history_day_durations_day" ON "history_day_durations" USING btree ("target_id","day");
--> statement-breakpoint
CREATE INDEX "history_builds_first_failures" ON "history_builds" USING btree ("target_id","created_at","id") WHERE is_first_failure;
--> statement-breakpoint
CREATE INDEX "history_builds_scanned" ON "history_builds" USING btree ("target_id","pipeline","created_at","id","day","findings_all","findings_critical","findings_high","findings_medium") WHERE result = 'succeeded' and findings_all is not null;
