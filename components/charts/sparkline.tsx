const HEIGHT = 24;

/** The shape of a figure over time, beside the figure itself: nothing to read off, so nothing is said of it. */
export function Sparkline({ values }: { values: (number | undefined)[] }) {
  const known = values.flatMap((value, x) => (value === undefined ? [] : [{ x, value }]));
  if (known.length < 2) return null;
  const low = Math.min(...known.map(({ value }) => value));
  const span = Math.max(...known.map(({ value }) => value)) - low || 1;
  const points = known.map(({ x, value }) => `${x},${HEIGHT - 1 - ((value - low) / span) * (HEIGHT - 2)}`);
  return (
    <svg
      viewBox={`0 0 ${values.length - 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-6 w-20 max-sm:hidden"
      aria-hidden="true"
    >
      <polyline
        points={points.join(" ")}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth={1.25}
        strokeLinejoin="round"
        className="stroke-ink-3"
      />
    </svg>
  );
}
