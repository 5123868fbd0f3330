import "server-only";
import { findAuditRows } from "@/lib/audit/find-audit-rows";
import { csvLine } from "@/lib/core/csv";
import { useCase } from "@/lib/use-case/use-case";
import { queryWithin } from "./audit-reach";
import { auditExportSchema } from "./schemas";
import { toAuditTrailRow } from "./to-audit-trail-row";
import type { AuditTrailRow } from "./types";

const BATCH = 500;
const COLUMNS = [
  ...["sequence", "at", "actorId", "actorName", "origin", "targetId", "accountId", "region", "action"],
  ...["resource", "result", "reason", "input", "before", "after", "awsRequestId", "hash", "previousHash"],
] as (keyof AuditTrailRow)[];

/** All rows of a filter, newest first, as CSV or JSON lines: text as it is read, batch by batch. */
export const exportAuditRows = useCase(
  "export-audit-rows",
  auditExportSchema,
  async ({ ctx, input: { format, ...filter } }): Promise<AsyncGenerator<string>> => {
    const query = await queryWithin(ctx, filter);
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
  },
);

const lineOf = (row: AuditTrailRow, format: "csv" | "jsonl") =>
  format === "jsonl" ? `${JSON.stringify(row)}\n` : csvLine(COLUMNS.map((column) => row[column]));
