import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { desc, sql } from "drizzle-orm";
import type { Target } from "@/lib/aws/types";
import type { Clock } from "@/lib/clock";
import type { Database, Orm } from "@/lib/db/database";
import { auditRows } from "@/lib/db/schema";
import { ConsoleFailure } from "@/lib/image-builder/action-result";

/** One write or refusal, as a use case reports it; who, when and where come from its context. */
export type AuditEntry = {
  /** The use case's name, as in `lib/auth/permissions.ts`. */
  action: string;
  /** ARN or name of what it was about. */
  resource?: string;
  result: "succeeded" | "failed" | "refused";
  /** Why it failed or was refused. */
  reason?: string;
  /** What was asked, with secrets taken out. */
  input?: Record<string, unknown>;
  before?: unknown;
  after?: unknown;
  awsRequestId?: string;
};

/** Both throw `unavailable` while the database is away. */
export interface AuditLog {
  /** Asked before a write: what cannot be recorded must not be done. */
  ready(): Promise<void>;
  /** Resolves once the row is stored. */
  record(entry: AuditEntry): Promise<void>;
}

type Who = {
  actor: { id: string; name: string };
  /** Address of the browser. */
  origin?: string;
  target?: Pick<Target, "id" | "accountId" | "region">;
};

/** Hash before the first row. */
export const CHAIN_START = "0".repeat(64);

/** The log of what `actor` does on `target`. */
export function openAuditLog(
  openDatabase: () => Promise<Database>,
  clock: Clock,
  { actor, origin, target }: Who,
): AuditLog {
  return {
    ready: () => whileAvailable(async () => (await openDatabase()).ping()),
    record: (entry) =>
      whileAvailable(async () =>
        append((await openDatabase()).orm, {
          id: randomUUID(),
          at: new Date(clock.now()),
          actorId: actor.id,
          actorName: actor.name,
          origin: origin ?? null,
          targetId: target?.id ?? null,
          accountId: target?.accountId ?? null,
          region: target?.region ?? null,
          action: entry.action,
          resource: entry.resource ?? null,
          result: entry.result,
          reason: entry.reason ?? null,
          input: entry.input ?? null,
          before: entry.before ?? null,
          after: entry.after ?? null,
          awsRequestId: entry.awsRequestId ?? null,
        }),
      ),
  };
}

async function whileAvailable<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    throw new ConsoleFailure(
      {
        code: "unavailable",
        message:
          "The console's database does not answer, so nothing can be put on record. Try again shortly.",
      },
      { cause },
    );
  }
}

type Content = Omit<typeof auditRows.$inferSelect, "sequence" | "hash" | "previousHash">;

/** Appends under a table lock, so that replicas build one chain and no two rows follow the same one. */
async function append(orm: Orm, content: Content): Promise<void> {
  await orm.transaction(async (tx) => {
    await tx.execute(sql`lock table ${auditRows} in share row exclusive mode`);
    const [last] = await tx
      .select({ sequence: auditRows.sequence, hash: auditRows.hash })
      .from(auditRows)
      .orderBy(desc(auditRows.sequence))
      .limit(1);
    const sequence = (last?.sequence ?? 0) + 1;
    const previousHash = last?.hash ?? CHAIN_START;
    const hash = hashOf({ ...content, sequence, previousHash });
    await tx.insert(auditRows).values({ ...content, sequence, previousHash, hash });
  });
}

/** What a row's hash must be. Members are sorted at every depth, because jsonb does not keep their order. */
export function hashOf(row: Content & { sequence: number; previousHash: string }): string {
  return createHash("sha256")
    .update(JSON.stringify(canonical(row)))
    .digest("hex");
}

function canonical(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, canonical(member)]);
}
