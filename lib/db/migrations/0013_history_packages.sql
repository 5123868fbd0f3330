CREATE TABLE "history_packages" (
	"build_id" bigint PRIMARY KEY NOT NULL,
	"target_id" text NOT NULL,
	"packages" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "history_packages" ADD CONSTRAINT "history_packages_build_id_history_builds_id_fk" FOREIGN KEY ("build_id") REFERENCES "public"."history_builds"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "history_packages_target" ON "history_packages" USING btree ("target_id");