import type { Overview } from "@/lib/image-builder/overview/types";

function Total({ label, value, note }: { label: string; value: string; note: string }) {
  return (
    <div className="rounded-lg border border-line bg-surface px-3.5 py-3 shadow-soft">
      <p className="m-0 text-ink-2 text-xs">{label}</p>
      <p className="m-0 font-[620] text-2xl leading-tight tracking-[-.02em]">{value}</p>
      <p className="m-0 text-ink-3 text-xs">{note}</p>
    </div>
  );
}

/** The factory in four numbers, over the same days as the matrix below. */
export function OverviewTotals({ overview: { totals, rangeDays, running, failed } }: { overview: Overview }) {
  const ended = totals.good + totals.bad;
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <Total
        label="Builds that ended good"
        value={ended === 0 ? "none yet" : `${((totals.good / ended) * 100).toFixed(1)}%`}
        note={`${totals.good} of ${ended}`}
      />
      <Total
        label="Builds"
        value={totals.builds.toLocaleString("en")}
        note={`${(totals.builds / rangeDays).toFixed(1)} a day, ${rangeDays} days`}
      />
      {totals.medianMinutes === undefined ? (
        <Total
          label="Running now"
          value={String(running.length)}
          note={running.length === 1 ? "build" : "builds"}
        />
      ) : (
        <Total label="Median build" value={`${totals.medianMinutes} min`} note="of those that ended good" />
      )}
      <Total
        label="Pipelines failing now"
        value={String(failed.length)}
        note={failed.length === 0 ? "all newest builds are good" : "newest build failed"}
      />
    </div>
  );
}
