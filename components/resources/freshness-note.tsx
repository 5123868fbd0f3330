"use client";
import { useTimeZone } from "@/components/ui/time-zone";
import type { Freshness } from "@/lib/overview/types";

/** As of when a page's figures are, and what they may leave out. */
export function FreshnessNote({ freshness }: { freshness: Freshness }) {
  const { asOf } = freshness;
  const timeZone = useTimeZone();
  const warnings = warningsOf(freshness);
  return (
    // One line also with a warning, so that one that comes or goes moves nothing where there is room.
    <div className="mb-3 flex min-h-[18px] flex-wrap items-baseline gap-x-3 text-xs">
      <p className="m-0 text-ink-3">
        As of <time dateTime={asOf}>{clockTime(asOf, timeZone)}</time>
      </p>
      {/* It stays in the page, so that what comes up later is announced. */}
      <div role="status">
        {warnings.map((warning) => (
          <p key={warning} className="m-0 text-wait">
            <span aria-hidden="true" className="mr-1 font-mono font-semibold">
              !
            </span>
            {warning}
          </p>
        ))}
      </div>
    </div>
  );
}

function warningsOf({ index, behindMinutes = 0, pipelines, unread, reasons }: Freshness): string[] {
  const said = {
    current: [],
    listing: ["The history is being indexed: older builds may be missing."],
    behind: [`The history is behind by ${inWords(behindMinutes)}: older builds may be missing.`],
    off: ["No history yet: only the latest 25 builds of each pipeline are counted."],
    away: ["The history can't be read: only the latest 25 builds of each pipeline are counted."],
  }[index];
  const missing =
    unread > 0 ? [`Loading builds: ${pipelines - unread} of ${pipelines} pipelines so far.`] : [];
  return [...said, ...missing, ...reasons];
}

const inWords = (minutes: number) =>
  minutes < 120 ? `${Math.max(1, minutes)} min` : `${Math.round(minutes / 60)} h`;

/** "12:20 UTC". */
const clockTime = (at: string, timeZone: string) =>
  new Intl.DateTimeFormat("en-GB", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
    timeZoneName: "short",
  }).format(new Date(at));
