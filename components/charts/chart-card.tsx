"use client";
import type { Route } from "next";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";

export type ChartColumn<Row> = {
  header: string;
  /** Several values stand one below the other. */
  value: (row: Row) => string | number | string[] | undefined;
  /** Where the row's mark leads. */
  href?: (row: Row) => Route;
  /** Set in type for ids and versions. */
  isCode?: boolean;
  /** The value as a state. */
  tone?: (row: Row) => BadgeTone;
  align?: "end";
};

/** A chart with its figures as a table, which can be taken away as CSV. */
export function ChartCard<Row>({
  title,
  note,
  file,
  columns,
  rows,
  keyOf,
  isTableOnly = false,
  empty,
  footer,
  figures,
  children,
}: {
  title: string;
  note?: string;
  /** Name of the CSV file, without its ending. */
  file: string;
  columns: ChartColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  /** The table is all there is to see, so it stands open. */
  isTableOnly?: boolean;
  /** Said in place of a chart without rows. */
  empty: string;
  /** Below the table. */
  footer?: ReactNode;
  /** Figures in a row above the chart. */
  figures?: ReactNode;
  children?: ReactNode;
}) {
  // Of a long table nothing is drawn before somebody opens it; a short one is there without scripts too.
  const [isOpen, setIsOpen] = useState(rows.length <= MOST_DRAWN);
  const download = () =>
    import("./save-csv").then(({ saveCsv }) =>
      saveCsv(file, [
        columns.map(({ header }) => header),
        ...rows.map((row) => columns.map(({ value }) => value(row))),
      ]),
    );
  if (rows.length === 0)
    return (
      <Card title={title} note={note}>
        <p className="m-0 text-ink-2">{empty}</p>
      </Card>
    );
  const table = <ChartTable caption={title} columns={columns} rows={rows} keyOf={keyOf} />;
  const csv = (
    <Button variant="quiet" onClick={download} aria-label={`${title}: CSV`}>
      CSV
    </Button>
  );
  return (
    <Card title={title} note={note} action={csv} flush>
      {figures}
      {children && <div className="px-3.5 py-3">{children}</div>}
      {isTableOnly ? (
        table
      ) : (
        <details
          className="border-line border-t"
          onToggle={({ currentTarget }) => setIsOpen(currentTarget.open || rows.length <= MOST_DRAWN)}
        >
          <summary className="min-h-8 cursor-pointer px-3.5 py-1.5 text-ink-2 text-xs">Table</summary>
          {isOpen && table}
        </details>
      )}
      {footer}
    </Card>
  );
}

function ChartTable<Row>({
  caption,
  columns,
  rows,
  keyOf,
}: {
  caption: string;
  columns: ChartColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section aria-label={caption} tabIndex={0} className="max-h-96 overflow-auto">
      <Table caption={caption} hasStickyHead>
        <TableHead>
          {columns.map(({ header, align }) => (
            <HeaderCell key={header} isNumeric={align === "end"}>
              {header}
            </HeaderCell>
          ))}
        </TableHead>
        <tbody>
          {rows.map((row) => (
            <Row key={keyOf(row)}>
              {columns.map((column) => (
                <Cell
                  key={column.header}
                  isNumeric={column.align === "end"}
                  layout={wrapOf(column.value(row))}
                >
                  <ChartCell column={column} row={row} />
                </Cell>
              ))}
            </Row>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

function ChartCell<Row>({
  column: { value, href, isCode, tone },
  row,
}: {
  column: ChartColumn<Row>;
  row: Row;
}) {
  const found = value(row);
  if (Array.isArray(found)) return <ValueList values={found} isCode={isCode} />;
  const text = typeof found === "number" ? found.toLocaleString("en") : found;
  const shown = isCode ? <span className="font-mono text-xs">{text}</span> : text;
  if (tone && text) return <StatusBadge tone={tone(row)}>{text}</StatusBadge>;
  if (!href) return shown;
  return (
    <Link href={href(row)} prefetch={false} className="no-underline hover:underline">
      {shown}
    </Link>
  );
}

function ValueList({ values, isCode }: { values: string[]; isCode?: boolean }) {
  return (
    <ul className={`m-0 list-none p-0 py-0.5 ${isCode ? "font-mono text-xs" : ""}`}>
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );
}

/** Rows that cost next to nothing. */
const MOST_DRAWN = 100;

const SHORT = 30;
/** A line of a list is an id with its Region, which is not broken. */
const SHORT_LINE = 44;

/** Dates, ids and counts stay on their line; what is long wraps, and the table scrolls where it must. */
function wrapOf(value: string | number | string[] | undefined): string {
  const isShort = Array.isArray(value)
    ? value.every((line) => line.length <= SHORT_LINE)
    : String(value ?? "").length <= SHORT;
  return isShort ? "whitespace-nowrap" : "min-w-56 [overflow-wrap:anywhere]";
}
