"use client";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { ChartCard } from "@/components/charts/chart-card";
import { namedDay } from "@/components/charts/chart-scale";
import { useTargetNames } from "@/components/shell/target-names";
import { LinkArea } from "@/components/ui/link-area";
import { DAY_MS } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import type { HistoryState, ResultCounts, RunCalendar } from "@/lib/history/types";
import { ComingRuns } from "./coming-runs";
import type { PanelProps } from "./panel-props";
import { dayQuestion } from "./result-bars";

/** Further back the bars by day say more. */
const MOST_DAYS = 92;

/** What ran when, and what will. */
export function RunCalendarPanel({ target, answer, question }: PanelProps<"calendar">) {
  const { range, rows, pipelines } = answer;
  const labelOf = useTargetNames();
  const days = lastDays(range.to, Math.min(range.days, MOST_DAYS));
  const cells = rows.flatMap(({ target: of, pipeline, days: own }) =>
    own.map((day) => ({ of, pipeline, ...day })),
  );
  return (
    <div className="grid gap-4">
      <ChartCard
        title="Build activity"
        note={`${days[0]} to ${range.to}${pipelines > rows.length ? `; ${rows.length} of ${pipelines.toLocaleString("en")} pipelines, most failures first` : ""}`}
        file="run-calendar"
        columns={[
          { header: "Day", value: ({ day }) => day },
          ...(question.targets === "all"
            ? [{ header: "Account", value: ({ of }: { of: string }) => labelOf(of) }]
            : []),
          {
            header: "Pipeline",
            value: ({ pipeline }) => pipeline,
            href: ({ of, pipeline, day, failed }) =>
              urls.history(of, dayQuestion(onePipeline(question, pipeline), day, failed)),
          },
          { header: "Succeeded", value: ({ succeeded }) => succeeded, align: "end" },
          { header: "Failed", value: ({ failed }) => failed, align: "end" },
          { header: "Canceled", value: ({ cancelled }) => cancelled, align: "end" },
          { header: "Running", value: ({ running }) => running, align: "end" },
        ]}
        rows={cells}
        keyOf={({ of, pipeline, day }) => `${of}/${pipeline}/${day}`}
        empty="No builds in this period."
      >
        {/* The names stand beside what scrolls: over it, they would cover days that can be reached. */}
        <div className="grid grid-cols-[148px_minmax(0,1fr)] gap-3 max-sm:grid-cols-[104px_minmax(0,1fr)]">
          <ul className="m-0 grid list-none content-start gap-0.5 p-0">
            {rows.map((row) => (
              <PipelineName
                key={`${row.target}/${row.pipeline}`}
                target={target}
                row={row}
                question={question}
              />
            ))}
          </ul>
          <CalendarScroll>
            <LinkArea>
              <ul className="m-0 grid list-none gap-0.5 p-0">
                {rows.map((row) => (
                  <CalendarRow
                    key={`${row.target}/${row.pipeline}`}
                    row={row}
                    days={days}
                    question={question}
                  />
                ))}
              </ul>
            </LinkArea>
            <div
              aria-hidden="true"
              className="mt-1.5 flex justify-between text-ink-3 text-xs [&>span]:whitespace-nowrap"
            >
              <span>{namedDay(days[0] ?? range.from)}</span>
              <span>{namedDay(days[Math.floor(days.length / 2)] ?? range.to)}</span>
              <span>{namedDay(range.to)}</span>
            </div>
          </CalendarScroll>
        </div>
        <CalendarLegend />
      </ChartCard>
      <ComingRuns target={target} question={question} />
    </div>
  );
}

/** More days than fit are scrolled to; the newest are seen first. */
function CalendarScroll({ children }: { children: ReactNode }) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (place.current) place.current.scrollLeft = place.current.scrollWidth;
  }, []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section ref={place} aria-label="Calendar" tabIndex={0} className="overflow-x-auto">
      <div className="w-max min-w-full">{children}</div>
    </section>
  );
}

type RowProps = {
  target: string;
  row: RunCalendar["rows"][number];
  question: PanelProps<"calendar">["question"];
};

function PipelineName({ target, row: { target: of, pipeline }, question }: RowProps) {
  const labelOf = useTargetNames();
  return (
    <li className="h-6 truncate leading-6">
      <Link
        href={urls.history(of, { ...onePipeline(question, pipeline), show: "calendar" })}
        prefetch={false}
        className="no-underline hover:underline"
      >
        {pipeline}
        {of !== target && <span className="text-ink-3 text-xs">{` ${labelOf(of)}`}</span>}
      </Link>
    </li>
  );
}

function CalendarRow({
  row: { target: of, pipeline, days: own },
  days,
  question,
}: Omit<RowProps, "target"> & { days: string[] }) {
  return (
    <li>
      {/* Each cell can be hit. */}
      <div className="grid auto-cols-[minmax(24px,1fr)] grid-flow-col gap-0.5">
        {days.map((day) => {
          const counts = own.find((each) => each.day === day);
          return counts ? (
            // biome-ignore lint/a11y/useAnchorContent: its label says what its color does
            <a
              key={day}
              href={urls.history(of, dayQuestion(onePipeline(question, pipeline), day, counts.failed))}
              aria-label={`${pipeline}, ${inWords(counts)}`}
              title={inWords(counts)}
              className={`h-6 rounded-[2px] ${lookOf(counts)}`}
            />
          ) : (
            <i key={day} className="h-6 rounded-[2px] bg-mute-soft" />
          );
        })}
      </div>
    </li>
  );
}

const LEGEND = [
  { name: "good", look: "bg-ok-calm" },
  { name: "some failed", look: "bg-linear-to-t from-40% from-fail to-40% to-ok-calm" },
  { name: "all failed", look: "bg-fail" },
  { name: "running", look: "bg-run" },
  { name: "cancelled", look: "bg-mute" },
  { name: "no build", look: "bg-mute-soft" },
];

function CalendarLegend() {
  return (
    <ul className="m-0 mt-3 flex list-none flex-wrap gap-x-4 gap-y-1 p-0 text-ink-2 text-xs">
      {LEGEND.map(({ name, look }) => (
        <li key={name} className="inline-flex items-center gap-1.5">
          <i aria-hidden="true" className={`size-2.5 rounded-[2px] ${look}`} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** The question about one pipeline, asked in its own target: other targets may have one of the same name. */
const onePipeline = (question: HistoryState, pipeline: string): HistoryState => ({
  ...question,
  targets: undefined,
  pipeline,
});

const lastDays = (to: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) =>
    new Date(Date.parse(to) - (count - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );

function lookOf({ failed, succeeded, running }: ResultCounts): string {
  if (running > 0) return "bg-run";
  if (failed > 0 && succeeded > 0) return "bg-linear-to-t from-40% from-fail to-40% to-ok-calm";
  if (failed > 0) return "bg-fail";
  return succeeded > 0 ? "bg-ok-calm" : "bg-mute";
}

function inWords({ day, succeeded, failed, cancelled, running }: ResultCounts & { day: string }): string {
  const said = [
    [succeeded, "succeeded"],
    [failed, "failed"],
    [cancelled, "canceled"],
    [running, "running"],
  ] as const;
  return `${day}: ${said
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ")}`;
}
