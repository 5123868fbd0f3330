CREATE TABLE "audit_rows" (
	"sequence" bigint PRIMARY KEY NOT NULL,
	"id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"origin" text,
	"target_id" text,
	"account_id" text,
	"region" text,
	"action" text NOT NULL,
	"resource" text,
	"result" text NOT NULL,
	"reason" text,
	"input" jsonb,
	"before" jsonb,
	"after" jsonb,
	"aws_request_id" text,
	"hash" text NOT NULL,
	"previous_hash" text NOT NULL,
	CONSTRAINT "audit_rows_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE INDEX "audit_rows_at" ON "audit_rows" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_rows_actor" ON "audit_rows" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "audit_rows_resource" ON "audit_rows" USING btree ("target_id","resource","at");