CREATE TABLE "roll_outs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"region" text NOT NULL,
	"group_name" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by_id" text NOT NULL,
	"started_by" text NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"preferences" jsonb NOT NULL,
	"pinned" text,
	"instances" jsonb NOT NULL,
	"image_names" jsonb NOT NULL,
	"refresh_id" text,
	"related_id" uuid,
	"relation" text,
	"status" text NOT NULL,
	"percentage" integer NOT NULL,
	"reason" text,
	"checkpoint" integer,
	"checkpoint_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE INDEX "roll_outs_target" ON "roll_outs" USING btree ("target_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "roll_outs_active" ON "roll_outs" USING btree ("target_id","region","group_name") WHERE ended_at is null;