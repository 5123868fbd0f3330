import type { ReactNode } from "react";
import { Sparkline } from "./sparkline";

/** One figure, with what it was before or what it means, and how it moved day by day. */
export function FigureTile({
  label,
  value,
  note,
  trend,
}: {
  label: string;
  value: string;
  note: ReactNode;
  /** One figure a day, the newest last; days without one are left out. */
  trend?: (number | undefined)[];
}) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] content-start items-end gap-x-3 rounded-lg border border-line bg-surface px-3.5 py-3 shadow-soft">
      <p className="col-span-2 m-0 text-ink-2 text-xs">{label}</p>
      <div className="min-w-0 self-start">
        <p className="m-0 font-[620] text-2xl leading-tight tracking-[-.02em]">{value}</p>
        <p className="m-0 text-ink-3 text-xs">{note}</p>
      </div>
      {trend && <Sparkline values={trend} />}
    </div>
  );
}
