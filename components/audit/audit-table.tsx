"use client";
import Link from "next/link";
import { Fragment, useState } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { auditSubject } from "@/lib/audit-trail/audit-subject";
import type { AuditResult, AuditTrailRow } from "@/lib/audit-trail/types";
import { AuditRowDetail } from "./audit-row-detail";

const TONES: Record<AuditResult, BadgeTone> = { succeeded: "ok", failed: "fail", refused: "wait" };

/** One line a row; a click opens what was asked, what was there before and what came after. */
export function AuditTable({ rows, isBusy }: { rows: AuditTrailRow[]; isBusy: boolean }) {
  const [open, setOpen] = useState<number>();
  return (
    <Table caption="Audit" isBusy={isBusy}>
      <TableHead>
        <HeaderCell>When</HeaderCell>
        <HeaderCell from="sm">Who</HeaderCell>
        <HeaderCell>Action</HeaderCell>
        <HeaderCell from="md">Resource</HeaderCell>
        <HeaderCell>Result</HeaderCell>
      </TableHead>
      <tbody>
        {rows.map((row) => {
          const isOpen = row.sequence === open;
          return (
            <Fragment key={row.sequence}>
              <Row>
                <Cell layout="break-words">
                  <RelativeTime at={row.at} />
                </Cell>
                <Cell from="sm" layout="break-words">
                  {row.actorName}
                </Cell>
                <Cell layout="break-words">
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
                  <span className="block pl-4 text-xs [overflow-wrap:anywhere] md:hidden">
                    <Subject row={row} />
                  </span>
                </Cell>
                <Cell from="md" layout="[overflow-wrap:anywhere]">
                  <Subject row={row} />
                </Cell>
                <Cell layout="break-words">
                  <StatusBadge tone={TONES[row.result]}>{row.result}</StatusBadge>
                </Cell>
              </Row>
              {isOpen && (
                <Row isQuiet>
                  <Cell colSpan={5} layout="bg-sunken">
                    <AuditRowDetail row={row} />
                  </Cell>
                </Row>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </Table>
  );
}

function Subject({ row }: { row: AuditTrailRow }) {
  const { kind, name, href } = auditSubject(row);
  if (name === undefined) return "–";
  return (
    <>
      {href ? (
        <Link href={href} prefetch={false} className="no-underline hover:underline">
          {name}
        </Link>
      ) : (
        name
      )}
      {kind && <span className="text-ink-2 text-xs"> {kind}</span>}
    </>
  );
}
