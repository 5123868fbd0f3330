import "server-only";
import type { AuditEntry } from "@/lib/audit/audit-log";
import type { Action } from "@/lib/auth/permissions";
import { toConsoleError } from "./console-error";
import type { UseCaseContext } from "./use-case-context";

type Write = Pick<AuditEntry, "resource" | "input" | "before" | "after">;

/** What AWS answered, for the record. */
export const requestIdOf = (answer: { $metadata: { requestId?: string } }) => answer.$metadata.requestId;

/** Runs a write and puts its end on record, good or bad; without a record there is no write. `work` says what changed and AWS's request id. */
export async function recordWrite<Value>(
  ctx: UseCaseContext,
  action: Action,
  write: Write,
  work: () => Promise<{ value: Value; awsRequestId?: string } & Pick<Write, "before" | "after">>,
): Promise<Value> {
  await ctx.audit.ready();
  const done = await work().catch(async (error: unknown) => {
    const { message, requestId } = toConsoleError(error);
    await ctx.audit.record({
      action,
      ...write,
      result: "failed",
      reason: message,
      awsRequestId: requestId,
    });
    throw error;
  });
  const { value, ...outcome } = done;
  await ctx.audit.record({ action, ...write, ...outcome, result: "succeeded" });
  return value;
}
