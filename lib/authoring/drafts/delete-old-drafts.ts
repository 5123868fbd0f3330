import "server-only";
import { and, eq, lt, or } from "drizzle-orm";
import { DAY_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { draftVisits, pipelineDrafts } from "@/lib/db/schema";

/** A draft that became a pipeline still answers at its address for a while. */
const CREATED_KEPT_DAYS = 7;

/**
 * Deletes drafts that nobody changed for `draftDays`, those that became a pipeline a week ago, and who had one open.
 * A creation that was not finished stays: it names what it has made in AWS.
 */
export async function deleteOldDrafts(orm: Orm, now: number, draftDays: number): Promise<void> {
  const before = (days: number) => lt(pipelineDrafts.updatedAt, new Date(now - days * DAY_MS));
  await orm
    .delete(pipelineDrafts)
    .where(
      or(
        and(eq(pipelineDrafts.state, "created"), before(CREATED_KEPT_DAYS)),
        and(eq(pipelineDrafts.state, "draft"), before(draftDays)),
      ),
    );
  await orm.delete(draftVisits).where(lt(draftVisits.seenAt, new Date(now - DAY_MS)));
}
