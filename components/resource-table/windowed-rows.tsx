"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useLayoutEffect, useRef, useState } from "react";

/** Draws a row of a table. `place`: where it is among all rows, when only some are drawn. */
export type DrawRow<Row> = (row: Row, place?: RowPlace) => ReactNode;
type RowPlace = { index: number; measure?: (row: HTMLTableRowElement | null) => void };

/** Height of a row of one line, in pixels: only an estimate for rows that were not drawn yet. */
const ROW_PX = 37;
/** Drawn above and below what is in view, so that the arrow keys always find the next row. */
const BEYOND_VIEW = 12;

/** The rows of a long table that are in view, between two empty ones as high as the rest. */
export function WindowedRows<Row>({
  rows,
  drawRow,
  firstRows,
}: {
  rows: Row[];
  drawRow: DrawRow<Row>;
  /** How many were drawn before. */
  firstRows: number;
}) {
  const top = useRef<HTMLTableRowElement>(null);
  const [scrollMargin, setScrollMargin] = useState(0);
  // Where the table begins moves with what is above it, such as a bar of actions.
  useLayoutEffect(() => {
    const at = top.current?.getBoundingClientRect().top;
    if (at !== undefined) setScrollMargin(Math.round(at + window.scrollY));
  });
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: BEYOND_VIEW,
    scrollMargin,
    initialRect: { width: 0, height: firstRows * ROW_PX },
  });
  const drawn = virtualizer.getVirtualItems();
  const above = Math.max(0, (drawn[0]?.start ?? scrollMargin) - scrollMargin);
  const below = Math.max(0, virtualizer.getTotalSize() + scrollMargin - (drawn.at(-1)?.end ?? scrollMargin));
  return (
    <>
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without cells takes no focus */}
      <tr ref={top} aria-hidden="true" style={{ height: above }} />
      {drawn.map(({ index }) => {
        const row = rows[index];
        return row === undefined ? null : drawRow(row, { index, measure: virtualizer.measureElement });
      })}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without cells takes no focus */}
      <tr aria-hidden="true" style={{ height: below }} />
    </>
  );
}
