import { index, integer, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { instant, jsonb } from "./schema";

/** Keys of programs. A row stays after its token was revoked or ended, for who looks back. `lib/auth/tokens` alone touches it. */
export const apiTokens = pgTable(
  "api_tokens",
  {
    id: uuid("id").primaryKey(),
    /** SHA-256 of the token: who reads the database can use none. */
    tokenHash: text("token_hash").notNull().unique(),
    /** Its first characters, by which a person finds it again. */
    shown: text("shown").notNull(),
    kind: text("kind", { enum: ["person", "service", "feed"] }).notNull(),
    name: text("name").notNull(),
    /** What it was given; what its maker may do bounds that at every use. */
    role: text("role", { enum: ["viewer", "operator", "author", "admin"] }).notNull(),
    targets: jsonb("targets").$type<string[]>().notNull(),
    /** Beginnings of names; empty for all names. */
    namePrefixes: jsonb("name_prefixes").$type<string[]>().notNull(),
    makerId: text("maker_id").notNull(),
    makerName: text("maker_name").notNull(),
    /** JSON of what the identity provider said of the maker when the console last saw them; null without sign-in. */
    makerClaims: text("maker_claims"),
    makerSeenAt: instant("maker_seen_at").notNull(),
    createdAt: instant("created_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    lastUsedAt: instant("last_used_at"),
    lastUsedFrom: text("last_used_from"),
    revokedAt: instant("revoked_at"),
    revokedBy: text("revoked_by"),
  },
  (row) => [index("api_tokens_maker").on(row.makerId, row.createdAt)],
);

/** Answers to requests with an `Idempotency-Key`, so that a request sent again is not done again. `lib/api` alone touches it. */
export const apiAnswers = pgTable(
  "api_answers",
  {
    tokenId: uuid("token_id")
      .notNull()
      .references(() => apiTokens.id, { onDelete: "cascade" }),
    key: text("key").notNull(),
    /** SHA-256 of method, address and body. */
    request: text("request").notNull(),
    /** Null while the first request is under way. */
    status: integer("status"),
    headers: jsonb("headers"),
    body: text("body"),
    createdAt: instant("created_at").notNull(),
  },
  (row) => [primaryKey({ columns: [row.tokenId, row.key] }), index("api_answers_created").on(row.createdAt)],
);
