import {
  bigint,
  customType,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";

const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => "bytea",
  fromDriver: (value) => Buffer.from(value),
});
const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

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
  },
  (row) => [primaryKey({ columns: [row.targetId, row.imageArn, row.part] })],
);
