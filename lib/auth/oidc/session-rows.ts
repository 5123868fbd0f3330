import "server-only";
import { randomUUID } from "node:crypto";
import { and, desc, eq, gt, inArray, lt, lte, or, type SQL } from "drizzle-orm";
import type { Orm } from "@/lib/db/database";
import { sessions, signInStates, usedLogoutTokens } from "@/lib/db/schema";
import type { KnownClaims } from "./claims-of-person";
import type { Tokens } from "./provider";
import { fingerprintOf, type SessionSecrets } from "./session-secrets";

/** A session as it lies in the database. */
export type SessionRow = typeof sessions.$inferSelect;

/** What of a session is the provider's, with tokens sealed. */
export async function tokenColumns(
  tokens: Tokens,
  secrets: SessionSecrets,
  now: number,
): Promise<Pick<SessionRow, "idToken" | "accessToken" | "refreshToken" | "accessTokenExpiresAt">> {
  const seal = async (token: string | undefined) => (token === undefined ? null : secrets.seal(token));
  const { accessTokenLastsSeconds: lasts } = tokens;
  return {
    idToken: await seal(tokens.idToken),
    accessToken: await seal(tokens.accessToken),
    refreshToken: await seal(tokens.refreshToken),
    accessTokenExpiresAt: lasts === undefined ? null : new Date(now + lasts * 1000),
  };
}

export const claimColumns = ({ claims, groupsFrom }: KnownClaims, now: number) => ({
  // Escapes keep whatever a provider says storable: JSON writes lone surrogates and NUL in ASCII.
  claims: JSON.stringify(claims),
  groupsFrom,
  claimsReadAt: new Date(now),
});

export const knownClaimsOf = (row: Pick<SessionRow, "claims" | "groupsFrom">): KnownClaims => ({
  claims: JSON.parse(row.claims) as KnownClaims["claims"],
  groupsFrom: row.groupsFrom,
});

/** Adds a session and takes away the one that the same browser had. */
export async function insertSession(
  orm: Orm,
  row: Omit<SessionRow, "id">,
  replacedToken: string | undefined,
): Promise<SessionRow> {
  return orm.transaction(async (inside) => {
    if (replacedToken)
      await inside.delete(sessions).where(eq(sessions.tokenHash, fingerprintOf(replacedToken)));
    const added = { ...row, id: randomUUID() };
    await inside.insert(sessions).values(added);
    return added;
  });
}

export async function findSession(orm: Orm, token: string): Promise<SessionRow | undefined> {
  const [row] = await orm
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, fingerprintOf(token)));
  return row;
}

/** Those that have not ended, newest first; of one person when one is named. */
export async function listSessions(
  orm: Orm,
  now: number,
  idleMs: number,
  person?: string,
): Promise<SessionRow[]> {
  const isAlive = and(gt(sessions.expiresAt, new Date(now)), gt(sessions.seenAt, new Date(now - idleMs)));
  return orm
    .select()
    .from(sessions)
    .where(person === undefined ? isAlive : and(isAlive, eq(sessions.person, person)))
    .orderBy(desc(sessions.startedAt))
    .limit(200);
}

/** Ends sessions, with all that was kept of them; gives what they were. */
export const deleteSessions = (orm: Orm, which: SQL | undefined): Promise<SessionRow[]> =>
  orm.delete(sessions).where(which).returning();

/**
 * Takes away everything whose time is over: sessions with their claims and tokens, sign-ins nobody finished. `onEnded` is
 * given each session once, whoever deletes it.
 */
export async function deleteEnded(
  orm: Orm,
  now: number,
  idleMs: number,
  onEnded: (gone: SessionRow[]) => void = () => undefined,
): Promise<void> {
  const past = new Date(now);
  const ended = or(lte(sessions.expiresAt, past), lte(sessions.seenAt, new Date(now - idleMs)));
  // In small parts, so that no sign-in waits behind a long one.
  for (;;) {
    const some = await orm.select({ id: sessions.id }).from(sessions).where(ended).limit(500);
    if (some.length === 0) break;
    const ids = some.map(({ id }) => id);
    onEnded(await deleteSessions(orm, inArray(sessions.id, ids)));
  }
  await orm.delete(signInStates).where(lt(signInStates.expiresAt, past));
  await orm.delete(usedLogoutTokens).where(lt(usedLogoutTokens.expiresAt, past));
}

/** True the first time that a token's id is shown. */
export async function useLogoutToken(orm: Orm, jti: string, expiresAt: Date): Promise<boolean> {
  const added = await orm
    .insert(usedLogoutTokens)
    .values({ id: fingerprintOf(jti), expiresAt })
    .onConflictDoNothing()
    .returning({ id: usedLogoutTokens.id });
  return added.length > 0;
}
