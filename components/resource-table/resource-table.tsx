"use client";
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox, Input, Select } from "@/components/ui/inputs";
import { isTyping } from "@/components/ui/is-typing";
import { Cell, HeaderCell, type ShownFrom, Table, TableHead, Row as TableRow } from "@/components/ui/table";
import { useKeptFocus } from "@/components/ui/use-kept-focus";
import { useTypedText } from "@/components/ui/use-typed-text";
import { ColumnChoice } from "./column-choice";
import { SavedViews } from "./saved-views";
import { SelectAllRows } from "./select-all-rows";
import { useChosenColumns } from "./use-chosen-columns";
import { useDrawnRows } from "./use-drawn-rows";
import { useRowSelection } from "./use-row-selection";
import { useTableState } from "./use-table-state";
import type { DrawRow } from "./windowed-rows";

/** A longer list is drawn where it is looked at. */
const MOST_WHOLE = 100;
/** Of a longer list, what is drawn first: more than a screen. */
const FIRST_ROWS = 40;
const WindowedRows = lazy(() =>
  import("./windowed-rows").then(({ WindowedRows: component }) => ({ default: component })),
) as typeof import("./windowed-rows").WindowedRows;

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Present: the column can be sorted. Undefined values come last. */
  sortBy?: (row: Row) => string | number | undefined;
  /** Dropped on narrow screens, with the width that brings it back. */
  from?: ShownFrom;
  align?: "end";
};

export type TableFilter<Row> = { id: string; label: string; valueIn: (row: Row) => string | undefined };

/**
 * A table whose search, filters and sort live in the URL, and whose columns are chosen; the first one stays. Rows
 * are walked with the arrow keys or j and k, x ticks one, `/` goes to the search. `textOf` is what the search looks in.
 */
export function ResourceTable<Row>({
  caption,
  rows,
  columns,
  filters = [],
  keyOf,
  nameOf,
  textOf,
  defaultSort,
  noun,
  isPartOfPage = false,
  bulk,
  empty,
}: {
  caption: string;
  rows: Row[];
  columns: Column<Row>[];
  filters?: TableFilter<Row>[];
  keyOf: (row: Row) => string;
  /** What a row is called, where rows can be ticked. */
  nameOf?: (row: Row) => string;
  textOf: (row: Row) => string;
  defaultSort?: { column: string; descending?: boolean };
  /** "pipeline": for "no pipeline matches". */
  noun: string;
  /** Another thing on the page is searched with `/`. */
  isPartOfPage?: boolean;
  /** Present: rows can be ticked, and these are the buttons for those that are. */
  bulk?: (selected: Row[], clear: () => void) => ReactNode;
  empty: ReactNode;
}) {
  const { query, sort, setQuery, setFilter, filterOf, setSort } = useTableState(defaultSort);
  const { isHidden, setHidden } = useChosenColumns(caption);
  const [text, setText] = useTypedText(query, setQuery);
  const search = useRef<HTMLInputElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  useKeptFocus(search);
  useEffect(() => {
    if (isPartOfPage) return;
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (isTyping() || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "/") search.current?.focus();
      else if (!walkByLetter(event.key, body.current)) return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [isPartOfPage]);

  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = rows.filter(
    (row) =>
      words.every((word) => textOf(row).toLowerCase().includes(word)) &&
      filters.every(({ id, valueIn }) => !filterOf(id) || valueIn(row) === filterOf(id)),
  );
  const sortColumn = columns.find(({ id }) => id === sort?.column);
  if (sortColumn?.sortBy) {
    const { sortBy } = sortColumn;
    shown.sort((a, b) => compare(sortBy(a), sortBy(b), sort?.descending ? -1 : 1));
  }
  const drawnRows = useDrawnRows(shown.length > MOST_WHOLE);
  const selection = useRowSelection(shown, keyOf);
  const { selected } = selection;
  if (rows.length === 0) return empty;

  const [first, ...others] = columns;
  const drawn = columns.filter((column) => column === first || !isHidden(column.id));
  const drawRow: DrawRow<Row> = (row, place) => (
    <TableRow key={keyOf(row)} {...place}>
      {bulk && (
        <Cell layout="w-8 pr-0">
          <Checkbox
            aria-label={`Select ${nameOf?.(row) ?? keyOf(row)}`}
            checked={selection.isSelected(row)}
            onChange={({ target: { checked } }) => selection.set([row], checked)}
          />
        </Cell>
      )}
      {drawn.map(({ id, cell, from, align }) => (
        <Cell key={id} isNumeric={align === "end"} from={from}>
          {cell(row)}
        </Cell>
      ))}
    </TableRow>
  );
  const firstRows = () => shown.slice(0, FIRST_ROWS).map((row, index) => drawRow(row, { index }));

  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-line border-b px-3.5 py-2">
        <Input
          ref={search}
          look="bar"
          isSunken
          layout="w-full sm:w-56"
          type="search"
          aria-label={`Search ${caption.toLowerCase()}`}
          placeholder="Search"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {filters.map(({ id, label, valueIn }) => (
          <Select
            key={id}
            look="bar"
            aria-label={label}
            value={filterOf(id)}
            onChange={(event) => setFilter(id, event.target.value)}
          >
            <option value="">{label}: all</option>
            {[...new Set(rows.map(valueIn))].sort().map(
              (value) =>
                value && (
                  <option key={value} value={value}>
                    {value}
                  </option>
                ),
            )}
          </Select>
        ))}
        <span role="status" className="ml-auto text-ink-3">
          {shown.length === rows.length ? `${rows.length}` : `${shown.length} of ${rows.length}`}
        </span>
        {!isPartOfPage && <SavedViews table={caption} />}
        {others.length > 1 && <ColumnChoice columns={others} isHidden={isHidden} setHidden={setHidden} />}
      </div>
      {bulk && selected.length > 0 && (
        <fieldset
          aria-label={`${selected.length} selected`}
          className="m-0 flex flex-wrap items-center gap-2 border-0 border-line border-b bg-accent-soft px-3.5 py-1.5"
        >
          <span className="mr-1 font-[550]">{selected.length} selected</span>
          {bulk(selected, selection.clear)}
          <Button variant="quiet" onClick={selection.clear}>
            Clear
          </Button>
        </fieldset>
      )}
      {shown.length === 0 ? (
        <p className="m-0 px-3.5 py-6 text-ink-2">No {noun} matches this search.</p>
      ) : (
        <Table
          caption={caption}
          hasStickyHead
          rowCount={drawnRows === "whole" ? undefined : shown.length + 1}
        >
          <TableHead>
            {bulk && <SelectAllRows {...selection} shown={shown} noun={noun} />}
            {drawn.map(({ id, header, sortBy, from, align }) => {
              const direction =
                sort?.column === id ? (sort.descending ? "descending" : "ascending") : undefined;
              return (
                <HeaderCell key={id} aria-sort={direction} isNumeric={align === "end"} from={from}>
                  {sortBy ? (
                    <button
                      type="button"
                      onClick={() => setSort({ column: id, descending: direction === "ascending" })}
                      className="min-h-6 cursor-pointer border-0 bg-transparent p-0 font-medium text-ink-3 text-xs hover:text-ink"
                    >
                      {header}
                      <span aria-hidden="true">
                        {direction ? (direction === "ascending" ? " ↑" : " ↓") : ""}
                      </span>
                    </button>
                  ) : (
                    header
                  )}
                </HeaderCell>
              );
            })}
          </TableHead>
          <tbody ref={body} onKeyDown={walkRows}>
            {drawnRows === "whole" && shown.map((row) => drawRow(row))}
            {drawnRows === "first" && firstRows()}
            {drawnRows === "view" && (
              <Suspense fallback={firstRows()}>
                <WindowedRows rows={shown} drawRow={drawRow} firstRows={FIRST_ROWS} />
              </Suspense>
            )}
          </tbody>
        </Table>
      )}
    </>
  );
}

function compare(a: string | number | undefined, b: string | number | undefined, direction: 1 | -1): number {
  if (a === b) return 0;
  if (a === undefined) return 1;
  if (b === undefined) return -1;
  if (typeof a === "string" && typeof b === "string")
    return direction * a.localeCompare(b, "en", { numeric: true });
  return a < b ? -direction : direction;
}

/** j and k go down and up from wherever one is, x ticks the row; Enter opens its link as it does anyway. */
function walkByLetter(key: string, body: HTMLTableSectionElement | null): boolean {
  if (!body || document.querySelector("dialog[open]")) return false;
  // Those without cells only keep the place of rows out of view.
  const rows = [...body.rows].filter(({ cells }) => cells.length > 0);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (key === "x") {
    const box = rows[at]?.querySelector<HTMLElement>("input[type=checkbox]");
    box?.click();
    return box !== undefined && box !== null;
  }
  const to = key === "j" ? at + 1 : key === "k" ? (at === -1 ? 0 : at - 1) : undefined;
  const link = to === undefined ? undefined : rows[to]?.querySelector("a");
  link?.focus();
  return link !== undefined && link !== null;
}

function walkRows(event: KeyboardEvent<HTMLTableSectionElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const row = (event.target as Element).closest("tr");
  const next = event.key === "ArrowDown" ? row?.nextElementSibling : row?.previousElementSibling;
  const link = next?.querySelector("a");
  if (!link) return;
  event.preventDefault();
  link.focus();
}
