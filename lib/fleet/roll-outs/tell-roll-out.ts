import "server-only";
import type { Orm } from "@/lib/db/database";
import { type RollOutMoment, rollOutNotice } from "@/lib/notifications/notices";
import { raiseEvent } from "@/lib/notifications/raise-event";
import type { StoredRollOut } from "./roll-out-rows";
import type { RecordedStart } from "./types";

/**
 * How AWS ends a refresh, to those who are told; a person's cancel needs no telling.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstanceRefresh.html
 */
const ENDS: Record<string, RollOutMoment> = {
  Successful: "done",
  Failed: "failed",
  RollbackFailed: "failed",
  RollbackSuccessful: "rolled-back",
  "Not started": "failed",
};

/** Raises what a change of a roll-out's row says: a checkpoint that was reached, or its end. */
export async function tellRollOut(
  tx: Orm,
  { stored, row }: { stored: StoredRollOut; row: StoredRollOut },
  now: Date,
): Promise<void> {
  const end = row.endedAt && !stored.endedAt ? ENDS[row.status] : undefined;
  const moment = end ?? (row.checkpoint !== stored.checkpoint ? "checkpoint" : undefined);
  if (!moment) return;
  const notice = rollOutNotice({
    targetId: row.targetId,
    at: now.toISOString(),
    moment,
    id: row.id,
    group: row.groupName,
    region: row.region,
    names: row.imageNames,
    before: startOf(row.before),
    after: startOf(row.after),
    percentage: moment === "checkpoint" ? (row.checkpoint ?? row.percentage) : row.percentage,
    reason: moment === "done" ? undefined : (row.reason ?? undefined),
    startedBy: row.startedBy,
  });
  const key = `roll-out ${row.id} ${moment}${moment === "checkpoint" ? ` ${row.checkpoint}` : ""}`;
  await raiseEvent(tx, notice, key, now);
}

const startOf = ({ version, image, amiId }: RecordedStart): string =>
  `version ${version}${(image ?? amiId) ? ` (${image ?? amiId})` : ""}`;
