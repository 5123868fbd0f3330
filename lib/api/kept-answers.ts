import "server-only";
import { createHash } from "node:crypto";
import { and, eq, lt } from "drizzle-orm";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import { apiAnswers } from "@/lib/db/api-schema";
import type { Orm } from "@/lib/db/database";
import { ApiFailure } from "./problem";

/** How long a request may be sent again with its key. */
const KEPT_FOR_MS = 24 * HOUR_MS;
/** A first request that has not ended by then was cut off with its process. */
const CUT_OFF_AFTER_MS = 10 * MINUTE_MS;
const KEY = /^[\x21-\x7e]{1,200}$/;

/** An answer as it is kept: text, with the headers that are its own. */
export type KeptAnswer = { status: number; headers: Record<string, string>; body: string };

/** The key that a request carries; undefined without one. Throws `invalid` for what is no key. */
export function idempotencyKeyOf(headers: Pick<Headers, "get">): string | undefined {
  const key = headers.get("idempotency-key");
  if (key === null) return undefined;
  if (!KEY.test(key))
    throw new ApiFailure("invalid", "Idempotency-Key has 1 to 200 visible ASCII characters.");
  return key;
}

/**
 * Does the work once for a token and a key, and answers every repetition of the request with the first answer. An answer
 * that says that nothing was done is not kept: the same key may try again.
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header
 * Throws `key-reused` for another request, `conflict` while the first is under way or when its end is not known.
 */
export async function answerOnce(
  { orm, now }: { orm: Orm; now: number },
  { tokenId, key, request }: { tokenId: string; key: string; request: string },
  work: () => Promise<KeptAnswer>,
): Promise<KeptAnswer> {
  await deleteOldAnswers(orm, now);
  const own = and(eq(apiAnswers.tokenId, tokenId), eq(apiAnswers.key, key));
  const hash = createHash("sha256").update(request).digest("base64url");
  const added = await orm
    .insert(apiAnswers)
    .values({ tokenId, key, request: hash, createdAt: new Date(now) })
    .onConflictDoNothing()
    .returning({ key: apiAnswers.key });
  if (added.length === 0) {
    const [first] = await orm.select().from(apiAnswers).where(own);
    return repeatOf(first, hash, now);
  }
  const answer = await work();
  if (saysNothingWasDone(answer.status)) await orm.delete(apiAnswers).where(own);
  else
    await orm
      .update(apiAnswers)
      .set({ status: answer.status, headers: answer.headers, body: answer.body })
      .where(own);
  return answer;
}

/** Takes away the answers to requests that may not be sent again any more. */
export async function deleteOldAnswers(orm: Orm, now: number): Promise<void> {
  await orm.delete(apiAnswers).where(lt(apiAnswers.createdAt, new Date(now - KEPT_FOR_MS)));
}

function repeatOf(first: typeof apiAnswers.$inferSelect | undefined, hash: string, now: number): KeptAnswer {
  if (first && first.request !== hash)
    throw new ApiFailure("key-reused", "This Idempotency-Key was used for another request. Use a new one.");
  if (first?.status != null) {
    const headers = { ...(first.headers as Record<string, string>), "idempotency-replayed": "true" };
    return { status: first.status, headers, body: first.body ?? "" };
  }
  if (first && now - first.createdAt.getTime() >= CUT_OFF_AFTER_MS)
    throw new ApiFailure(
      "conflict",
      "The first request with this Idempotency-Key was cut off, and what became of it is not known. Check, then use a new key.",
    );
  throw new ApiFailure("conflict", "The first request with this Idempotency-Key is still under way.", {
    "retry-after": "2",
  });
}

/** Refused, or not begun because the console or AWS was not available. */
const saysNothingWasDone = (status: number) => (status >= 400 && status < 500) || status === 503;
