import { bigint, index, jsonb, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";

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
