import "server-only";
import { randomBytes } from "node:crypto";
import { and, eq, gt, lt } from "drizzle-orm";
import type { Clock } from "@/lib/core/clock";
import type { Database } from "@/lib/db/database";
import { signInStates } from "@/lib/db/schema";
import type { SignInChecks } from "./provider";
import { fingerprintOf } from "./session-secrets";

/** How long somebody may be at the provider. */
export const SIGN_IN_LASTS_SECONDS = 600;

/** A sign-in under way: what binds the provider's answer to it, and where the person wants to go. */
export type SignInUnderWay = SignInChecks & { path: string };

const randomText = () => randomBytes(32).toString("base64url");

/** Begins a sign-in of the browser that holds `browserId`; several may be under way in one browser, one a tab. */
export async function beginSignIn(
  { orm }: Pick<Database, "orm">,
  clock: Clock,
  { browserId, path, maxAgeSeconds }: { browserId: string; path: string; maxAgeSeconds?: number },
): Promise<SignInUnderWay> {
  const now = clock.now();
  await orm.delete(signInStates).where(lt(signInStates.expiresAt, new Date(now)));
  const begun = { state: randomText(), nonce: randomText(), verifier: randomText(), path, maxAgeSeconds };
  await orm.insert(signInStates).values({
    id: fingerprintOf(begun.state),
    browser: fingerprintOf(browserId),
    value: JSON.stringify(begun),
    expiresAt: new Date(now + SIGN_IN_LASTS_SECONDS * 1000),
  });
  return begun;
}

/** The sign-in that an answer belongs to, once, and in the browser that began it only. */
export async function takeSignIn(
  { orm }: Pick<Database, "orm">,
  clock: Clock,
  { browserId, answer }: { browserId: string | undefined; answer: URLSearchParams },
): Promise<SignInUnderWay | undefined> {
  const [state, ...more] = answer.getAll("state");
  if (!state || more.length > 0 || !browserId) return undefined;
  const [taken] = await orm
    .delete(signInStates)
    .where(
      and(
        eq(signInStates.id, fingerprintOf(state)),
        eq(signInStates.browser, fingerprintOf(browserId)),
        gt(signInStates.expiresAt, new Date(clock.now())),
      ),
    )
    .returning({ value: signInStates.value });
  return taken && (JSON.parse(taken.value) as SignInUnderWay);
}
