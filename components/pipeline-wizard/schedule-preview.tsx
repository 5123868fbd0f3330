"use client";
import { useEffect, useState } from "react";
import { describeSchedule } from "@/lib/image-builder/schedule/describe-schedule";
import { nextRuns } from "@/lib/image-builder/schedule/next-runs";
import { parseSchedule } from "@/lib/image-builder/schedule/parse-schedule";
import { isTimeZone, wallTimeAt } from "@/lib/image-builder/schedule/zoned-time";

/** A schedule said back in words, with its next five runs in its own zone. */
export function SchedulePreview({ expression, timezone }: { expression: string; timezone: string }) {
  // The server's clock is not the reader's: what depends on now is drawn in the browser only.
  const [nowMs, setNowMs] = useState<number>();
  useEffect(() => setNowMs(Date.now()), []);
  const parsed = parseSchedule(expression);
  if (!parsed.ok) return <p className="m-0 rounded bg-sunken px-2.5 py-1.5 text-fail">{parsed.message}</p>;
  if (!isTimeZone(timezone)) {
    return (
      <p className="m-0 rounded bg-sunken px-2.5 py-1.5 text-fail">There is no time zone "{timezone}".</p>
    );
  }
  const runs =
    nowMs === undefined
      ? []
      : nextRuns(parsed.schedule, { timezone, afterMs: nowMs, count: 5, anchorMs: nowMs });
  const words = new Intl.DateTimeFormat("en", {
    timeZone: timezone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZoneName: "short",
  });
  return (
    <div className="grid gap-1 rounded bg-sunken px-2.5 py-2">
      <p className="m-0 font-[550]">{describeSchedule(expression, timezone)}</p>
      <ol className="m-0 grid list-none gap-0.5 p-0 text-ink-2 text-xs">
        {runs.map((run, index) => (
          <li key={run}>
            {words.format(run)}
            {clockMoved(timezone, runs[index - 1], run) && (
              <span className="ml-2 text-wait">the clocks change before this run</span>
            )}
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Whether the zone's distance from UTC differs between two instants. */
function clockMoved(timezone: string, before: number | undefined, after: number): boolean {
  return before !== undefined && offsetMs(timezone, before) !== offsetMs(timezone, after);
}

function offsetMs(timezone: string, instant: number): number {
  const { year, month, day, hour, minute } = wallTimeAt(timezone, instant);
  return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(instant / 60_000) * 60_000;
}
