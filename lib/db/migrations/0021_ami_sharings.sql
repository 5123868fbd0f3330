CREATE TABLE "ami_sharings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"region" text NOT NULL,
	"ami_id" text NOT NULL,
	"holders" jsonb NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	"kept_by" text NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "ami_sharings_open" ON "ami_sharings" USING btree ("target_id","region","ami_id") WHERE ended_at is null;