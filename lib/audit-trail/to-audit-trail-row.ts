import "server-only";
import type { AuditRow } from "@/lib/audit/find-audit-rows";
import type { AuditTrailRow } from "./types";

/** A row as it leaves the server: its instant as text, what is not known left out. */
export function toAuditTrailRow({ id: _, at, ...row }: AuditRow): AuditTrailRow {
  const known = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  return { ...known, at: at.toISOString() } as AuditTrailRow;
}
