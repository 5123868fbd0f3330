import "server-only";
import type { Orm } from "@/lib/db/database";
import { type SeriesMoment, seriesNotice } from "@/lib/notifications/notices";
import { raiseEvent } from "@/lib/notifications/raise-event";
import type { Standing, StoredPart } from "./series-rows";

/** Tells of one group of several: that its gate waits for a person, or that its start was refused. */
export async function tellOfPart(
  tx: Orm,
  { series }: Pick<Standing, "series">,
  part: StoredPart,
  moment: Exclude<SeriesMoment, "done">,
  { reason, now }: { reason: string | undefined; now: number },
): Promise<void> {
  const notice = seriesNotice({
    ...aboutOf(series, now),
    moment,
    what: part.groupName,
    names: part.imageNames,
    reason,
  });
  // The same gate may be reached again, after what it follows was started again.
  await raiseEvent(tx, notice, `series ${series.id} ${part.position} ${moment} ${now}`, new Date(now));
}

/** Tells that all groups are done. It names none: whoever hears of it may know some of them only. */
export async function tellOfEnd(tx: Orm, { series, parts }: Standing, now: number): Promise<void> {
  const notice = seriesNotice({
    ...aboutOf(series, now),
    moment: "done",
    what: `${parts.length} groups`,
    names: [...new Set(parts.flatMap(({ part }) => part.imageNames))],
    reason: undefined,
  });
  await raiseEvent(tx, notice, `series ${series.id} done`, new Date(now));
}

const aboutOf = ({ id, targetId, startedBy }: Standing["series"], now: number) => ({
  id,
  targetId,
  startedBy,
  at: new Date(now).toISOString(),
});
