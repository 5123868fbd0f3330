import "server-only";
import { timingSafeEqual } from "node:crypto";
import { and, desc, eq, gt, isNull, lte, or, sql } from "drizzle-orm";
import { DAY_MS, MINUTE_MS } from "@/lib/core/time";
import { apiTokens } from "@/lib/db/api-schema";
import type { Orm } from "@/lib/db/database";
import { rollOutSeries } from "@/lib/db/roll-out-schema";
import type { Claims } from "../types";
import { hashOfToken } from "./token-text";

/** A token as it lies in the database. */
export type TokenRow = typeof apiTokens.$inferSelect;

/** How exactly a token knows when it was last used. */
const USED_EVERY_MS = MINUTE_MS;
const MAX_LISTED = 500;
/** For who looks back: what a token was, after it can be used no more. */
const KEPT_AFTER_END_MS = 90 * DAY_MS;

export const insertToken = async (orm: Orm, row: typeof apiTokens.$inferInsert): Promise<void> => {
  await orm.insert(apiTokens).values(row);
};

/**
 * Adds a token unless its maker has `most` that work already, or one of this name. One at a time for each maker, so that
 * many at once do not pass together. Returns what is in the way.
 */
export const insertWithinRoom = (
  orm: Orm,
  row: typeof apiTokens.$inferInsert,
  { most, now }: { most: number; now: number },
): Promise<"name" | "number" | undefined> =>
  orm.transaction(async (transaction) => {
    await transaction.execute(sql`select pg_advisory_xact_lock(hashtext(${`token of ${row.makerId}`}))`);
    const live = await transaction
      .select({ name: apiTokens.name })
      .from(apiTokens)
      .where(and(eq(apiTokens.makerId, row.makerId), isLive(now)));
    if (live.some(({ name }) => name === row.name)) return "name";
    if (live.length >= most) return "number";
    await transaction.insert(apiTokens).values(row);
    return undefined;
  });

const isLive = (now: number) => and(isNull(apiTokens.revokedAt), gt(apiTokens.expiresAt, new Date(now)));

/** The row of a token by its hash, compared in constant time; undefined for one that was never made. */
export async function findTokenRow(orm: Orm, token: string): Promise<TokenRow | undefined> {
  const hash = hashOfToken(token);
  const [row] = await orm.select().from(apiTokens).where(eq(apiTokens.tokenHash, hash));
  return row && timingSafeEqual(Buffer.from(row.tokenHash), Buffer.from(hash)) ? row : undefined;
}

export async function findTokenById(orm: Orm, id: string): Promise<TokenRow | undefined> {
  const [row] = await orm.select().from(apiTokens).where(eq(apiTokens.id, id));
  return row;
}

/** Those that work first, so that no number of others hides one; then newest first. Of one maker when one is named. */
export const listTokenRows = (orm: Orm, now: number, makerId?: string): Promise<TokenRow[]> =>
  orm
    .select()
    .from(apiTokens)
    .where(makerId === undefined ? undefined : eq(apiTokens.makerId, makerId))
    .orderBy(sql`${isLive(now)} desc`, desc(apiTokens.createdAt))
    .limit(MAX_LISTED);

/** False when it was revoked before. */
export async function revokeTokenRow(
  orm: Orm,
  id: string,
  { by, now }: { by: string; now: number },
): Promise<boolean> {
  const revoked = await orm
    .update(apiTokens)
    .set({ revokedAt: new Date(now), revokedBy: by })
    .where(and(eq(apiTokens.id, id), isNull(apiTokens.revokedAt)))
    .returning({ id: apiTokens.id });
  return revoked.length > 0;
}

/** Writes down that a token was used and from where, once a minute. */
export async function touchToken(
  orm: Orm,
  { id, lastUsedAt }: TokenRow,
  { now, address }: { now: number; address: string | undefined },
): Promise<void> {
  const before = new Date(now - USED_EVERY_MS);
  if (lastUsedAt !== null && lastUsedAt > before) return;
  await orm
    .update(apiTokens)
    .set({ lastUsedAt: new Date(now), lastUsedFrom: address ?? null })
    .where(and(eq(apiTokens.id, id), or(isNull(apiTokens.lastUsedAt), lte(apiTokens.lastUsedAt, before))));
}

/** Keeps what the provider says now of the person who made tokens; a person without any leaves no trace. */
export async function noteMaker(orm: Orm, makerId: string, claims: Claims, now: number): Promise<void> {
  await orm
    .update(apiTokens)
    // Escapes keep whatever a provider says storable: JSON writes lone surrogates and NUL in ASCII.
    .set({ makerClaims: JSON.stringify(claims), makerSeenAt: new Date(now) })
    .where(eq(apiTokens.makerId, makerId));
}

/** The same for the roll-outs that the console continues while they are away. */
export async function noteStarter(orm: Orm, starterId: string, claims: Claims, now: number): Promise<void> {
  await orm
    .update(rollOutSeries)
    .set({ starterClaims: JSON.stringify(claims), starterSeenAt: new Date(now) })
    .where(and(eq(rollOutSeries.startedById, starterId), isNull(rollOutSeries.endedAt)));
}

/** Takes away tokens that were revoked or ended 90 days ago, with what is known of who made them. */
export async function deleteOldTokens(orm: Orm, now: number): Promise<void> {
  const past = new Date(now - KEPT_AFTER_END_MS);
  await orm.delete(apiTokens).where(or(lte(apiTokens.revokedAt, past), lte(apiTokens.expiresAt, past)));
}
