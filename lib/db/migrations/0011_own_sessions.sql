-- Drafts belonged to an address. Where exactly one person has signed in with it, their issuer and subject take its place,
-- as lib/auth/person-key.ts writes them; other drafts are for whoever may make what they are called.
DO $$
DECLARE
	account record;
	address text;
BEGIN
	CREATE TEMPORARY TABLE known_addresses (address text, person text) ON COMMIT DROP;
	FOR account IN
		SELECT rtrim(a.issuer, '/') || '#' || a.account_id AS person, p.claims
		FROM provider_accounts a JOIN people p ON p.id = a.person_id
		WHERE a.account_id ~ '^[A-Za-z0-9_.@:|/+=~,;!$*''&%-]{1,255}$'
	LOOP
		BEGIN
			address := lower(account.claims::json ->> 'email');
			IF address <> '' THEN
				INSERT INTO known_addresses VALUES (address, account.person);
			END IF;
		EXCEPTION WHEN others THEN
			-- Claims may hold what PostgreSQL takes for no text.
			NULL;
		END;
	END LOOP;
	UPDATE pipeline_drafts d SET updated_by_id = k.person
	FROM (SELECT k.address, min(k.person) AS person FROM known_addresses k GROUP BY k.address HAVING count(DISTINCT k.person) = 1) k
	WHERE d.updated_by_id = k.address;
END $$;
--> statement-breakpoint
DROP TABLE "sessions";--> statement-breakpoint
DROP TABLE "provider_accounts";--> statement-breakpoint
DROP TABLE "people";--> statement-breakpoint
DROP TABLE "sign_in_states";--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"token_hash" text NOT NULL,
	"provider_session" text,
	"claims" text NOT NULL,
	"claims_read_at" timestamp with time zone NOT NULL,
	"claims_asked_at" timestamp with time zone,
	"groups_from" text NOT NULL,
	"groups_read_at" timestamp with time zone NOT NULL,
	"proven_at" timestamp with time zone,
	"id_token" text,
	"access_token" text,
	"refresh_token" text,
	"access_token_expires_at" timestamp with time zone,
	"started_at" timestamp with time zone NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"address" text,
	"user_agent" text,
	CONSTRAINT "sessions_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "sign_in_states" (
	"id" text PRIMARY KEY NOT NULL,
	"browser" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "used_logout_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "sessions_person" ON "sessions" USING btree ("person");--> statement-breakpoint
CREATE INDEX "sessions_expiry" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "sessions_provider_session" ON "sessions" USING btree ("provider_session");--> statement-breakpoint
CREATE INDEX "sign_in_states_expiry" ON "sign_in_states" USING btree ("expires_at");
