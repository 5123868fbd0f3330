CREATE TABLE "fleet_inventories" (
	"target_id" text NOT NULL,
	"account_id" text NOT NULL,
	"region" text NOT NULL,
	"sources" jsonb NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	"claimed_at" timestamp with time zone NOT NULL,
	"viewed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "fleet_inventories_target_id_account_id_region_pk" PRIMARY KEY("target_id","account_id","region")
);
--> statement-breakpoint
CREATE INDEX "fleet_inventories_viewed" ON "fleet_inventories" USING btree ("viewed_at");