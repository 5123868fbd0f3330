import { FigureTile } from "@/components/charts/figure-tile";
import type { Overview } from "@/lib/overview/types";

/** The factory in four numbers, over the same days as the matrix below. */
export function OverviewTotals({ overview: { totals, rangeDays, running, failed } }: { overview: Overview }) {
  const ended = totals.good + totals.bad;
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <FigureTile
        label="Success rate"
        value={ended === 0 ? "none yet" : `${((totals.good / ended) * 100).toFixed(1)}%`}
        note={`${totals.good} of ${ended}`}
      />
      <FigureTile
        label="Builds"
        value={totals.builds.toLocaleString("en")}
        note={`${(totals.builds / rangeDays).toFixed(1)} a day, ${rangeDays} days`}
      />
      {totals.medianMinutes === undefined ? (
        <FigureTile
          label="Running now"
          value={String(running.length)}
          note={running.length === 1 ? "build" : "builds"}
        />
      ) : (
        <FigureTile
          label="Median build"
          value={`${totals.medianMinutes} min`}
          note="successful builds only"
        />
      )}
      <FigureTile
        label="Pipelines failing now"
        value={String(failed.length)}
        note={failed.length === 0 ? "none failing" : "latest build failed"}
      />
    </div>
  );
}
