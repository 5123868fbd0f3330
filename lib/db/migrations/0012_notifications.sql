CREATE TABLE "notification_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "notification_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"message_id" uuid NOT NULL,
	"target_id" text NOT NULL,
	"receiver_id" uuid NOT NULL,
	"event_key" text NOT NULL,
	"event" jsonb NOT NULL,
	"image_name" text NOT NULL,
	"state" text NOT NULL,
	"tries" integer NOT NULL,
	"next_at" timestamp with time zone NOT NULL,
	"answer" text,
	"took_ms" integer,
	"created_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "notification_receivers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"sealed" text NOT NULL,
	"shown" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notification_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"events" jsonb NOT NULL,
	"name_prefix" text NOT NULL,
	"receiver_id" uuid NOT NULL,
	"is_on" boolean NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"created_by" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notification_deliveries" ADD CONSTRAINT "notification_deliveries_receiver_id_notification_receivers_id_fk" FOREIGN KEY ("receiver_id") REFERENCES "public"."notification_receivers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notification_rules" ADD CONSTRAINT "notification_rules_receiver_id_notification_receivers_id_fk" FOREIGN KEY ("receiver_id") REFERENCES "public"."notification_receivers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notification_deliveries_event" ON "notification_deliveries" USING btree ("receiver_id","event_key");--> statement-breakpoint
CREATE INDEX "notification_deliveries_waiting" ON "notification_deliveries" USING btree ("receiver_id","id") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "notification_deliveries_target" ON "notification_deliveries" USING btree ("target_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "notification_receivers_name" ON "notification_receivers" USING btree ("target_id","name");--> statement-breakpoint
CREATE INDEX "notification_rules_target" ON "notification_rules" USING btree ("target_id");