import "server-only";
import { and, asc, desc, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Database, Orm } from "@/lib/db/database";
import { rollOutSeries, rollOutSeriesParts, rollOuts } from "@/lib/db/roll-out-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { isUuid, type StoredRollOut } from "../roll-outs/roll-out-rows";
import type { RollOutChoice, RollOutPreferences } from "../roll-outs/types";
import { nextStep, type PartFacts } from "./judge-series";
import type { Gate } from "./types";

/** Rows that are read at a time. */
const AT_ONCE = 50;

type StoredSeries = typeof rollOutSeries.$inferSelect;
export type StoredPart = Omit<
  typeof rollOutSeriesParts.$inferSelect,
  "choice" | "preferences" | "imageNames" | "gate"
> & {
  choice: RollOutChoice;
  preferences: RollOutPreferences;
  imageNames: string[];
  gate: Gate;
};

/** A part with its newest roll-out, and what is judged by. */
export type StandingPart = { part: StoredPart; rollOut?: StoredRollOut; facts: PartFacts };
export type Standing = { series: StoredSeries; parts: StandingPart[] };

type Db = Pick<Database, "orm">;

/** One of the target, as the database has it. Throws `not-found`. */
export async function findSeries(ctx: UseCaseContext, id: string): Promise<Standing> {
  const database = await ctx.database();
  const [series] = isUuid(id)
    ? await database.orm
        .select()
        .from(rollOutSeries)
        .where(and(eq(rollOutSeries.id, id), eq(rollOutSeries.targetId, ctx.target.id)))
    : [];
  const [standing] = series ? await standingsOf(database, [series]) : [];
  if (standing) return standing;
  throw noSeries();
}

export const noSeries = () =>
  new ConsoleFailure({ code: "not-found", message: "There is no roll-out of several groups with this ID." });

/** The newest ones of the target, `limit` at most. */
export async function newestSeries(ctx: UseCaseContext, limit: number): Promise<Standing[]> {
  const database = await ctx.database();
  const rows = await database.orm
    .select()
    .from(rollOutSeries)
    .where(eq(rollOutSeries.targetId, ctx.target.id))
    .orderBy(desc(rollOutSeries.startedAt))
    .limit(limit);
  return standingsOf(database, rows);
}

/** Those of all targets that nobody has ended and that are not done, some at a time, each once. */
export async function* openSeries(database: Db): AsyncGenerator<Standing> {
  let last: string | undefined;
  do {
    const rows = await database.orm
      .select()
      .from(rollOutSeries)
      .where(and(isNull(rollOutSeries.endedAt), last === undefined ? undefined : gt(rollOutSeries.id, last)))
      .orderBy(asc(rollOutSeries.id))
      .limit(AT_ONCE);
    yield* await standingsOf(database, rows);
    last = rows.length < AT_ONCE ? undefined : rows.at(-1)?.id;
  } while (last !== undefined);
}

async function standingsOf({ orm }: Db, series: StoredSeries[]): Promise<Standing[]> {
  if (series.length === 0) return [];
  const ids = series.map(({ id }) => id);
  const [parts, rows] = await Promise.all([
    orm
      .select()
      .from(rollOutSeriesParts)
      .where(inArray(rollOutSeriesParts.seriesId, ids))
      .orderBy(asc(rollOutSeriesParts.position)),
    orm.select().from(rollOuts).where(inArray(rollOuts.seriesId, ids)).orderBy(desc(rollOuts.startedAt)),
  ]);
  return series.map((one) => ({
    series: one,
    parts: (parts as StoredPart[])
      .filter(({ seriesId }) => seriesId === one.id)
      .map((part) => standingPart(part, rows as StoredRollOut[])),
  }));
}

function standingPart(part: StoredPart, rows: StoredRollOut[]): StandingPart {
  const own = rows.filter(
    ({ seriesId, region, groupName }) =>
      seriesId === part.seriesId && region === part.region && groupName === part.groupName,
  );
  const isClaimed = part.rollOutId !== null && !own.some(({ id }) => id === part.rollOutId);
  const [rollOut] = own;
  return {
    part,
    ...(rollOut && { rollOut }),
    facts: {
      gate: part.gate,
      ...(isClaimed && part.claimedAt && { claimedAt: part.claimedAt.getTime() }),
      ...(part.startError !== null && { startError: part.startError }),
      ...(part.succeededAt && { succeededAt: part.succeededAt.getTime() }),
      ...(part.heldBecause !== null && { heldBecause: part.heldBecause }),
      isSkipped: part.skippedAt !== null,
      ...(rollOut && {
        rollOut: {
          status: rollOut.status,
          isEnded: rollOut.endedAt !== null,
          returns: rollOut.relation === "returns",
        },
      }),
    },
  };
}

/** Writes a new one with its groups. Throws `conflict` where one of them is planned in another already. */
export async function insertSeries(
  ctx: UseCaseContext,
  series: typeof rollOutSeries.$inferInsert,
  parts: (typeof rollOutSeriesParts.$inferInsert)[],
): Promise<void> {
  const { orm } = await ctx.database();
  const isWritten = await orm.transaction(async (tx) => {
    await tx.insert(rollOutSeries).values(series);
    const written = await tx
      .insert(rollOutSeriesParts)
      .values(parts)
      .onConflictDoNothing()
      .returning({ position: rollOutSeriesParts.position });
    if (written.length === parts.length) return true;
    await tx.delete(rollOutSeriesParts).where(eq(rollOutSeriesParts.seriesId, series.id));
    await tx.delete(rollOutSeries).where(eq(rollOutSeries.id, series.id));
    return false;
  });
  if (isWritten) return;
  await requireUnplanned(
    ctx,
    parts.map(({ region, groupName }) => ({ region, group: groupName })),
    { alsoDone: true },
  );
  throw new ConsoleFailure({
    code: "conflict",
    message: "Another roll-out to one of these groups has just ended. Try again.",
  });
}

/**
 * Throws `conflict` for groups that have a turn to come in a roll-out of several groups that has not ended; `alsoDone`
 * for those as well that had theirs.
 */
export async function requireUnplanned(
  ctx: Pick<UseCaseContext, "database" | "target">,
  groups: { region: string; group: string }[],
  { alsoDone }: { alsoDone: boolean } = { alsoDone: false },
): Promise<void> {
  const { orm } = await ctx.database();
  const planned = await orm
    .select({ part: rollOutSeriesParts, startedBy: rollOutSeries.startedBy })
    .from(rollOutSeriesParts)
    .innerJoin(rollOutSeries, eq(rollOutSeries.id, rollOutSeriesParts.seriesId))
    .where(
      and(
        eq(rollOutSeriesParts.targetId, ctx.target.id),
        inArray(
          rollOutSeriesParts.groupName,
          groups.map(({ group }) => group),
        ),
        isNull(rollOutSeriesParts.endedAt),
        alsoDone
          ? undefined
          : and(isNull(rollOutSeriesParts.succeededAt), isNull(rollOutSeriesParts.skippedAt)),
      ),
    );
  const [first] = planned.filter(({ part }) =>
    groups.some(({ region, group }) => region === part.region && group === part.groupName),
  );
  if (!first) return;
  throw new ConsoleFailure({
    code: "conflict",
    message: `${first.part.groupName} is part of a roll-out to several groups that ${first.startedBy} started. Continue or end that one first.`,
  });
}

/**
 * Takes the turn of a group for a roll-out of this ID: of many who start it at a time, one gets it. False where another
 * was faster, or the whole has ended.
 */
export async function claimPart(
  { orm }: Db,
  { part: { seriesId, position, rollOutId } }: Pick<StandingPart, "part">,
  { id, by, now }: { id: string; by: string | null; now: number },
): Promise<boolean> {
  const claimed = await orm
    .update(rollOutSeriesParts)
    .set({ rollOutId: id, claimedAt: new Date(now), claimedBy: by, startError: null, succeededAt: null })
    .where(
      and(
        ofPart({ seriesId, position }),
        rollOutId === null
          ? isNull(rollOutSeriesParts.rollOutId)
          : eq(rollOutSeriesParts.rollOutId, rollOutId),
        isNull(rollOutSeriesParts.endedAt),
        isNull(rollOutSeriesParts.skippedAt),
      ),
    )
    .returning({ position: rollOutSeriesParts.position });
  return claimed.length > 0;
}

/** Changes a part that is still claimed, or stands, under this roll-out's ID. */
export async function changePart(
  { orm }: Db,
  { seriesId, position, rollOutId }: Pick<StoredPart, "seriesId" | "position" | "rollOutId">,
  values: Partial<typeof rollOutSeriesParts.$inferInsert>,
  tell?: (tx: Orm) => Promise<void>,
): Promise<boolean> {
  return orm.transaction(async (tx) => {
    const changed = await tx
      .update(rollOutSeriesParts)
      .set(values)
      .where(
        and(
          ofPart({ seriesId, position }),
          rollOutId === null
            ? isNull(rollOutSeriesParts.rollOutId)
            : eq(rollOutSeriesParts.rollOutId, rollOutId),
          isNull(rollOutSeriesParts.endedAt),
        ),
      )
      .returning({ position: rollOutSeriesParts.position });
    if (changed.length > 0) await tell?.(tx);
    return changed.length > 0;
  });
}

/** Ends the whole, and frees its groups. False where it had ended. */
export async function endSeriesRow(
  { orm }: Db,
  id: string,
  { by, now }: { by: string | null; now: number },
  tell?: (tx: Orm) => Promise<void>,
): Promise<boolean> {
  const endedAt = new Date(now);
  return orm.transaction(async (tx) => {
    const ended = await tx
      .update(rollOutSeries)
      .set({ endedAt, endedBy: by })
      .where(and(eq(rollOutSeries.id, id), isNull(rollOutSeries.endedAt)))
      .returning({ id: rollOutSeries.id });
    if (ended.length === 0) return false;
    await tx
      .update(rollOutSeriesParts)
      .set({ endedAt: sql`coalesce(${rollOutSeriesParts.endedAt}, ${endedAt.toISOString()}::timestamptz)` })
      .where(eq(rollOutSeriesParts.seriesId, id));
    await tell?.(tx);
    return true;
  });
}

/** What comes next, as far as the database knows. */
export const nextOf = ({ parts }: Pick<Standing, "parts">, now: number) =>
  nextStep(
    parts.map(({ facts }) => facts),
    now,
  );

const ofPart = ({ seriesId, position }: { seriesId: string; position: number }) =>
  and(eq(rollOutSeriesParts.seriesId, seriesId), eq(rollOutSeriesParts.position, position));
