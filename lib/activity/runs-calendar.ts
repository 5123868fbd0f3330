import ical, { ICalEventStatus } from "ical-generator";
import { urls } from "@/lib/core/urls";
import { RUN_DAYS, RUNS_A_PIPELINE } from "./run-bounds";
import type { ScheduledRun } from "./types";
import { xmlText } from "./xml-text";

/**
 * Coming runs as iCalendar. AWS's cron says what no RRULE can, so each run is an event of its own; when it ends is not
 * known, so it has a start only. https://www.rfc-editor.org/rfc/rfc5545
 */
export function runsCalendar(
  runs: ScheduledRun[],
  { target, consoleUrl }: { target: { id: string; label: string }; consoleUrl: string },
): string {
  const calendar = ical({
    name: xmlText(`${target.label}: scheduled builds`),
    description: `The next ${RUN_DAYS} days, at most ${RUNS_A_PIPELINE} runs of a pipeline.`,
    prodId: { company: "goldsmith", product: "scheduled-builds", language: "EN" },
    ttl: 3600,
  });
  for (const { pipeline, at, words, onlyWithUpdates, changedAt } of runs) {
    calendar.createEvent({
      id: `${encodeURIComponent(xmlText(pipeline))}.${Date.parse(at)}@${encodeURIComponent(xmlText(target.id))}.goldsmith`,
      start: new Date(at),
      // The same until the pipeline changes: a client sees no news in what it has.
      stamp: new Date(changedAt ?? at),
      summary: xmlText(`Build of ${pipeline}`),
      description: xmlText(
        `${words}.${onlyWithUpdates ? " It starts only if its dependencies have updates." : ""}`,
      ),
      url: `${consoleUrl}${urls.pipeline(target.id, pipeline)}`,
      status: onlyWithUpdates ? ICalEventStatus.TENTATIVE : ICalEventStatus.CONFIRMED,
    });
  }
  return calendar.toString();
}
