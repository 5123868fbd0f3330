const HEIGHT = 24;

const TONES = { ink: "stroke-ink-3", ok: "stroke-ok", fail: "stroke-fail" };

/** The shape of a figure over time, beside the figure itself: nothing to read off, so nothing is said of it. */
export function Sparkline({
  values,
  tone = "ink",
  layout = "w-20",
}: {
  values: (number | undefined)[];
  tone?: keyof typeof TONES;
  layout?: string;
}) {
  const known = values.flatMap((value, x) => (value === undefined ? [] : [{ x, value }]));
  if (known.length < 2) return null;
  const low = Math.min(...known.map(({ value }) => value));
  const span = Math.max(...known.map(({ value }) => value)) - low || 1;
  const points = known.map(({ x, value }) => `${x},${HEIGHT - 1 - ((value - low) / span) * (HEIGHT - 2)}`);
  return (
    <svg
      viewBox={`0 0 ${values.length - 1} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={`h-6 max-sm:hidden ${layout}`}
      aria-hidden="true"
    >
      <polyline
        points={points.join(" ")}
        fill="none"
        vectorEffect="non-scaling-stroke"
        strokeWidth={1.25}
        strokeLinejoin="round"
        className={TONES[tone]}
      />
    </svg>
  );
}
