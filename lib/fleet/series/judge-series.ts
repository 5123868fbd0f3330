import { MINUTE_MS } from "@/lib/core/time";
import type { Gate, PartState, SeriesState } from "./types";

/** A person still looks through so many groups in one preview. */
export const MOST_GROUPS = 25;

/** What is kept of a group's part, and of its newest roll-out. Times are epoch milliseconds. */
export type PartFacts = {
  gate: Gate;
  /** A start that was claimed and of which there is no roll-out yet. */
  claimedAt?: number;
  startError?: string;
  succeededAt?: number;
  heldBecause?: string;
  isSkipped: boolean;
  rollOut?: { status: string; isEnded: boolean; returns: boolean };
};

/** A start that was claimed so long ago and left no roll-out was never made: its console ended. */
const CLAIM_HOLDS_MS = 2 * MINUTE_MS;

/** Where one group stands, whatever the order. */
export function partState(part: PartFacts, now: number): Exclude<PartState, "left"> {
  const { rollOut, claimedAt, startError, isSkipped } = part;
  if (isSkipped) return "skipped";
  if (startError !== undefined) return "failed";
  if (claimedAt !== undefined) return now - claimedAt < CLAIM_HOLDS_MS ? "starting" : "queued";
  if (!rollOut) return "queued";
  if (rollOut.returns) return "failed";
  if (!rollOut.isEnded) return "running";
  return rollOut.status === "Successful" ? "succeeded" : "failed";
}

/** What comes next in a roll-out of several groups that nobody has ended. */
export type NextStep =
  | { is: "running"; position: number }
  /** `until` is epoch milliseconds; without it, a person decides. */
  | { is: "waiting"; position: number; until?: number; because?: string }
  /** The gate is open, as far as time decides it. */
  | { is: "due"; position: number }
  | { is: "stopped"; position: number }
  | { is: "done" };

/**
 * The first group that is neither done nor skipped decides. A gate opens by time only where the group right before it
 * succeeded: after one that was skipped, a person decides. What was returned to the version before stops all, also later.
 */
export function nextStep(parts: PartFacts[], now: number): NextStep {
  const states = parts.map((part) => partState(part, now));
  const failed = states.indexOf("failed");
  const busy = states.findIndex((state) => state === "running" || state === "starting");
  if (failed !== -1 && (busy === -1 || failed < busy)) return { is: "stopped", position: failed };
  if (busy !== -1) return { is: "running", position: busy };
  const position = states.indexOf("queued");
  if (position === -1) return { is: "done" };
  const { gate, heldBecause } = parts[position] as PartFacts;
  const before = parts[position - 1];
  if (heldBecause !== undefined) return { is: "waiting", position, because: heldBecause };
  if (position === 0) return { is: "due", position };
  if (gate.by === "person") return { is: "waiting", position };
  if (states[position - 1] !== "succeeded")
    return { is: "waiting", position, because: "The previous group was skipped." };
  const until = (before?.succeededAt ?? now) + gate.minutes * MINUTE_MS;
  return until <= now ? { is: "due", position } : { is: "waiting", position, until };
}

/** The same as it is shown. */
export function shownState(next: NextStep): SeriesState {
  if (next.is === "due") return { is: "running", position: next.position };
  if (next.is !== "waiting") return next;
  const { until, ...rest } = next;
  return { ...rest, ...(until !== undefined && { until: new Date(until).toISOString() }) };
}
