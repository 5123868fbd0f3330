"use client";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { ChartCard } from "@/components/charts/chart-card";
import { Card } from "@/components/ui/card";
import type { ResultCounts, RunCalendar } from "@/lib/history/types";
import { urls } from "@/lib/urls";
import type { PanelProps } from "./panel-props";
import { dayQuestion } from "./result-bars";

/** Further back the bars by day say more. */
const MOST_DAYS = 92;
const DAY_MS = 86_400_000;

/** What ran when, and what will. */
export function RunCalendarPanel({ target, answer, question }: PanelProps<"calendar">) {
  const { range, rows, coming } = answer;
  const days = lastDays(range.to, Math.min(range.days, MOST_DAYS));
  const cells = rows.flatMap(({ target: of, pipeline, days: own }) =>
    own.map((day) => ({ of, pipeline, ...day })),
  );
  return (
    <div className="grid gap-4">
      <ChartCard
        title="Every pipeline, every day"
        note={`${days[0]} to ${range.to}, newest right`}
        file="run-calendar"
        columns={[
          { header: "Day", value: ({ day }) => day },
          {
            header: "Pipeline",
            value: ({ pipeline }) => pipeline,
            href: ({ pipeline, day, failed }) =>
              urls.history(target, dayQuestion({ ...question, pipeline }, day, failed)),
          },
          { header: "Good", value: ({ succeeded }) => succeeded, align: "end" },
          { header: "Failed", value: ({ failed }) => failed, align: "end" },
          { header: "Cancelled", value: ({ cancelled }) => cancelled, align: "end" },
          { header: "Running", value: ({ running }) => running, align: "end" },
        ]}
        rows={cells}
        keyOf={({ of, pipeline, day }) => `${of}/${pipeline}/${day}`}
        empty="No builds in these days."
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
            <ul className="m-0 grid list-none gap-0.5 p-0">
              {rows.map((row) => (
                <CalendarRow
                  key={`${row.target}/${row.pipeline}`}
                  target={target}
                  row={row}
                  days={days}
                  question={question}
                />
              ))}
            </ul>
            <div
              aria-hidden="true"
              className="mt-1.5 flex justify-between text-ink-3 text-xs [&>span]:whitespace-nowrap"
            >
              <span>{dayInWords(days[0] ?? range.from)}</span>
              <span>{dayInWords(days[Math.floor(days.length / 2)] ?? range.to)}</span>
              <span>{dayInWords(range.to)}</span>
            </div>
          </CalendarScroll>
        </div>
        <CalendarLegend />
      </ChartCard>
      <ComingRuns coming={coming} target={target} />
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
  return (
    <li className="h-6 truncate leading-6">
      <Link
        href={urls.history(target, { ...question, pipeline })}
        prefetch={false}
        className="no-underline hover:underline"
      >
        {pipeline}
        {of !== target && <span className="text-ink-3 text-xs">{` ${of}`}</span>}
      </Link>
    </li>
  );
}

function CalendarRow({
  target,
  row: { pipeline, days: own },
  days,
  question,
}: RowProps & { days: string[] }) {
  return (
    <li>
      {/* Each cell can be hit. */}
      <div className="grid auto-cols-[minmax(24px,1fr)] grid-flow-col gap-0.5">
        {days.map((day) => {
          const counts = own.find((each) => each.day === day);
          return counts ? (
            <Link
              key={day}
              href={urls.history(target, dayQuestion({ ...question, pipeline }, day, counts.failed))}
              prefetch={false}
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

function ComingRuns({ coming, target }: { coming: RunCalendar["coming"]; target: string }) {
  const days = [...new Set(coming.map(({ day }) => day))];
  if (days.length === 0)
    return (
      <Card title="The next week">
        <p className="m-0 text-ink-2">No schedule starts a build within a week.</p>
      </Card>
    );
  return (
    <Card
      title="The next week"
      note="what schedules start; AWS may skip a run when nothing it depends on has changed"
      flush
    >
      <ul className="m-0 grid list-none gap-x-4 p-0 sm:grid-cols-2 lg:grid-cols-4">
        {days.map((day) => (
          <li key={day} className="px-3.5 py-2.5">
            <h3 className="m-0 mb-1 font-[550] text-[13px]">
              <time dateTime={day}>{dayInWords(day)}</time>
            </h3>
            <ul className="m-0 grid list-none p-0">
              {runsOf(coming.filter((run) => run.day === day)).map(({ pipeline, times, words }) => (
                <li key={pipeline} className="flex min-h-6 gap-2" title={words}>
                  <Link
                    href={urls.pipeline(target, pipeline)}
                    prefetch={false}
                    className="min-w-0 flex-1 truncate no-underline hover:underline"
                  >
                    {pipeline}
                  </Link>
                  <span className="text-ink-3 text-xs">{times}</span>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function runsOf(runs: RunCalendar["coming"]): { pipeline: string; times: string; words: string }[] {
  return [...new Set(runs.map(({ pipeline }) => pipeline))].map((pipeline) => {
    const own = runs.filter((run) => run.pipeline === pipeline);
    const first = own[0]?.at.slice(11, 16) ?? "";
    return {
      pipeline,
      times: own.length > 1 ? `${own.length} from ${first} UTC` : `${first} UTC`,
      words: own[0]?.words ?? "",
    };
  });
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

/** "Sat 21 Nov": a day of the calendar belongs to no zone any more. */
const dayInWords = (day: string): string =>
  new Intl.DateTimeFormat("en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    timeZone: "UTC",
  }).format(new Date(day));

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
    [succeeded, "good"],
    [failed, "failed"],
    [cancelled, "cancelled"],
    [running, "running"],
  ] as const;
  return `${day}: ${said
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ")}`;
}
