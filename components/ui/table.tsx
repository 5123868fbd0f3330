import type { ComponentProps, ReactNode } from "react";

/** A column that is dropped on narrow screens, with the width that brings it back. */
export type ShownFrom = keyof typeof FROM;

const FROM = {
  sm: "hidden sm:table-cell",
  md: "hidden md:table-cell",
  lg: "hidden lg:table-cell",
  xl: "hidden xl:table-cell",
  "2xl": "hidden 2xl:table-cell",
};

/** A table with the name that a screen reader calls it by. Its parts are below. */
export function Table({
  caption,
  hasStickyHead = false,
  isBusy = false,
  rowCount,
  children,
}: {
  caption: string;
  /** The head stays in view while the rows scroll. */
  hasStickyHead?: boolean;
  /** Other rows are on their way. */
  isBusy?: boolean;
  /** Of all rows with the head, where only some are drawn. */
  rowCount?: number;
  children: ReactNode;
}) {
  const head = hasStickyHead ? "[&_th]:sticky [&_th]:top-0 [&_th]:z-1 [&_th]:bg-surface" : "";
  return (
    <table
      className={`w-full border-collapse ${head} ${isBusy ? "opacity-60" : ""}`}
      aria-rowcount={rowCount}
    >
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  );
}

/** The line of headers. */
export function TableHead({ children }: { children: ReactNode }) {
  return (
    <thead>
      <tr>{children}</tr>
    </thead>
  );
}

type CellLook = {
  /** Figures stand at the end, each digit below its like. */
  isNumeric?: boolean;
  from?: ShownFrom;
  layout?: string;
};

const lookOf = ({ isNumeric, from, layout = "" }: CellLook) =>
  `${isNumeric ? "text-right tabular-nums" : "text-left"} ${from ? FROM[from] : ""} ${layout}`;

/** The header of a column; sorted by it, it holds a button. */
export function HeaderCell({
  isNumeric,
  from,
  layout,
  ...rest
}: CellLook & Omit<ComponentProps<"th">, "className" | "scope">) {
  return (
    <th
      scope="col"
      className={`h-[30px] border-line border-b px-3.5 font-medium text-ink-3 text-xs ${lookOf({ isNumeric, from, layout })}`}
      {...rest}
    />
  );
}

/** A line of cells. */
export function Row({
  isQuiet = false,
  layout = "",
  index,
  measure,
  children,
}: {
  /** Nothing in it leads anywhere, so it does not answer the mouse. */
  isQuiet?: boolean;
  layout?: string;
  /** Its place among all rows, from 0, where only some are drawn. */
  index?: number;
  /** Takes its height. */
  measure?: (row: HTMLTableRowElement | null) => void;
  children: ReactNode;
}) {
  return (
    <tr
      ref={measure}
      data-index={index}
      // The head is the first row.
      aria-rowindex={index === undefined ? undefined : index + 2}
      className={`${isQuiet ? "" : "hover:bg-sunken"} [&:last-child>td]:border-0 ${layout}`}
    >
      {children}
    </tr>
  );
}

/** One value of a row. */
export function Cell({
  isNumeric,
  from,
  layout,
  ...rest
}: CellLook & Omit<ComponentProps<"td">, "className">) {
  return (
    <td
      className={`h-9 border-line border-b px-3.5 py-1.5 ${lookOf({ isNumeric, from, layout })}`}
      {...rest}
    />
  );
}
