export type PercentilePoint = { day: string; p50Ms: number; p95Ms: number };

const HEIGHT = 100;

/** Two lines over time: what half of the builds took, and what 95 of 100 took at most. The table has the figures. */
export function PercentileLines({
  points,
  label,
  format,
}: {
  points: PercentilePoint[];
  label: string;
  format: (ms: number) => string;
}) {
  const top = Math.max(1, ...points.map(({ p95Ms }) => p95Ms));
  const width = Math.max(1, points.length - 1);
  const line = (of: (point: PercentilePoint) => number) =>
    points.map((point, index) => `${index},${HEIGHT - (of(point) / top) * HEIGHT * 0.96}`).join(" ");
  const stroke = { fill: "none", vectorEffect: "non-scaling-stroke", strokeWidth: 1.75 } as const;
  return (
    <figure className="m-0">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div className="flex h-36 flex-col justify-between text-right text-ink-3 text-xs" aria-hidden="true">
          <span>{format(top)}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-36 w-full border-line border-b"
          role="img"
          aria-label={label}
        >
          <polyline
            {...stroke}
            points={line(({ p95Ms }) => p95Ms)}
            strokeDasharray="4 3"
            className="stroke-ink-3"
          />
          <polyline {...stroke} points={line(({ p50Ms }) => p50Ms)} className="stroke-ink" />
        </svg>
        <span />
        <div className="flex justify-between pt-1 text-ink-3 text-xs" aria-hidden="true">
          <span>{points[0]?.day}</span>
          <span>{points.at(-1)?.day}</span>
        </div>
      </div>
      <figcaption className="mt-2 flex gap-x-4 text-ink-2 text-xs">
        <span>Solid: half took at most so long (p50)</span>
        <span>Dashed: 95 of 100 did (p95)</span>
      </figcaption>
    </figure>
  );
}
