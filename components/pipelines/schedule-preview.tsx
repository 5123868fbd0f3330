"use client";
import { useEffect, useState } from "react";
import { isTimeZone } from "@/lib/core/zoned-time";
import { describeSchedule } from "@/lib/schedule/describe-schedule";
import { type ClockChange, nextClockChange } from "@/lib/schedule/next-clock-change";
import { nextRuns } from "@/lib/schedule/next-runs";
import { parseSchedule } from "@/lib/schedule/parse-schedule";

/**
 * A schedule said back in words, with its next five runs in its own zone and the change of the clocks that they
 * meet. Of an expression or zone that is wrong the field itself says so.
 */
export function SchedulePreview({ expression, timezone }: { expression: string; timezone: string }) {
  // The server's clock is not the reader's: what depends on now is drawn in the browser only.
  const [nowMs, setNowMs] = useState<number>();
  useEffect(() => setNowMs(Date.now()), []);
  const parsed = parseSchedule(expression);
  if (!parsed.ok || !isTimeZone(timezone)) return null;
  const { schedule } = parsed;
  const runs =
    nowMs === undefined ? [] : nextRuns(schedule, { timezone, afterMs: nowMs, count: 5, anchorMs: nowMs });
  const change = nowMs === undefined ? undefined : nextClockChange(schedule, timezone, nowMs);
  const words = new Intl.DateTimeFormat("en-GB", {
    timeZone: timezone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  });
  return (
    <div className="grid gap-1 rounded bg-sunken px-2.5 py-2">
      <p className="m-0 font-[550]">{describeSchedule(expression, timezone)}</p>
      {parsed.warnings.map((warning) => (
        <p key={warning} className="m-0 text-wait text-xs">
          {warning}
        </p>
      ))}
      {nowMs !== undefined && runs.length === 0 && <p className="m-0 text-wait">This schedule never runs.</p>}
      <ol aria-label="Next runs" className="m-0 grid list-none gap-0.5 p-0 text-ink-2 text-xs tabular-nums">
        {runs.map((run) => (
          <li key={run}>{words.format(run)}</li>
        ))}
      </ol>
      {change && schedule.kind === "cron" && (
        <p className={`m-0 text-xs ${change.run ? "text-wait" : "text-ink-3"}`}>
          {clockChangeInWords(change, timezone)}
        </p>
      )}
    </div>
  );
}

function clockChangeInWords({ atMs, byMs, run }: ClockChange, timezone: string): string {
  const day = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, day: "numeric", month: "long" });
  const minutes = Math.abs(byMs) / 60_000;
  const length = minutes === 60 ? "an hour" : `${minutes} minutes`;
  const moves = `On ${day.format(atMs)} the clocks go ${byMs > 0 ? "forward" : "back"} ${length}`;
  if (run === "left-out") return `${moves}: runs scheduled in the skipped hour don't start.`;
  if (run === "once") return `${moves}: runs scheduled in the repeated hour start once.`;
  return `${moves}; runs keep their local time.`;
}
