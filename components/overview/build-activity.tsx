"use client";
import Link from "next/link";
import type { KeyboardEvent } from "react";
import { AccountMark } from "@/components/shell/target-names";
import { Card } from "@/components/ui/card";
import { LinkArea } from "@/components/ui/link-area";
import { RelativeTime } from "@/components/ui/relative-time";
import { urls } from "@/lib/core/urls";
import type { DayResults, Overview } from "@/lib/overview/types";

const DATE_EVERY = 7;
/** A phone has room for so many days. */
const PHONE_DAYS = 21;

const LOOKS = {
  running: "bg-run segment-running",
  mixed: "bg-linear-to-t from-40% from-fail to-40% to-ok-calm",
  failed: "bg-fail",
  succeeded: "bg-ok-calm",
  cancelled: "bg-mute",
  none: "bg-mute-soft",
};

const LEGEND: { look: keyof typeof LOOKS; name: string }[] = [
  { look: "succeeded", name: "Succeeded" },
  { look: "mixed", name: "Some failed" },
  { look: "failed", name: "Failed" },
  { look: "running", name: "Running" },
  { look: "cancelled", name: "Canceled" },
  { look: "none", name: "No build" },
];

/** Each pipeline's days in one line, today on the right; a day with builds leads to them. */
export function BuildActivity({ target, overview }: { target: string; overview: Overview }) {
  const { activity, days, freshness } = overview;
  const more = freshness.pipelines - activity.length;
  const phoneFrom = days.length - PHONE_DAYS;
  const names = activity.some((each) => each.target)
    ? "grid-cols-[minmax(0,228px)_minmax(0,1fr)_76px]"
    : "grid-cols-[minmax(0,164px)_minmax(0,1fr)_76px]";
  const row = `grid items-center gap-x-2.5 ${names} max-sm:grid-cols-[minmax(0,1fr)_auto]`;
  const cells = "grid auto-cols-fr grid-flow-col gap-0.5 max-sm:order-3 max-sm:col-span-2";
  return (
    <Card
      title="Build activity"
      note={`last ${days.length} days, ${freshness.timeZone}`}
      action={
        <Link
          href={urls.history(target, { show: "calendar", days: String(days.length) })}
          prefetch={false}
          className="min-h-6 text-accent no-underline hover:underline"
        >
          Open in History
        </Link>
      }
      flush
    >
      <div className="px-3.5 py-2.5">
        <div aria-hidden="true" className={`${row} pb-1 text-[11px] text-ink-2`}>
          <span className="max-sm:hidden" />
          <div className={cells}>
            {days.map((day, index) => (
              <span
                key={day}
                className={`w-0 overflow-visible whitespace-nowrap ${index < phoneFrom ? "max-sm:hidden" : ""}`}
              >
                {(days.length - 1 - index) % DATE_EVERY === DATE_EVERY - 1 ? dateOf(day) : ""}
              </span>
            ))}
          </div>
          <span className="text-right max-sm:hidden">Latest</span>
        </div>
        <LinkArea>
          <ul className="m-0 grid list-none gap-[3px] p-0" onKeyDown={walkDays}>
            {activity.map(({ target: of = target, pipelineName, days: own, lastBuild, isRead }) => (
              <li key={`${of}/${pipelineName}`} className={row}>
                <span className="truncate text-[13px] leading-6">
                  {of !== target && (
                    <>
                      <AccountMark target={of} />{" "}
                    </>
                  )}
                  <Link
                    href={urls.pipeline(of, pipelineName)}
                    prefetch={false}
                    className="no-underline hover:underline"
                  >
                    {pipelineName}
                  </Link>
                </span>
                <div className={cells}>
                  {days.map((day, index) => (
                    <DayCell
                      key={day}
                      target={of}
                      pipelineName={pipelineName}
                      results={own.find((each) => each.day === day)}
                      isReached={own.at(-1)?.day === day}
                      layout={index < phoneFrom ? "max-sm:hidden" : ""}
                    />
                  ))}
                </div>
                <span className="truncate text-right text-ink-2 text-xs">
                  {lastBuild ? <RelativeTime at={lastBuild.createdAt} /> : isRead ? "never" : "loading"}
                </span>
              </li>
            ))}
          </ul>
        </LinkArea>
      </div>
      <div className="flex flex-wrap items-center gap-x-3.5 gap-y-1 border-line border-t px-3.5 py-2 text-ink-2 text-xs">
        {LEGEND.map(({ look, name }) => (
          <span key={name} className="inline-flex items-center gap-1.5">
            <i
              aria-hidden="true"
              className={`grid h-3.5 w-2.5 place-items-center rounded-[2px] ${LOOKS[look]}`}
            >
              {look === "failed" && <Cross />}
            </i>
            {name}
          </span>
        ))}
        <span className="flex-1" />
        {more > 0 && (
          <Link
            href={urls.history(target, { show: "calendar", days: String(days.length) })}
            prefetch={false}
            className="text-accent no-underline hover:underline"
          >
            {more} more {more === 1 ? "pipeline" : "pipelines"}
          </Link>
        )}
      </div>
    </Card>
  );
}

function DayCell({
  target,
  pipelineName,
  results,
  isReached,
  layout,
}: {
  target: string;
  pipelineName: string;
  results: DayResults | undefined;
  /** The one cell of its row that Tab stops at; the arrow keys lead to the others. */
  isReached: boolean;
  layout: string;
}) {
  const look = lookOf(results);
  const className = `h-3.5 rounded-[2px] ${LOOKS[look]} ${layout}`;
  if (!results || look === "none") return <i className={className} />;
  const { day, failed } = results;
  const result = failed > 0 ? "failed" : undefined;
  return (
    <a
      href={urls.builds(target, { pipeline: pipelineName, from: day, to: day, result })}
      tabIndex={isReached ? 0 : -1}
      aria-label={`${pipelineName}, ${inWords(results)}`}
      title={inWords(results)}
      className={`grid place-items-center no-underline outline-offset-1 ${className}`}
    >
      {look === "failed" && <Cross />}
    </a>
  );
}

const Cross = () => (
  <span aria-hidden="true" className="font-bold font-mono text-[9px] text-surface leading-none">
    ×
  </span>
);

function lookOf(results: DayResults | undefined): keyof typeof LOOKS {
  const { succeeded = 0, failed = 0, running = 0, cancelled = 0 } = results ?? {};
  if (running > 0) return "running";
  if (failed > 0) return succeeded > 0 ? "mixed" : "failed";
  if (succeeded > 0) return "succeeded";
  return cancelled > 0 ? "cancelled" : "none";
}

function inWords({ day, succeeded, failed, cancelled, running }: DayResults): string {
  const said = [
    [failed, "failed"],
    [succeeded, "succeeded"],
    [cancelled, "canceled"],
    [running, "running"],
  ] as const;
  return `${dateOf(day)}: ${said.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : [])).join(", ")}`;
}

/** "25 Nov": a day of the calendar belongs to no zone any more. */
const dateOf = (day: string) =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day));

function walkDays(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  const row = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const from = event.target instanceof Element ? event.target.closest("a[tabindex]") : null;
  if (!from || (step === undefined && row === undefined)) return;
  const line = from.closest("li");
  const rows = [...(line?.parentElement?.children ?? [])];
  const next = row === undefined ? line : rows[rows.indexOf(line as Element) + row];
  const days = [...(next?.querySelectorAll<HTMLAnchorElement>("a[tabindex]") ?? [])].filter(
    (day) => day.offsetParent !== null,
  );
  const reached = step === undefined ? days.at(-1) : days[days.indexOf(from as HTMLAnchorElement) + step];
  if (!reached) return;
  event.preventDefault();
  reached.focus();
}
