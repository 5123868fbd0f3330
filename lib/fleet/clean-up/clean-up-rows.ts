import "server-only";
import { and, eq } from "drizzle-orm";
import { shownActor } from "@/lib/core/actor";
import { cleanUps } from "@/lib/db/clean-up-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { Made } from "./types";

type KeptCleanUp = { made: Made; startedAt: Date; startedBy: string };

/** The last clean-up of a pipeline that was begun, with what the pipeline had made by then. */
export async function keptCleanUp(ctx: UseCaseContext, pipeline: string): Promise<KeptCleanUp | undefined> {
  const { orm } = await ctx.database();
  const [row] = await orm
    .select()
    .from(cleanUps)
    .where(and(eq(cleanUps.targetId, ctx.target.id), eq(cleanUps.pipeline, pipeline)));
  return row && { made: row.made as Made, startedAt: row.startedAt, startedBy: row.startedBy };
}

/** Keeps what a pipeline made before any of it is removed: without the pipeline nothing else would say. */
export async function keepCleanUp(ctx: UseCaseContext, pipeline: string, made: Made): Promise<void> {
  const { orm } = await ctx.database();
  const values = { made, startedAt: new Date(ctx.clock.now()), startedBy: shownActor(ctx.actor) };
  await orm
    .insert(cleanUps)
    .values({ targetId: ctx.target.id, pipeline, ...values })
    .onConflictDoUpdate({ target: [cleanUps.targetId, cleanUps.pipeline], set: values });
}
