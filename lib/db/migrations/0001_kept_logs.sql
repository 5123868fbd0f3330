CREATE TABLE "kept_log_parts" (
	"target_id" text NOT NULL,
	"image_arn" text NOT NULL,
	"part" integer NOT NULL,
	"part_count" integer NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	"text" "bytea" NOT NULL,
	"events" "bytea" NOT NULL,
	CONSTRAINT "kept_log_parts_target_id_image_arn_part_pk" PRIMARY KEY("target_id","image_arn","part")
);
