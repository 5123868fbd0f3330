import "server-only";
import { findAuditRows } from "@/lib/audit/find-audit-rows";
import { PERMISSIONS } from "@/lib/auth/permissions";
import { useCase } from "@/lib/use-case/use-case";
import { mayReadConsole, queryWithin } from "./audit-reach";
import { auditPageSchema } from "./schemas";
import { toAuditTrailRow } from "./to-audit-trail-row";
import type { AuditPage } from "./types";

const ROWS_A_PAGE = 50;

/** One page of the audit, newest first; `before` is the `older` of the page before it. */
export const listAuditRows = useCase(
  "list-audit-rows",
  auditPageSchema,
  async ({ ctx, input: { before, ...filter } }): Promise<AuditPage> => {
    const database = await ctx.database();
    // One more than shown tells whether there is an older page.
    const rows = await findAuditRows(database, await queryWithin(ctx, filter), {
      before,
      limit: ROWS_A_PAGE + 1,
    });
    const shown = rows.slice(0, ROWS_A_PAGE);
    return {
      rows: shown.map(toAuditTrailRow),
      older: rows.length > ROWS_A_PAGE ? shown.at(-1)?.sequence : undefined,
      actions: Object.keys(PERMISSIONS).toSorted(),
      mayReadConsole: mayReadConsole(ctx),
    };
  },
);
