import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Orm } from "@/lib/db/database";
import { rollOuts } from "@/lib/db/roll-out-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { RecordedStart, RollOutPreferences, RollOutRow } from "./types";

export type StoredRollOut = Omit<
  typeof rollOuts.$inferSelect,
  "before" | "after" | "preferences" | "instances" | "imageNames"
> & {
  before: RecordedStart;
  after: RecordedStart;
  preferences: RollOutPreferences;
  instances: string[];
  imageNames: string[];
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text can be the ID of a row: the database refuses to look for another. */
export const isUuid = (text: string): boolean => UUID.test(text);

/** One roll-out of the target. Throws `not-found`. */
export async function findRollOut(ctx: UseCaseContext, id: string): Promise<StoredRollOut> {
  const { orm } = await ctx.database();
  const [row] = isUuid(id)
    ? await orm
        .select()
        .from(rollOuts)
        .where(and(eq(rollOuts.id, id), eq(rollOuts.targetId, ctx.target.id)))
    : [];
  if (row) return row as StoredRollOut;
  throw new ConsoleFailure({ code: "not-found", message: "There is no roll-out with this ID." });
}

/** The newest roll-outs of the target, `limit` at most; of one group where it is named. */
export async function newestRollOuts(
  ctx: UseCaseContext,
  limit: number,
  of: { region: string; group: string } | undefined = undefined,
): Promise<StoredRollOut[]> {
  const { orm } = await ctx.database();
  const rows = await orm
    .select()
    .from(rollOuts)
    .where(
      and(
        eq(rollOuts.targetId, ctx.target.id),
        ...(of ? [eq(rollOuts.region, of.region), eq(rollOuts.groupName, of.group)] : []),
      ),
    )
    .orderBy(desc(rollOuts.startedAt))
    .limit(limit);
  return rows as StoredRollOut[];
}

/** The roll-out that is under way in a group, as far as the console knows. */
export async function openRollOut(
  ctx: UseCaseContext,
  { region, group }: { region: string; group: string },
): Promise<StoredRollOut | undefined> {
  const { orm } = await ctx.database();
  const [row] = await orm
    .select()
    .from(rollOuts)
    .where(
      and(
        eq(rollOuts.targetId, ctx.target.id),
        eq(rollOuts.region, region),
        eq(rollOuts.groupName, group),
        isNull(rollOuts.endedAt),
      ),
    );
  return row as StoredRollOut | undefined;
}

/** The roll-out that continues or returns from this one. */
export async function followerOf(ctx: UseCaseContext, id: string): Promise<StoredRollOut | undefined> {
  const { orm } = await ctx.database();
  const [row] = await orm
    .select()
    .from(rollOuts)
    .where(and(eq(rollOuts.relatedId, id), eq(rollOuts.targetId, ctx.target.id)))
    .orderBy(desc(rollOuts.startedAt))
    .limit(1);
  return row as StoredRollOut | undefined;
}

/** Writes a new row. Throws `conflict` where the group has one that has not ended. */
export async function insertRollOut(
  ctx: UseCaseContext,
  row: typeof rollOuts.$inferInsert & { region: string; groupName: string },
): Promise<void> {
  const { orm } = await ctx.database();
  const written = await orm.insert(rollOuts).values(row).onConflictDoNothing().returning({ id: rollOuts.id });
  if (written.length > 0) return;
  const open = await openRollOut(ctx, { region: row.region, group: row.groupName });
  throw new ConsoleFailure({
    code: "conflict",
    message: open
      ? `${open.startedBy} started a roll-out to ${row.groupName} already, and it has not ended.`
      : `A roll-out to ${row.groupName} has just ended. Try again.`,
  });
}

/** Changes what is known of a roll-out; `tell` writes in the same transaction. */
export async function changeRollOut(
  ctx: Pick<UseCaseContext, "database">,
  id: string,
  values: Partial<typeof rollOuts.$inferInsert>,
  tell?: (tx: Orm) => Promise<void>,
): Promise<void> {
  const { orm } = await ctx.database();
  await orm.transaction(async (tx) => {
    await tx.update(rollOuts).set(values).where(eq(rollOuts.id, id));
    await tell?.(tx);
  });
}

/** What lists show of it to somebody. */
export const toRow = (ctx: UseCaseContext, stored: StoredRollOut): RollOutRow => ({
  id: stored.id,
  region: stored.region,
  group: stored.groupName,
  startedAt: stored.startedAt.toISOString(),
  startedBy: stored.startedBy,
  before: seenStart(ctx, stored.before),
  after: seenStart(ctx, stored.after),
  status: stored.status,
  percentage: stored.percentage,
  ...(stored.reason !== null && { reason: stored.reason }),
  ...(stored.endedAt && { endedAt: stored.endedAt.toISOString() }),
});

/** A group may start images of several teams: the others' builds are not named. `image` begins with its name. */
function seenStart(ctx: UseCaseContext, { image, ...start }: RecordedStart): RecordedStart {
  const [name] = image?.split(" ") ?? [];
  const isSeen = name !== undefined && permits(ctx.actor, "get-image-build", ctx.target.id, name);
  return { ...start, ...(image !== undefined && isSeen && { image }) };
}
