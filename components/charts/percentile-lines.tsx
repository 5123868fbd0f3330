import type { Route } from "next";
import Link from "next/link";

export type PercentilePoint = { day: string; p50Ms: number; p95Ms: number };

const HEIGHT = 100;
/** Air above the highest point. */
const TOP_SHARE = 0.96;

/**
 * Two lines over time: what half of the builds took, and what 95 of 100 took at most. Each point leads to its builds;
 * the table has the figures.
 */
export function PercentileLines({
  points,
  label,
  format,
  hrefOf,
}: {
  points: PercentilePoint[];
  label: string;
  format: (ms: number) => string;
  hrefOf: (day: string) => Route;
}) {
  const top = Math.max(1, ...points.map(({ p95Ms }) => p95Ms));
  const heightOf = (ms: number) => HEIGHT - (ms / top) * HEIGHT * TOP_SHARE;
  const line = (of: (point: PercentilePoint) => number) =>
    points.map((point, index) => `${index + 0.5},${heightOf(of(point))}`).join(" ");
  const stroke = {
    fill: "none",
    vectorEffect: "non-scaling-stroke",
    strokeWidth: 1.75,
    strokeLinejoin: "round",
  } as const;
  return (
    <figure className="m-0">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div className="flex h-36 flex-col justify-between text-right text-ink-3 text-xs" aria-hidden="true">
          <span>{format(top)}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${Math.max(1, points.length)} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-36 w-full border-line border-b"
        >
          <title>{label}</title>
          {points.map(({ day, p50Ms, p95Ms }, index) => {
            const words = `${day}: p50 ${format(p50Ms)}, p95 ${format(p95Ms)}`;
            return (
              <Link
                key={day}
                href={hrefOf(day)}
                prefetch={false}
                aria-label={words}
                className="group outline-none"
              >
                <title>{words}</title>
                <rect
                  x={index}
                  width={1}
                  height={HEIGHT}
                  className="fill-transparent group-hover:fill-mute-soft group-focus-visible:fill-accent-soft"
                />
              </Link>
            );
          })}
          <g className="pointer-events-none">
            <polyline
              {...stroke}
              points={line(({ p95Ms }) => p95Ms)}
              strokeDasharray="4 3"
              className="stroke-ink-3"
            />
            <polyline {...stroke} points={line(({ p50Ms }) => p50Ms)} className="stroke-ink" />
          </g>
        </svg>
        <span />
        <div className="flex justify-between pt-1 text-ink-3 text-xs" aria-hidden="true">
          <span>{points[0]?.day}</span>
          <span>{points.at(-1)?.day}</span>
        </div>
      </div>
      <figcaption className="mt-2 flex flex-wrap gap-x-4 text-ink-2 text-xs">
        <span>Solid: p50 (median)</span>
        <span>Dashed: p95</span>
      </figcaption>
    </figure>
  );
}
