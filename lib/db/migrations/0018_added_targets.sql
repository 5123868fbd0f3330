CREATE TABLE "added_targets" (
	"id" text PRIMARY KEY NOT NULL,
	"label" text NOT NULL,
	"account_id" text NOT NULL,
	"region" text NOT NULL,
	"role_arn" text,
	"external_id" text,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_by" text NOT NULL
);
