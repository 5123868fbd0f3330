import "server-only";
import { findAuditRows } from "@/lib/audit/find-audit-rows";
import { authorize } from "@/lib/auth/authorize";
import { PERMISSIONS } from "@/lib/auth/permissions";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { mayReadConsole, queryWithin } from "./audit-reach";
import { auditPageSchema } from "./schemas";
import { toAuditTrailRow } from "./to-audit-trail-row";
import type { AuditFilter, AuditPage } from "./types";

const ROWS_A_PAGE = 50;

/** One page of the audit, newest first; `before` is the `older` of the page before it. */
export async function listAuditRows({
  ctx,
  input,
}: UseCase<AuditFilter & { before?: string }>): Promise<AuditPage> {
  await authorize(ctx, "list-audit-rows");
  const { before, ...filter } = auditPageSchema.parse(input);

  const database = await ctx.database();
  // One more than shown tells whether there is an older page.
  const rows = await findAuditRows(database, queryWithin(ctx, filter), { before, limit: ROWS_A_PAGE + 1 });
  const shown = rows.slice(0, ROWS_A_PAGE);
  return {
    rows: shown.map(toAuditTrailRow),
    older: rows.length > ROWS_A_PAGE ? shown.at(-1)?.sequence : undefined,
    actions: Object.keys(PERMISSIONS).toSorted(),
    mayReadConsole: mayReadConsole(ctx),
  };
}
