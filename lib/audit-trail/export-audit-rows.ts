import "server-only";
import { findAuditRows } from "@/lib/audit/find-audit-rows";
import { authorize } from "@/lib/auth/authorize";
import { csvLine } from "@/lib/core/csv";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { queryWithin } from "./audit-reach";
import { auditFilterSchema } from "./schemas";
import { toAuditTrailRow } from "./to-audit-trail-row";
import type { AuditFilter, AuditTrailRow } from "./types";

const BATCH = 500;
const COLUMNS = [
  ...["sequence", "at", "actorId", "actorName", "origin", "targetId", "accountId", "region", "action"],
  ...["resource", "result", "reason", "input", "before", "after", "awsRequestId", "hash", "previousHash"],
] as (keyof AuditTrailRow)[];

/** All rows of a filter, newest first, as CSV or JSON lines: text as it is read, batch by batch. */
export async function exportAuditRows({
  ctx,
  input: { format, ...input },
}: UseCase<AuditFilter & { format: "csv" | "jsonl" }>): Promise<AsyncGenerator<string>> {
  await authorize(ctx, "export-audit-rows");
  const query = queryWithin(ctx, auditFilterSchema.parse(input));
  const database = await ctx.database();
  // Read before the first byte, so that a database that is away answers with its reason.
  const first = await findAuditRows(database, query, { limit: BATCH });

  return (async function* () {
    if (format === "csv") yield `${COLUMNS.join(",")}\r\n`;
    for (let rows = first; rows.length > 0; ) {
      yield rows.map((row) => lineOf(toAuditTrailRow(row), format)).join("");
      if (rows.length < BATCH) return;
      rows = await findAuditRows(database, query, { before: rows.at(-1)?.sequence, limit: BATCH });
    }
  })();
}

const lineOf = (row: AuditTrailRow, format: "csv" | "jsonl") =>
  format === "jsonl" ? `${JSON.stringify(row)}\n` : csvLine(COLUMNS.map((column) => row[column]));
