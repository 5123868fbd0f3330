import type { Route } from "next";
import Link from "next/link";

export type BarPart = {
  name: string;
  value: number;
  tone: "ok" | "fail" | "run" | "mute" | "wait" | "faint";
};
export type Bar = {
  /** Of the axis, such as a day. */
  label: string;
  parts: BarPart[];
  href?: Route;
};

const FILL: Record<BarPart["tone"], string> = {
  ok: "fill-ok-calm",
  fail: "fill-fail-calm",
  run: "fill-run",
  mute: "fill-mute-calm",
  wait: "fill-wait-calm",
  faint: "fill-line-strong",
};
const SWATCH: Record<BarPart["tone"], string> = {
  ok: "bg-ok-calm",
  fail: "bg-fail-calm",
  run: "bg-run",
  mute: "bg-mute-calm",
  wait: "bg-wait-calm",
  faint: "bg-line-strong",
};
const HEIGHT = 100;
const GAP = 0.26;

/** Bars side by side, each a stack and a link to what it counts. Said in words for those who do not see it. */
export function StackedBars({ bars }: { bars: Bar[] }) {
  const top = Math.max(1, ...bars.map(({ parts }) => sumOf(parts)));
  const legend = bars[0]?.parts ?? [];
  return (
    <figure className="m-0">
      <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-2">
        <div className="flex h-36 flex-col justify-between text-right text-ink-3 text-xs" aria-hidden="true">
          <span>{top.toLocaleString("en")}</span>
          <span>0</span>
        </div>
        <svg
          viewBox={`0 0 ${bars.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-36 w-full border-line border-b"
        >
          <title>Bar chart; each bar links to its builds</title>
          {bars.map((bar, index) => (
            <BarStack key={bar.label} bar={bar} x={index} top={top} />
          ))}
        </svg>
        <span />
        <div className="flex justify-between pt-1 text-ink-3 text-xs" aria-hidden="true">
          <span>{bars[0]?.label}</span>
          <span className="max-sm:hidden">{bars[Math.floor(bars.length / 2)]?.label}</span>
          <span>{bars.at(-1)?.label}</span>
        </div>
      </div>
      <figcaption className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-ink-2 text-xs">
        {legend.map(({ name, tone }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <i aria-hidden="true" className={`size-2.5 rounded-[2px] ${SWATCH[tone]}`} />
            {name}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}

function BarStack({ bar, x, top }: { bar: Bar; x: number; top: number }) {
  let y = HEIGHT;
  const stack = (
    <>
      {/* The whole column can be hit, also where the bar is low. */}
      <rect
        x={x}
        y={0}
        width={1}
        height={HEIGHT}
        className="fill-transparent group-hover:fill-mute-soft group-focus-visible:fill-accent-soft"
      />
      {bar.parts.map(({ name, value, tone }) => {
        const height = (value / top) * HEIGHT;
        y -= height;
        return (
          <rect key={name} x={x + GAP / 2} y={y} width={1 - GAP} height={height} className={FILL[tone]} />
        );
      })}
    </>
  );
  return bar.href && sumOf(bar.parts) > 0 ? (
    <Link href={bar.href} prefetch={false} aria-label={inWords(bar)} className="group outline-none">
      <title>{inWords(bar)}</title>
      {stack}
    </Link>
  ) : (
    <g>
      <title>{inWords(bar)}</title>
      {stack}
    </g>
  );
}

const sumOf = (parts: BarPart[]) => parts.reduce((sum, { value }) => sum + value, 0);

function inWords({ label, parts }: Bar): string {
  const said = parts.filter(({ value }) => value > 0).map(({ name, value }) => `${value} ${name}`);
  return `${label}: ${said.length > 0 ? said.join(", ") : "none"}`;
}
