import "server-only";
import { and, desc, eq, isNull } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import { instanceMoves } from "@/lib/db/move-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { isUuid } from "../roll-outs/roll-out-rows";
import type { MoveDestination } from "./types";

export type StoredMove = Omit<typeof instanceMoves.$inferSelect, "destination"> & {
  destination: MoveDestination;
};

export const noMove = () =>
  new ConsoleFailure({ code: "not-found", message: "There is no move with this ID." });

/** One move of the target. Throws `not-found`. */
export async function findMove(ctx: UseCaseContext, id: string): Promise<StoredMove> {
  const { orm } = await ctx.database();
  const [row] = isUuid(id)
    ? await orm
        .select()
        .from(instanceMoves)
        .where(and(eq(instanceMoves.id, id), eq(instanceMoves.targetId, ctx.target.id)))
    : [];
  if (row) return row as StoredMove;
  throw noMove();
}

/** The newest move of an instance. */
export async function newestMove(
  ctx: UseCaseContext,
  { region, instanceId }: { region: string; instanceId: string },
): Promise<StoredMove | undefined> {
  const { orm } = await ctx.database();
  const [row] = await orm
    .select()
    .from(instanceMoves)
    .where(
      and(
        eq(instanceMoves.targetId, ctx.target.id),
        eq(instanceMoves.region, region),
        eq(instanceMoves.instanceId, instanceId),
      ),
    )
    .orderBy(desc(instanceMoves.startedAt))
    .limit(1);
  return row as StoredMove | undefined;
}

/** Writes a new move. Throws `conflict` where the instance is being moved already. */
export async function insertMove(ctx: UseCaseContext, row: typeof instanceMoves.$inferInsert): Promise<void> {
  const { orm } = await ctx.database();
  const written = await orm
    .insert(instanceMoves)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: instanceMoves.id });
  if (written.length === 0)
    throw new ConsoleFailure({
      code: "conflict",
      message: `A move of ${row.instanceId} is already in progress.`,
    });
}

/** Changes what is known of a move that has not ended. Throws `conflict` for one that has. */
export async function updateMove(
  ctx: UseCaseContext,
  id: string,
  values: Partial<typeof instanceMoves.$inferInsert>,
): Promise<void> {
  const { orm } = await ctx.database();
  const changed = await orm
    .update(instanceMoves)
    .set(values)
    .where(and(eq(instanceMoves.id, id), isNull(instanceMoves.endedAt)))
    .returning({ id: instanceMoves.id });
  if (changed.length === 0)
    throw new ConsoleFailure({ code: "conflict", message: "The move has ended meanwhile." });
}

const ATTEMPTS = {
  ami: { column: instanceMoves.amiAttempt, next: (at: number) => ({ amiAttempt: at, amiId: null }) },
  copy: { column: instanceMoves.copyAttempt, next: (at: number) => ({ copyAttempt: at, copyId: null }) },
  launch: {
    column: instanceMoves.launchAttempt,
    next: (at: number) => ({ launchAttempt: at, newInstanceId: null }),
  },
};

/**
 * Begins another attempt of a step, after `attempt` came to nothing: of two people who do so at once, both go on with
 * the same one. Returns the move as it is then.
 */
export async function nextAttempt(
  ctx: UseCaseContext,
  id: string,
  step: keyof typeof ATTEMPTS,
  attempt: number,
): Promise<StoredMove> {
  const { orm } = await ctx.database();
  const { column, next } = ATTEMPTS[step];
  await orm
    .update(instanceMoves)
    .set(next(attempt + 1))
    .where(and(eq(instanceMoves.id, id), eq(column, attempt), isNull(instanceMoves.endedAt)));
  return findMove(ctx, id);
}
