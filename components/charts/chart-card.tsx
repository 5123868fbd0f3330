"use client";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { csvLine } from "@/lib/format/csv";

export type ChartColumn<Row> = {
  header: string;
  value: (row: Row) => string | number | undefined;
  /** Where the row's mark leads. */
  href?: (row: Row) => Route;
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
  children?: ReactNode;
}) {
  const download = () => {
    const text = [
      columns.map(({ header }) => header),
      ...rows.map((row) => columns.map(({ value }) => value(row))),
    ]
      .map(csvLine)
      .join("");
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
    link.download = `${file}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
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
      {children && <div className="px-3.5 py-3">{children}</div>}
      {isTableOnly ? (
        table
      ) : (
        <details className="border-line border-t">
          <summary className="min-h-8 cursor-pointer px-3.5 py-1.5 text-ink-2 text-xs">Table</summary>
          {table}
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
      <table className="w-full border-collapse">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ header, align }) => (
              <th
                key={header}
                scope="col"
                className={`sticky top-0 h-[30px] border-line border-b bg-surface px-3.5 font-medium text-ink-3 text-xs ${align === "end" ? "text-right" : "text-left"}`}
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="hover:bg-sunken [&:last-child>td]:border-0">
              {columns.map(({ header, value, href, align }) => (
                <td
                  key={header}
                  className={`h-8 border-line border-b px-3.5 py-1 ${align === "end" ? "text-right" : ""} ${wrapOf(value(row))}`}
                >
                  {href ? (
                    <Link href={href(row)} prefetch={false} className="no-underline hover:underline">
                      {value(row)}
                    </Link>
                  ) : (
                    value(row)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const SHORT = 30;

/** Dates, ids and counts stay on their line; what is long wraps, and the table scrolls where it must. */
const wrapOf = (value: string | number | undefined) =>
  String(value ?? "").length <= SHORT ? "whitespace-nowrap" : "min-w-56 [overflow-wrap:anywhere]";
