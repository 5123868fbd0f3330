import "server-only";
import { randomUUID } from "node:crypto";
import { type Actor, shownActor } from "@/lib/core/actor";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Target } from "@/lib/core/target";
import type { Database } from "@/lib/db/database";
import { appendAuditRow, checkAppendable } from "./audit-chain";
import { type AuditContent, canonicalContent } from "./canonical-content";
import type { PendingRows } from "./pending-rows";

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

export interface AuditLog {
  /**
   * Asked before a write: what cannot be recorded must not be done. Throws `unavailable` while the database is away or
   * the audit is locked.
   */
  ready(): Promise<void>;
  /** Resolves once the row is stored; throws `unavailable` while the database is away. */
  record(entry: AuditEntry): Promise<void>;
  /**
   * For what is done already and cannot be called off: tried a few times. `pending` when the database stays away;
   * then the row is in the process's log and is stored when the database is back. Never throws.
   */
  recordDone(entry: AuditEntry): Promise<"stored" | "pending">;
}

type Who = {
  actor: Pick<Actor, "id" | "name" | "label">;
  /** Address of the browser. */
  origin?: string;
  target?: Pick<Target, "id" | "accountId" | "region">;
};

/** Waits between tries to store what is done already: short enough for the person who waits for the answer. */
const PATIENCE_MS = [200, 1_000];

/** The log of what `actor` does on `target`. Without `pending`, a row that cannot be stored is only logged. */
export function openAuditLog(
  openDatabase: () => Promise<Database>,
  clock: Clock,
  { actor, origin, target }: Who,
  pending?: PendingRows,
): AuditLog {
  const contentOf = (entry: AuditEntry): AuditContent =>
    canonicalContent({
      id: randomUUID(),
      at: new Date(clock.now()),
      actorId: actor.id,
      actorName: shownActor(actor),
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
    });
  const store = async (content: AuditContent) => appendAuditRow(await openDatabase(), content);
  return {
    ready: () => whileAvailable(async () => checkAppendable(await openDatabase())),
    record: (entry) => whileAvailable(() => store(contentOf(entry))),
    async recordDone(entry) {
      const content = contentOf(entry);
      for (const waitMs of [...PATIENCE_MS, undefined]) {
        try {
          await store(content);
          return "stored";
        } catch {
          if (waitMs !== undefined) await clock.sleep(waitMs);
        }
      }
      pending?.add(content);
      return "pending";
    },
  };
}

async function whileAvailable<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    throw new ConsoleFailure(
      {
        code: "unavailable",
        message: "The console's database isn't responding, so changes can't be recorded. Try again shortly.",
      },
      { cause },
    );
  }
}
