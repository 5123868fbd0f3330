"use client";
import type { Route } from "next";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ChartMarks } from "./chart-marks";
import { ChartPlot } from "./chart-plot";
import {
  type ChartMeasure,
  dateTicks,
  namedDay,
  placeOf,
  shortDay,
  spreadLabels,
  valueAxis,
} from "./chart-scale";
import { ChartTooltip, Swatch, type TooltipRow } from "./chart-tooltip";
import type { ChartLine, ChartMark, ChartStack } from "./chart-types";
import { type ChartBrush, useChartCursor } from "./use-chart-cursor";

/** So much of the plot's height a label at a line's end needs. */
const LABEL_GAP = 0.075;

/**
 * Figures over days or weeks as lines or stacked bars. Mouse and finger point at an entry, arrow keys move over them,
 * Enter or a click opens it, and a range that is dragged over is zoomed into. The figures stand in a table elsewhere.
 */
export function TimeChart({
  label,
  days,
  measure,
  format,
  lines = [],
  stacks = [],
  marks = [],
  moreRows,
  isWeekly = false,
  hrefOf,
  onZoom,
  cursor: given,
  onCursor,
  height = "h-40",
}: {
  /** What a screen reader calls the chart. */
  label: string;
  /** Entries of the axis: days, or the Mondays of weeks. */
  days: string[];
  measure: ChartMeasure;
  format: (value: number) => string;
  lines?: ChartLine[];
  stacks?: ChartStack[];
  marks?: ChartMark[];
  /** More figures of an entry for its tooltip. */
  moreRows?: (index: number) => TooltipRow[];
  isWeekly?: boolean;
  hrefOf?: (day: string) => Route | undefined;
  onZoom?: (range: ChartBrush) => void;
  /** Where several charts share what is pointed at. */
  cursor?: number;
  onCursor?: (index: number | undefined) => void;
  height?: string;
}) {
  const router = useRouter();
  const [own, setOwn] = useState<number>();
  const shown = onCursor ? given : own;
  const count = days.length;
  const cursor = shown !== undefined && shown < count ? shown : undefined;
  const sums = days.map((_, index) => stacks.reduce((sum, { values }) => sum + (values[index] ?? 0), 0));
  const greatest = Math.max(0, ...sums, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const axis = valueAxis(greatest, measure);
  const hrefAt = (index: number) => hrefOf?.(days[index] ?? "");
  const { brush, isActive, handlers } = useChartCursor({
    count,
    cursor,
    onCursor: onCursor ?? setOwn,
    open: (index) => {
      const href = hrefAt(index);
      if (href) router.push(href);
    },
    zoom: onZoom,
  });
  const titleOf = (index: number) => `${isWeekly ? "Week of " : ""}${namedDay(days[index] ?? "")}`;
  const rowsOf = (index: number): TooltipRow[] => [
    ...lines.map(({ name, values, look }) => ({ name, look, text: textOf(values[index]) })),
    ...stacks.toReversed().map(({ name, values, tone }) => ({ name, tone, text: textOf(values[index]) })),
    ...(moreRows?.(index) ?? []),
  ];
  const textOf = (value: number | undefined) => (value === undefined ? "none" : format(value));
  const notesOf = (index: number) => marks.find((mark) => mark.index === index)?.words ?? [];
  const wordsOf = (index: number) =>
    [titleOf(index), ...rowsOf(index).map(({ name, text }) => `${name} ${text}`), ...notesOf(index)].join(
      ", ",
    );
  const isLow = cursor !== undefined && isHigh(lines, sums, cursor, axis.top);
  const dates = dateTicks(days);
  const open = cursor === undefined ? undefined : hrefAt(cursor);
  return (
    <figure className="m-0">
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] gap-x-2">
        <span className="self-center text-right text-[11px] text-ink-3" aria-hidden="true">
          {axis.unit}
        </span>
        {marks.length > 0 ? <ChartMarks marks={marks} count={count} /> : <span className="h-4" />}
        <span />
        <svg className={`w-9 overflow-visible ${height}`} aria-hidden="true">
          {axis.ticks.map(({ value, label: text }) => (
            <text
              key={value}
              x="100%"
              y={`${(1 - value / axis.top) * 100}%`}
              dy={4}
              textAnchor="end"
              className="fill-ink-3 text-[11px] tabular-nums"
            >
              {text}
            </text>
          ))}
        </svg>
        <div
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={1}
          aria-valuemax={Math.max(1, count)}
          aria-valuenow={(cursor ?? count - 1) + 1}
          aria-valuetext={count > 0 ? wordsOf(cursor ?? count - 1) : "none"}
          className={`relative cursor-crosshair touch-pan-y select-none ${height}`}
          {...handlers}
        >
          <ChartPlot {...{ count, axis, lines, stacks, marks, cursor, brush }} />
          {cursor !== undefined && isActive && !brush && (
            <ChartTooltip
              title={titleOf(cursor)}
              rows={rowsOf(cursor)}
              notes={notesOf(cursor)}
              index={cursor}
              count={count}
              isLow={isLow}
            />
          )}
        </div>
        <span>
          <LineEnds lines={lines} top={axis.top} height={height} />
        </span>
        <span />
        <svg className="h-5 w-full overflow-visible" aria-hidden="true">
          {dates.map((index, order) => (
            <text
              key={days[index]}
              x={`${placeOf(index, count) * 100}%`}
              y={14}
              textAnchor="middle"
              className={`fill-ink-3 text-[11px] ${order % 2 === 1 ? "max-sm:hidden" : ""}`}
            >
              {shortDay(days[index] ?? "")}
            </text>
          ))}
        </svg>
        <span />
      </div>
      <figcaption className="mt-1.5 flex min-h-6 flex-wrap items-center justify-between gap-x-4 gap-y-1 text-ink-2 text-xs">
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          {[...lines, ...stacks].map((series) => (
            <span key={series.name} className="inline-flex items-center gap-1.5">
              <Swatch {...("look" in series ? { look: series.look } : { tone: series.tone })} />
              {series.name}
            </span>
          ))}
        </span>
        {open ? (
          <Link href={open} prefetch={false} className="min-h-6 py-1 underline">
            {`Builds of ${titleOf(cursor ?? 0)}`}
          </Link>
        ) : (
          <span className="text-ink-3 max-sm:hidden">
            {onZoom && "Drag to zoom, "}← → to move{hrefOf && ", Enter opens the builds"}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

/** Names at the lines' ends, where a legend need not be looked up. */
function LineEnds({ lines, top, height }: { lines: ChartLine[]; top: number; height: string }) {
  if (lines.length === 0) return null;
  const ends = lines.map(({ values }) => 1 - (values.findLast((value) => value !== undefined) ?? 0) / top);
  const places = spreadLabels(ends, LABEL_GAP);
  return (
    <svg
      className={`overflow-visible max-sm:hidden ${lines.length > 3 ? "w-36" : "w-24"} ${height}`}
      aria-hidden="true"
    >
      {lines.map(({ name, look }, index) => (
        <text
          key={name}
          y={`${(places[index] ?? 0) * 100}%`}
          dy={4}
          className={`text-[11px] ${look === "bold" ? "fill-ink font-semibold" : "fill-ink-2"}`}
        >
          {name}
        </text>
      ))}
    </svg>
  );
}

function isHigh(lines: ChartLine[], sums: number[], cursor: number, top: number): boolean {
  const values = lines.flatMap(({ values: each }) => each[cursor] ?? []);
  const middle =
    values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : sums[cursor];
  return (middle ?? 0) > top / 2;
}
