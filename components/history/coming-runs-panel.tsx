"use client";
import Link from "next/link";
import { ChartCard } from "@/components/charts/chart-card";
import { namedDay } from "@/components/charts/chart-scale";
import { urls } from "@/lib/core/urls";
import type { ComingRuns } from "@/lib/history/types";
import type { PanelProps } from "./panel-props";
import { useTargetColumn } from "./use-target-column";

/** Of one day; the table has all. */
const MOST_SHOWN = 12;

/** What schedules start within the next week. */
export function ComingRunsPanel({ target, answer: { runs, unread }, question }: PanelProps<"coming">) {
  const days = [...new Set(runs.map(({ day }) => day))];
  return (
    <>
      <ChartCard
        title="The next week"
        note="scheduled runs; AWS may skip a run when no updates are available"
        file="next-week"
        columns={[
          { header: "Day", value: ({ day }) => day },
          ...useTargetColumn<ComingRuns["runs"][number]>(question),
          {
            header: "Pipeline",
            value: ({ pipeline }) => pipeline,
            href: (run) => urls.pipeline(run.target, run.pipeline),
          },
          { header: "First, UTC", value: ({ firstAt }) => firstAt.slice(11, 16) },
          { header: "Runs", value: ({ times }) => times, align: "end" },
          { header: "Schedule", value: ({ words }) => words },
        ]}
        rows={runs}
        keyOf={(run) => `${run.target}/${run.pipeline}/${run.day}`}
        empty="No scheduled builds in the next 7 days."
      >
        <ul className="m-0 grid list-none gap-x-7 gap-y-4 p-0 sm:grid-cols-2 lg:grid-cols-4">
          {days.map((day) => (
            <ComingDay key={day} target={target} day={day} runs={runs.filter((run) => run.day === day)} />
          ))}
        </ul>
      </ChartCard>
      {unread.map((each) => (
        <p key={each.target} role="status" className="m-0 text-ink-2">
          {`Couldn't load the schedules of ${each.target}: ${each.reason}`}
        </p>
      ))}
    </>
  );
}

function ComingDay({ target, day, runs }: { target: string; day: string; runs: ComingRuns["runs"] }) {
  return (
    <li>
      <h3 className="m-0 mb-1 font-[550] text-[13px]">
        <time dateTime={day}>{namedDay(day)}</time>
      </h3>
      <ul className="m-0 grid list-none p-0">
        {runs.slice(0, MOST_SHOWN).map(({ target: of, pipeline, firstAt, times, words }) => (
          <li key={`${of}/${pipeline}`} className="flex min-h-6 gap-2" title={words}>
            <Link
              href={urls.pipeline(of, pipeline)}
              prefetch={false}
              className="min-w-0 flex-1 truncate no-underline hover:underline"
            >
              {pipeline}
              {of !== target && <span className="text-ink-3 text-xs">{` ${of}`}</span>}
            </Link>
            <span className="text-ink-3 text-xs">
              {times > 1 ? `${times} from ${firstAt.slice(11, 16)} UTC` : `${firstAt.slice(11, 16)} UTC`}
            </span>
          </li>
        ))}
        {runs.length > MOST_SHOWN && (
          <li className="text-ink-3 text-xs">{`and ${(runs.length - MOST_SHOWN).toLocaleString("en")} more pipelines in the table`}</li>
        )}
      </ul>
    </li>
  );
}
