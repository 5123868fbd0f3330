import type { BadgeTone } from "@/components/ui/status-badge";
import { counted } from "@/lib/core/words";
import type { Gate, PartState, SeriesPart, SeriesRow, SeriesState } from "@/lib/fleet/series/types";

export const PART_STATES: Record<PartState, { tone: BadgeTone; word: string }> = {
  queued: { tone: "mute", word: "Queued" },
  starting: { tone: "run", word: "Starting" },
  running: { tone: "run", word: "In progress" },
  succeeded: { tone: "ok", word: "Succeeded" },
  failed: { tone: "fail", word: "Stopped" },
  skipped: { tone: "mute", word: "Skipped" },
  left: { tone: "mute", word: "Not started" },
};

const STATES: Record<SeriesState["is"], { tone: BadgeTone; word: string }> = {
  running: { tone: "run", word: "In progress" },
  waiting: { tone: "wait", word: "Waiting" },
  stopped: { tone: "fail", word: "Stopped" },
  done: { tone: "ok", word: "Done" },
  ended: { tone: "mute", word: "Ended" },
};

/** Where a roll-out of several groups stands; one that waits for a time says so. */
export function seriesStatusOf({ state }: Pick<SeriesRow, "state">): { tone: BadgeTone; word: string } {
  if (state.is !== "waiting") return STATES[state.is];
  return state.until
    ? { tone: "run", word: "Gate is timed" }
    : { tone: "wait", word: "Waiting for a person" };
}

/** A group by its name, or by its place where the reader may not see it. */
export const nameOfPart = (part: SeriesPart | undefined): string =>
  part && !part.isHidden ? part.group : `group ${(part?.position ?? 0) + 1}`;

/** "web-canary and 2 more". */
export function seriesTitle({ parts }: Pick<SeriesRow, "parts">): string {
  const first = parts.find(({ isHidden }) => !isHidden);
  return `${nameOfPart(first)} and ${parts.length - 1} more`;
}

/** "2 of 3 groups succeeded". */
export function seriesCount({ parts }: Pick<SeriesRow, "parts">): string {
  const done = parts.filter(({ state }) => state === "succeeded").length;
  return `${done} of ${counted(parts.length, "group")} succeeded`;
}

/** What a gate asks for. */
export const gateText = (gate: Gate): string => (gate.by === "person" ? "a person" : `${gate.minutes} min`);
