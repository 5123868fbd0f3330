CREATE TABLE "clean_ups" (
	"target_id" text NOT NULL,
	"pipeline" text NOT NULL,
	"made" jsonb NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by" text NOT NULL,
	CONSTRAINT "clean_ups_target_id_pipeline_pk" PRIMARY KEY("target_id","pipeline")
);
