import { placeOf, type ValueAxis } from "./chart-scale";
import type { ChartLine, ChartMark, ChartStack, ChartTone } from "./chart-types";
import type { ChartBrush } from "./use-chart-cursor";

export const FILL: Record<ChartTone, string> = {
  ok: "fill-ok-calm",
  fail: "fill-fail-calm",
  run: "fill-run",
  mute: "fill-mute-calm",
  wait: "fill-wait-calm",
  faint: "fill-line-strong",
  ink: "fill-ink-2",
  middle: "fill-mute-calm",
};

export const STROKE: Record<
  ChartLine["look"],
  { className: string; strokeWidth: number; strokeDasharray?: string }
> = {
  bold: { className: "stroke-ink", strokeWidth: 2 },
  thin: { className: "stroke-ink-2", strokeWidth: 1 },
  dashed: { className: "stroke-ink-2", strokeWidth: 1.5, strokeDasharray: "6 3" },
  ghost: { className: "stroke-ink-3", strokeWidth: 1.25, strokeDasharray: "1.5 3" },
};

const HEIGHT = 100;
const GAP = 0.26;

/** Grid, bars, lines and what is pointed at. It fits any width: places are shares of it. */
export function ChartPlot({
  count,
  axis,
  lines,
  stacks,
  marks,
  cursor,
  brush,
}: {
  count: number;
  axis: ValueAxis;
  lines: ChartLine[];
  stacks: ChartStack[];
  marks: ChartMark[];
  cursor: number | undefined;
  brush: ChartBrush | undefined;
}) {
  const heightOf = (value: number) => (1 - value / axis.top) * HEIGHT;
  const percent = (share: number) => `${share * 100}%`;
  return (
    <svg className="absolute inset-0 size-full overflow-visible" aria-hidden="true">
      {axis.ticks.map(({ value }) => (
        <line
          key={value}
          x1="0"
          x2="100%"
          y1={`${heightOf(value)}%`}
          y2={`${heightOf(value)}%`}
          className={value === 0 ? "stroke-line-strong" : "stroke-line"}
        />
      ))}
      {brush && (
        <rect
          x={percent(brush.from / count)}
          width={percent((brush.to - brush.from + 1) / count)}
          height="100%"
          className="fill-accent-soft"
        />
      )}
      {cursor !== undefined && stacks.length > 0 && (
        <rect
          x={percent(cursor / count)}
          width={percent(1 / count)}
          height="100%"
          className="fill-mute-soft"
        />
      )}
      <svg viewBox={`0 0 ${Math.max(1, count)} ${HEIGHT}`} preserveAspectRatio="none" className="size-full">
        <title>Plot</title>
        <Bars count={count} stacks={stacks} top={axis.top} />
        {lines.map(({ name, values, look }) => (
          <path
            key={name}
            d={pathOf(values, heightOf)}
            fill="none"
            vectorEffect="non-scaling-stroke"
            strokeLinejoin="round"
            strokeLinecap="round"
            {...STROKE[look]}
          />
        ))}
      </svg>
      {marks.map(({ index, isLoud }) => (
        <line
          key={index}
          x1={percent(placeOf(index, count))}
          x2={percent(placeOf(index, count))}
          y1="-4"
          y2="100%"
          strokeDasharray="3 3"
          className={isLoud ? "stroke-wait" : "stroke-line-strong"}
        />
      ))}
      {lines
        .flatMap((line) => dotsOf(line, cursor).map((index) => ({ line, index })))
        .map(({ line, index }) => (
          <circle
            key={`${line.name}/${index}`}
            cx={percent(placeOf(index, count))}
            cy={`${heightOf(line.values[index] ?? 0)}%`}
            r={index === cursor ? 4 : 2.5}
            className="fill-ink stroke-surface"
          />
        ))}
      {cursor !== undefined && (
        <line
          x1={percent(placeOf(cursor, count))}
          x2={percent(placeOf(cursor, count))}
          y1="0"
          y2="100%"
          className="stroke-ink"
        />
      )}
    </svg>
  );
}

function Bars({ count, stacks, top }: { count: number; stacks: ChartStack[]; top: number }) {
  return Array.from({ length: count }, (_, index) => index).map((index) => {
    let sum = 0;
    return stacks.map(({ name, values, tone }) => {
      const value = values[index] ?? 0;
      sum += value;
      return value > 0 ? (
        <rect
          key={`${index}/${name}`}
          x={index + GAP / 2}
          y={(1 - sum / top) * HEIGHT}
          width={1 - GAP}
          height={(value / top) * HEIGHT}
          className={FILL[tone]}
        />
      ) : null;
    });
  });
}

function pathOf(values: ChartLine["values"], heightOf: (value: number) => number): string {
  const points = values.flatMap((value, index): [number, number][] =>
    value === undefined ? [] : [[index + 0.5, heightOf(value)]],
  );
  // d3-shape does the same in 4 KB.
  return points.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x},${y}`).join("");
}

/** What is pointed at; and what stands alone, through which no line can be seen. */
function dotsOf({ values, look }: ChartLine, cursor: number | undefined): number[] {
  const known = values.flatMap((value, index) => (value === undefined ? [] : [index]));
  const alone = known.length === 1 ? known : [];
  const pointed = cursor !== undefined && values[cursor] !== undefined && look !== "ghost" ? [cursor] : [];
  return [...new Set([...alone, ...pointed])];
}
