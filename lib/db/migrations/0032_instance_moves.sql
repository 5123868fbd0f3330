CREATE TABLE "instance_moves" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"region" text NOT NULL,
	"instance_id" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"started_by_id" text NOT NULL,
	"started_by" text NOT NULL,
	"destination" jsonb NOT NULL,
	"reboot" boolean NOT NULL,
	"image_name" text NOT NULL,
	"ami_attempt" integer NOT NULL,
	"ami_id" text,
	"copy_attempt" integer NOT NULL,
	"copy_id" text,
	"launch_attempt" integer NOT NULL,
	"new_instance_id" text,
	"stopped_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"ended_by" text
);
--> statement-breakpoint
CREATE UNIQUE INDEX "instance_moves_open" ON "instance_moves" USING btree ("target_id","region","instance_id") WHERE ended_at is null;