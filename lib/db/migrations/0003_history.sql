CREATE TABLE "history_builds" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "history_builds_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"target_id" text NOT NULL,
	"arn" text NOT NULL,
	"name" text NOT NULL,
	"version" text NOT NULL,
	"build" text NOT NULL,
	"display_name" text NOT NULL,
	"pipeline" text NOT NULL,
	"status" text NOT NULL,
	"result" text NOT NULL,
	"reason" text,
	"created_at" timestamp with time zone NOT NULL,
	"day" date NOT NULL,
	"ended_at" timestamp with time zone,
	"duration_ms" bigint,
	"build_type" text,
	"image_type" text NOT NULL,
	"platform" text,
	"os_version" text,
	"recipe_name" text,
	"recipe_version" text,
	"parent_image" text,
	"base_ami" text,
	"instance_type" text,
	"volume_gib" integer,
	"components" jsonb,
	"amis" jsonb,
	"failed_stage" text,
	"failed_step" text,
	"failed_component" text,
	"rule" text,
	"rule_title" text,
	"findings_all" integer,
	"findings_critical" integer,
	"findings_high" integer,
	"findings_medium" integer,
	"is_first_failure" boolean DEFAULT false NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"detailed_at" timestamp with time zone,
	"detail_error" text,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "history_changes" (
	"build_id" bigint NOT NULL,
	"target_id" text NOT NULL,
	"pipeline" text NOT NULL,
	"day" date NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"before" text,
	"after" text,
	CONSTRAINT "history_changes_build_id_kind_name_pk" PRIMARY KEY("build_id","kind","name")
);
--> statement-breakpoint
CREATE TABLE "history_day_durations" (
	"target_id" text NOT NULL,
	"day" date NOT NULL,
	"pipeline" text NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"name" text NOT NULL,
	"bucket" smallint NOT NULL,
	"count" integer NOT NULL,
	"total_ms" bigint NOT NULL,
	CONSTRAINT "history_day_durations_target_id_pipeline_kind_day_stage_name_bucket_pk" PRIMARY KEY("target_id","pipeline","kind","day","stage","name","bucket")
);
--> statement-breakpoint
CREATE TABLE "history_day_hours" (
	"target_id" text NOT NULL,
	"day" date NOT NULL,
	"pipeline" text NOT NULL,
	"instance_type" text NOT NULL,
	"builds" integer NOT NULL,
	"total_ms" bigint NOT NULL,
	CONSTRAINT "history_day_hours_target_id_pipeline_day_instance_type_pk" PRIMARY KEY("target_id","pipeline","day","instance_type")
);
--> statement-breakpoint
CREATE TABLE "history_days" (
	"target_id" text NOT NULL,
	"day" date NOT NULL,
	"pipeline" text NOT NULL,
	"succeeded" integer NOT NULL,
	"failed" integer NOT NULL,
	"cancelled" integer NOT NULL,
	"running" integer NOT NULL,
	CONSTRAINT "history_days_target_id_pipeline_day_pk" PRIMARY KEY("target_id","pipeline","day")
);
--> statement-breakpoint
CREATE TABLE "history_pipelines" (
	"target_id" text NOT NULL,
	"pipeline" text NOT NULL,
	"last_build_id" bigint,
	"last_build_at" timestamp with time zone,
	"streak_result" text,
	"streak_count" integer NOT NULL,
	"streak_since" timestamp with time zone,
	"last_good_id" bigint,
	"last_good_at" timestamp with time zone,
	"fresh_within_days" integer,
	CONSTRAINT "history_pipelines_target_id_pipeline_pk" PRIMARY KEY("target_id","pipeline")
);
--> statement-breakpoint
CREATE TABLE "history_stale" (
	"target_id" text NOT NULL,
	"kind" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "history_stale_target_id_kind_value_pk" PRIMARY KEY("target_id","kind","value")
);
--> statement-breakpoint
CREATE TABLE "history_steps" (
	"build_id" bigint NOT NULL,
	"ordinal" smallint NOT NULL,
	"kind" text NOT NULL,
	"stage" text NOT NULL,
	"name" text NOT NULL,
	"action" text,
	"status" text NOT NULL,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"duration_ms" bigint,
	CONSTRAINT "history_steps_build_id_ordinal_pk" PRIMARY KEY("build_id","ordinal")
);
--> statement-breakpoint
CREATE TABLE "history_sync" (
	"target_id" text PRIMARY KEY NOT NULL,
	"time_zone" text NOT NULL,
	"walk" jsonb,
	"walked_at" timestamp with time zone,
	"backfilled_at" timestamp with time zone,
	"updated_at" timestamp with time zone NOT NULL,
	"calls_per_build" integer,
	"mistake" text
);
--> statement-breakpoint
ALTER TABLE "history_changes" ADD CONSTRAINT "history_changes_build_id_history_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."history_builds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history_steps" ADD CONSTRAINT "history_steps_build_id_history_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."history_builds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "history_builds_arn" ON "history_builds" USING btree ("target_id","arn");--> statement-breakpoint
CREATE INDEX "history_builds_day" ON "history_builds" USING btree ("target_id","day");--> statement-breakpoint
CREATE INDEX "history_builds_created" ON "history_builds" USING btree ("target_id","created_at");--> statement-breakpoint
CREATE INDEX "history_builds_pipeline" ON "history_builds" USING btree ("target_id","pipeline","created_at","id");--> statement-breakpoint
CREATE INDEX "history_builds_failed" ON "history_builds" USING btree ("target_id","day") WHERE result = 'failed';--> statement-breakpoint
CREATE INDEX "history_builds_running" ON "history_builds" USING btree ("target_id") WHERE result = 'running';--> statement-breakpoint
CREATE INDEX "history_builds_undetailed" ON "history_builds" USING btree ("target_id","result","created_at") WHERE detailed_at is null;--> statement-breakpoint
CREATE INDEX "history_changes_day" ON "history_changes" USING btree ("target_id","day");--> statement-breakpoint
CREATE INDEX "history_changes_pipeline" ON "history_changes" USING btree ("target_id","pipeline","day");--> statement-breakpoint
CREATE INDEX "history_day_durations_day" ON "history_day_durations" USING btree ("target_id","day");--> statement-breakpoint
CREATE INDEX "history_day_hours_day" ON "history_day_hours" USING btree ("target_id","day");--> statement-breakpoint
CREATE INDEX "history_days_day" ON "history_days" USING btree ("target_id","day");