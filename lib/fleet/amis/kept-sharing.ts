import "server-only";
import { randomUUID } from "node:crypto";
import { and, eq, isNull } from "drizzle-orm";
import { shownActor } from "@/lib/core/actor";
import { amiSharings } from "@/lib/db/ami-schema";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { AmiHolders, KeptSharing } from "./types";

type Key = { region: string; amiId: string };

const openRow = (ctx: UseCaseContext, { region, amiId }: Key) =>
  and(
    eq(amiSharings.targetId, ctx.target.id),
    eq(amiSharings.region, region),
    eq(amiSharings.amiId, amiId),
    isNull(amiSharings.endedAt),
  );

/** The sharing that an AMI had before it was disabled and that was not given back yet. */
export async function openSharing(ctx: UseCaseContext, key: Key): Promise<KeptSharing | undefined> {
  const { orm } = await ctx.database();
  const [row] = await orm.select().from(amiSharings).where(openRow(ctx, key));
  if (!row) return undefined;
  return { ...(row.holders as AmiHolders), keptAt: row.keptAt.toISOString(), keptBy: row.keptBy };
}

/** Keeps the sharing of an AMI that is about to be disabled, in place of one that was kept earlier. */
export async function keepSharing(ctx: UseCaseContext, key: Key, holders: AmiHolders): Promise<void> {
  const { orm } = await ctx.database();
  const values = { holders, keptAt: new Date(ctx.clock.now()), keptBy: shownActor(ctx.actor) };
  await orm
    .insert(amiSharings)
    .values({ id: randomUUID(), targetId: ctx.target.id, ...key, ...values })
    .onConflictDoUpdate({
      target: [amiSharings.targetId, amiSharings.region, amiSharings.amiId],
      targetWhere: isNull(amiSharings.endedAt),
      set: values,
    });
}

/** The kept sharing of an AMI waits no longer: it was given back, another one was set, or the AMI is gone. */
export async function endKeptSharing(ctx: UseCaseContext, key: Key): Promise<void> {
  const { orm } = await ctx.database();
  await orm
    .update(amiSharings)
    .set({ endedAt: new Date(ctx.clock.now()) })
    .where(openRow(ctx, key));
}
