"use client";
import { Fragment, useState } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import type { AuditResult, AuditTrailRow } from "@/lib/audit-trail/types";
import { AuditRowDetail } from "./audit-row-detail";

const TONES: Record<AuditResult, BadgeTone> = { succeeded: "ok", failed: "fail", refused: "wait" };
const HEAD = "h-[30px] border-line border-b px-3.5 text-left font-medium text-ink-3 text-xs";
const CELL = "h-9 border-line border-b px-3.5 py-1.5 break-words";

/** One line a row; a click opens what was asked, what was there before and what came after. */
export function AuditTable({ rows, isBusy }: { rows: AuditTrailRow[]; isBusy: boolean }) {
  const [open, setOpen] = useState<number>();
  return (
    <table className={`w-full border-collapse ${isBusy ? "opacity-60" : ""}`}>
      <caption className="sr-only">Audit</caption>
      <thead>
        <tr>
          <th scope="col" className={HEAD}>
            When
          </th>
          <th scope="col" className={`${HEAD} hidden sm:table-cell`}>
            Who
          </th>
          <th scope="col" className={HEAD}>
            Action
          </th>
          <th scope="col" className={`${HEAD} hidden md:table-cell`}>
            Resource
          </th>
          <th scope="col" className={HEAD}>
            Result
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const isOpen = row.sequence === open;
          return (
            <Fragment key={row.sequence}>
              <tr className="hover:bg-sunken">
                <td className={CELL}>
                  <RelativeTime at={row.at} />
                </td>
                <td className={`${CELL} hidden sm:table-cell`}>{row.actorName}</td>
                <td className={CELL}>
                  <button
                    type="button"
                    aria-expanded={isOpen}
                    aria-label={`${row.action}, row ${row.sequence}`}
                    onClick={() => setOpen(isOpen ? undefined : row.sequence)}
                    className="min-h-6 cursor-pointer border-0 bg-transparent p-0 text-left font-[550] text-ink hover:underline"
                  >
                    <span aria-hidden="true" className="mr-1.5 inline-block w-2.5 text-ink-3">
                      {isOpen ? "▾" : "▸"}
                    </span>
                    {row.action}
                  </button>
                  <span className="block pl-4 text-ink-2 text-xs sm:hidden">{row.actorName}</span>
                  <span className="block pl-4 font-mono text-xs [overflow-wrap:anywhere] md:hidden">
                    {row.resource}
                  </span>
                </td>
                <td className={`${CELL} hidden font-mono text-xs [overflow-wrap:anywhere] md:table-cell`}>
                  {row.resource ?? "–"}
                </td>
                <td className={CELL}>
                  <StatusBadge tone={TONES[row.result]}>{row.result}</StatusBadge>
                </td>
              </tr>
              {isOpen && (
                <tr>
                  <td colSpan={5} className="border-line border-b bg-sunken px-3.5 py-3">
                    <AuditRowDetail row={row} />
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
