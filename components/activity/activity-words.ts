import type { BadgeTone } from "@/components/ui/status-badge";
import type { ActivityKind, ActivityOutcome } from "@/lib/activity/types";

/** What the filter calls each kind. */
export const KIND_WORDS: Record<ActivityKind, string> = {
  change: "changes",
  build: "builds",
  "roll-out": "roll-outs",
};

export const OUTCOME_TONES: Record<ActivityOutcome, BadgeTone> = {
  succeeded: "ok",
  failed: "fail",
  canceled: "mute",
  "rolled back": "wait",
  refused: "wait",
  "not known": "mute",
};
