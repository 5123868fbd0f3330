CREATE TABLE "roll_out_series" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by_id" text NOT NULL,
	"started_by" text NOT NULL,
	"starter_claims" text,
	"starter_seen_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE TABLE "roll_out_series_parts" (
	"series_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"target_id" text NOT NULL,
	"region" text NOT NULL,
	"group_name" text NOT NULL,
	"choice" jsonb NOT NULL,
	"is_pinned" boolean NOT NULL,
	"preferences" jsonb NOT NULL,
	"image_names" jsonb NOT NULL,
	"gate" jsonb NOT NULL,
	"roll_out_id" uuid,
	"claimed_at" timestamp with time zone,
	"claimed_by" text,
	"start_error" text,
	"succeeded_at" timestamp with time zone,
	"held_because" text,
	"told_at" timestamp with time zone,
	"skipped_at" timestamp with time zone,
	"skipped_by" text,
	"ended_at" timestamp with time zone,
	CONSTRAINT "roll_out_series_parts_series_id_position_pk" PRIMARY KEY("series_id","position")
);
--> statement-breakpoint
ALTER TABLE "roll_outs" ADD COLUMN "series_id" uuid;--> statement-breakpoint
CREATE INDEX "roll_out_series_target" ON "roll_out_series" USING btree ("target_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "roll_out_series_group" ON "roll_out_series_parts" USING btree ("target_id","region","group_name") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "roll_outs_series" ON "roll_outs" USING btree ("series_id");