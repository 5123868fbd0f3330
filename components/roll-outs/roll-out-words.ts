import type { BadgeTone } from "@/components/ui/status-badge";
import type { RecordedStart, RollOutView } from "@/lib/fleet/roll-outs/types";

const STATUSES: Record<string, { tone: BadgeTone; word: string }> = {
  Starting: { tone: "run", word: "Starting" },
  Pending: { tone: "run", word: "Pending" },
  InProgress: { tone: "run", word: "In progress" },
  Baking: { tone: "run", word: "Baking" },
  Successful: { tone: "ok", word: "Succeeded" },
  Failed: { tone: "fail", word: "Failed" },
  Cancelling: { tone: "wait", word: "Canceling" },
  Cancelled: { tone: "mute", word: "Canceled" },
  RollbackInProgress: { tone: "wait", word: "Rolling back" },
  RollbackSuccessful: { tone: "mute", word: "Rolled back" },
  RollbackFailed: { tone: "fail", word: "Roll-back failed" },
  "Not started": { tone: "fail", word: "Not started" },
  "Not known": { tone: "mute", word: "Not known" },
};

/** Where a roll-out stands; a word that AWS added is shown as it is. */
export function statusOf({
  status,
  checkpoint,
}: {
  status: string;
  checkpoint?: RollOutView["checkpoint"];
}): { tone: BadgeTone; word: string } {
  if (checkpoint) return { tone: "wait", word: `Checkpoint ${checkpoint.percentage}%` };
  return STATUSES[status] ?? { tone: "mute", word: status };
}

/** What is started, as one reads it: the image's build where one made it, and the version. */
export const startText = ({ image, version }: RecordedStart): string =>
  image ? `${image} (version ${version})` : `version ${version}`;
