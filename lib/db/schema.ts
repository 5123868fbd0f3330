import {
  bigint,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { wholeJson } from "@/lib/core/canonical-text";

const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => "bytea",
  fromDriver: (value) => Buffer.from(value),
});

/**
 * JSON that comes back as it went in: made canonical first, and not parsed twice, as Drizzle's own jsonb does with a
 * text that looks like a number. Throws `invalid` for what no person typed: it is refused, not cut.
 */
export const jsonb = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => "jsonb",
  toDriver: (value) => JSON.stringify(wholeJson(value)),
  fromDriver: (value) => value,
});
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Every write and refusal, appended and never changed. `lib/audit` alone touches it. */
export const auditRows = pgTable(
  "audit_rows",
  {
    /** Order of the chain, without gaps. */
    sequence: bigint("sequence", { mode: "number" }).primaryKey(),
    id: uuid("id").notNull().unique(),
    at: instant("at").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    /** Address the request came from; null for the console's own work. */
    origin: text("origin"),
    /** Null for what belongs to no target: settings, sign-in. */
    targetId: text("target_id"),
    accountId: text("account_id"),
    region: text("region"),
    action: text("action").notNull(),
    resource: text("resource"),
    result: text("result", { enum: ["succeeded", "failed", "refused"] }).notNull(),
    reason: text("reason"),
    input: jsonb("input"),
    before: jsonb("before"),
    after: jsonb("after"),
    awsRequestId: text("aws_request_id"),
    /** How the hash is worked out; see `hashOf` of lib/audit/audit-chain.ts. */
    form: smallint("form").notNull().default(1),
    /** SHA-256 over the row and the hash before it: a row changed or taken out breaks the chain. */
    hash: text("hash").notNull(),
    previousHash: text("previous_hash").notNull(),
  },
  (row) => [
    index("audit_rows_at").on(row.at),
    index("audit_rows_actor").on(row.actorId, row.at),
    index("audit_rows_resource").on(row.targetId, row.resource, row.at),
  ],
);

/** Logs of ended builds, compressed. `lib/build-log/kept` alone touches it. */
export const keptLogParts = pgTable(
  "kept_log_parts",
  {
    targetId: text("target_id").notNull(),
    imageArn: text("image_arn").notNull(),
    /** From 0. */
    part: integer("part").notNull(),
    partCount: integer("part_count").notNull(),
    keptAt: instant("kept_at").notNull(),
    /** Messages of the events, each ended by a line break; gzip. */
    text: bytes("text").notNull(),
    /** Time and length of each event as pairs of little-endian doubles; gzip. */
    events: bytes("events").notNull(),
    /** Of the whole log, in its first part only: lines of each part, outline and steps. JSON, gzip. */
    logIndex: bytes("log_index"),
  },
  (row) => [primaryKey({ columns: [row.targetId, row.imageArn, row.part] })],
);

/** Why builds failed, once worked out from a complete log. `lib/build-log/kept` alone touches it. */
export const keptDiagnoses = pgTable(
  "kept_diagnoses",
  {
    targetId: text("target_id").notNull(),
    imageArn: text("image_arn").notNull(),
    /** SHA-256 of the rules by which it was worked out. */
    rules: text("rules").notNull(),
    diagnosis: jsonb("diagnosis").notNull(),
    keptAt: instant("kept_at").notNull(),
  },
  (row) => [primaryKey({ columns: [row.targetId, row.imageArn] })],
);

/**
 * Browsers that are signed in, each with what the provider said of its person and the tokens to ask again. All of it goes
 * when the session ends. `lib/auth/oidc` alone touches this table and the next two.
 */
export const sessions = pgTable(
  "sessions",
  {
    id: text("id").primaryKey(),
    /** Issuer and subject, as `personKey` writes them. */
    person: text("person").notNull(),
    /** SHA-256 of the cookie's token. */
    tokenHash: text("token_hash").notNull().unique(),
    /** What the provider calls its own session (`sid`), where it says so. */
    providerSession: text("provider_session"),
    /** JSON of the verified claims. */
    claims: text("claims").notNull(),
    claimsReadAt: instant("claims_read_at").notNull(),
    /** When somebody last began to read them again, so that no two replicas use up one refresh token. */
    claimsAskedAt: instant("claims_asked_at"),
    groupsFrom: text("groups_from", { enum: ["id-token", "user-info"] }).notNull(),
    groupsReadAt: instant("groups_read_at").notNull(),
    /** When the person proved to the provider who they are (`auth_time`); null where it does not say. */
    provenAt: instant("proven_at"),
    /** The provider's tokens, encrypted. */
    idToken: text("id_token"),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    startedAt: instant("started_at").notNull(),
    /** When the person last opened a page or did something. */
    seenAt: instant("seen_at").notNull(),
    expiresAt: instant("expires_at").notNull(),
    address: text("address"),
    userAgent: text("user_agent"),
  },
  (row) => [
    index("sessions_person").on(row.person),
    index("sessions_expiry").on(row.expiresAt),
    index("sessions_provider_session").on(row.providerSession),
  ],
);

/** Sign-ins under way, used once. */
export const signInStates = pgTable(
  "sign_in_states",
  {
    /** SHA-256 of the state. */
    id: text("id").primaryKey(),
    /** SHA-256 of what the browser's cookie holds. */
    browser: text("browser").notNull(),
    /** JSON: nonce, PKCE verifier and the page to come back to. */
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (row) => [index("sign_in_states_expiry").on(row.expiresAt)],
);

/** Logout tokens that were used, as long as they could be used again. */
export const usedLogoutTokens = pgTable("used_logout_tokens", {
  /** SHA-256 of the token's id. */
  id: text("id").primaryKey(),
  expiresAt: instant("expires_at").notNull(),
});

/** Pipelines that somebody is defining, as typed. `lib/authoring/drafts` alone touches it. */
export const pipelineDrafts = pgTable(
  "pipeline_drafts",
  {
    id: uuid("id").primaryKey(),
    targetId: text("target_id").notNull(),
    /** Counts the saves. */
    revision: integer("revision").notNull(),
    content: jsonb("content").notNull(),
    state: text("state", { enum: ["draft", "creating", "created"] }).notNull(),
    /** The writes of a creation once it began; null before. */
    creation: jsonb("creation"),
    createdAt: instant("created_at").notNull(),
    updatedAt: instant("updated_at").notNull(),
    updatedBy: text("updated_by").notNull(),
    /** Null in rows of an older version. */
    updatedById: text("updated_by_id"),
  },
  (row) => [index("pipeline_drafts_target").on(row.targetId, row.updatedAt)],
);

/** Which windows have a draft open; each says so again while it is looked at. */
export const draftVisits = pgTable(
  "draft_visits",
  {
    draftId: uuid("draft_id")
      .notNull()
      .references(() => pipelineDrafts.id, { onDelete: "cascade" }),
    windowId: uuid("window_id").notNull(),
    actorId: text("actor_id").notNull(),
    actorName: text("actor_name").notNull(),
    seenAt: instant("seen_at").notNull(),
  },
  (row) => [primaryKey({ columns: [row.draftId, row.windowId] })],
);

/** Accounts and Regions that administrators added; those of the environment go before them. `lib/settings` alone touches it. */
export const addedTargets = pgTable("added_targets", {
  id: text("id").primaryKey(),
  label: text("label").notNull(),
  accountId: text("account_id").notNull(),
  region: text("region").notNull(),
  roleArn: text("role_arn"),
  externalId: text("external_id"),
  environment: text("environment"),
  /** How many pipelines have metrics of their own in CloudWatch; null: no metrics are sent. */
  cloudWatchPipelines: integer("cloudwatch_pipelines"),
  changedAt: instant("changed_at").notNull(),
  changedBy: text("changed_by").notNull(),
});
