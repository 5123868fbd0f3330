CREATE TABLE "kept_diagnoses" (
	"target_id" text NOT NULL,
	"image_arn" text NOT NULL,
	"rules" text NOT NULL,
	"diagnosis" jsonb NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	CONSTRAINT "kept_diagnoses_target_id_image_arn_pk" PRIMARY KEY("target_id","image_arn")
);
