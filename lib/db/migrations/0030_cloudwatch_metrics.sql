CREATE TABLE "metric_builds" (
	"build_id" bigint NOT NULL,
	"result" text NOT NULL,
	"target_id" text NOT NULL,
	"ended_at" timestamp with time zone NOT NULL,
	"batch" uuid NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	CONSTRAINT "metric_builds_build_id_result_pk" PRIMARY KEY("build_id","result")
);
--> statement-breakpoint
CREATE TABLE "metric_pipelines" (
	"target_id" text NOT NULL,
	"pipeline" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "metric_pipelines_target_id_pipeline_pk" PRIMARY KEY("target_id","pipeline")
);
--> statement-breakpoint
CREATE TABLE "metric_targets" (
	"target_id" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone,
	"gauges_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"mistake" text,
	"mistake_since" timestamp with time zone,
	"missing_action" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "added_targets" ADD COLUMN "cloudwatch_pipelines" integer;--> statement-breakpoint
ALTER TABLE "metric_builds" ADD CONSTRAINT "metric_builds_build_id_history_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."history_builds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "metric_builds_target" ON "metric_builds" USING btree ("target_id","ended_at");--> statement-breakpoint
CREATE INDEX "metric_builds_open" ON "metric_builds" USING btree ("target_id") WHERE sent_at is null;