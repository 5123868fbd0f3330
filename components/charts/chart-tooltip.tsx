import { FILL, STROKE } from "./chart-plot";
import { placeOf } from "./chart-scale";
import type { ChartLine, ChartTone } from "./chart-types";

export type TooltipRow = { name: string; text: string; look?: ChartLine["look"]; tone?: ChartTone };

/** The figures of the entry that is pointed at, beside it and clear of the lines. Its words are the slider's own. */
export function ChartTooltip({
  title,
  rows,
  notes,
  index,
  count,
  isLow,
}: {
  title: string;
  rows: TooltipRow[];
  notes: string[];
  index: number;
  count: number;
  /** It stands at the bottom: the lines are at the top. */
  isLow: boolean;
}) {
  const place = placeOf(index, count);
  const beside = `calc(${place > 0.5 ? (1 - place) * 100 : place * 100}% + 12px)`;
  return (
    <div
      aria-hidden="true"
      className={`pointer-events-none absolute z-10 grid w-max max-w-72 gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 py-2 text-xs shadow-md ${isLow ? "bottom-2" : "top-2"}`}
      style={place > 0.5 ? { right: beside } : { left: beside }}
    >
      <b className="font-semibold">{title}</b>
      <dl className="m-0 grid grid-cols-[auto_auto_auto] items-center gap-x-2 gap-y-1">
        {rows.map(({ name, text, look, tone }) => (
          <div key={name} className="col-span-3 grid grid-cols-subgrid items-center">
            <Swatch look={look} tone={tone} />
            <dt className="max-w-40 truncate whitespace-nowrap text-ink-2">{name}</dt>
            <dd className="m-0 whitespace-nowrap text-right tabular-nums">{text}</dd>
          </div>
        ))}
      </dl>
      {notes.map((note) => (
        <p key={note} className="m-0 text-ink-2 [overflow-wrap:anywhere]">
          {note}
        </p>
      ))}
    </div>
  );
}

/** How a line or a part of a bar is drawn. */
export function Swatch({ look, tone }: { look?: ChartLine["look"]; tone?: ChartTone }) {
  return (
    <svg className="h-2.5 w-4 shrink-0" aria-hidden="true">
      {look && <line x1={0} x2={16} y1={5} y2={5} {...STROKE[look]} />}
      {tone && <rect x={3} width={10} height={10} rx={2} className={FILL[tone]} />}
    </svg>
  );
}
