import "server-only";
import type { AuditEntry } from "@/lib/audit/audit-log";
import type { Action } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import { toConsoleError } from "./console-error";
import type { UseCaseContext } from "./use-case-context";

type Write = Pick<AuditEntry, "resource" | "input" | "before" | "after">;

/** What AWS answered, for the record. */
export const requestIdOf = (answer: { $metadata: { requestId?: string } }) => answer.$metadata.requestId;

/**
 * Runs a write and puts its end on record, good or bad; what cannot be put on record is not begun. `work` says what
 * changed and AWS's request id. Throws `not-on-record` when the write is done and the database went away meanwhile.
 */
export async function recordWrite<Value>(
  ctx: UseCaseContext,
  action: Action,
  write: Write,
  work: () => Promise<{ value: Value; awsRequestId?: string } & Pick<Write, "before" | "after">>,
): Promise<Value> {
  await ctx.audit.ready();
  const done = await work().catch(async (error: unknown) => {
    const { message, requestId } = toConsoleError(error);
    await ctx.audit.recordDone({
      action,
      ...write,
      result: "failed",
      reason: message,
      awsRequestId: requestId,
    });
    throw error;
  });
  const { value, ...outcome } = done;
  const stored = await ctx.audit.recordDone({ action, ...write, ...outcome, result: "succeeded" });
  if (stored === "pending") {
    throw new ConsoleFailure({
      code: "not-on-record",
      message:
        "Done, but not recorded yet: the console's database isn't responding. It is recorded when the database is back. Don't repeat it.",
      requestId: outcome.awsRequestId,
    });
  }
  return value;
}
