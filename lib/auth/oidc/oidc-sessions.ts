import "server-only";
import { randomBytes } from "node:crypto";
import { and, eq, lt } from "drizzle-orm";
import { LRUCache } from "lru-cache";
import type { OidcSignIn } from "@/lib/config/sign-in-config";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { isActivity } from "@/lib/core/request-facts";
import { HOUR_MS, MINUTE_MS } from "@/lib/core/time";
import type { Database } from "@/lib/db/database";
import { sessions } from "@/lib/db/schema";
import { logger } from "@/lib/telemetry/logger";
import { describeBrowser } from "../describe-browser";
import { identityOf } from "../identity";
import { lineOf, personKey } from "../person-key";
import { returnPath } from "../return-path";
import type { Identity, SessionSummary } from "../types";
import { finishSignIn, type SignInPlace } from "./finish-sign-in";
import { freshClaims } from "./fresh-claims";
import { openProvider } from "./provider";
import { reasonOf } from "./provider-refusal";
import { sessionCookies } from "./session-cookies";
import {
  deleteEnded,
  deleteSessions,
  findSession,
  knownClaimsOf,
  listSessions,
  type SessionRow,
  useLogoutToken,
} from "./session-rows";
import { openSessionSecrets } from "./session-secrets";
import { beginSignIn, SIGN_IN_LASTS_SECONDS } from "./sign-in-states";
import { LOGOUT_TOKEN_LASTS_SECONDS } from "./verify-id-token";

const CALLBACK_PATH = "/api/auth/callback/oidc";
const SIGN_IN_PATH = "/sign-in";

/** How long an answer from the database serves the requests that follow; a revoked session lives so long elsewhere. */
const REMEMBERED_FOR_MS = 5_000;
const MAX_REMEMBERED = 5_000;
/** While the database is away nobody can be signed out, and who is there may go on for so long. */
const TRUSTED_FOR_MS = 10 * MINUTE_MS;
/** How exactly a session knows when its person last did something. */
const SEEN_EVERY_MS = MINUTE_MS;
/** How often a process that is asked anything takes away what has ended. */
const SWEEP_EVERY_MS = 10 * MINUTE_MS;

/** `again`: the person must prove now who they are. `other`: somebody else may be chosen. */
export type SignInKind = "again" | "other" | undefined;

/** Sessions of people who sign in at an OpenID Connect provider. Methods reject with `unavailable` while it or the database is away. */
export interface OidcSessions {
  /** Where to send the browser, and the cookies that tie the answer to it. */
  start(
    wantedPath: unknown,
    headers: Headers,
    kind?: SignInKind,
  ): Promise<{ url: string; cookies: string[] }>;
  /** Answers the provider's redirect: a new session and the way back, or the sign-in page with a reason. */
  finish(request: Request): Promise<{ response: Response; identity?: Identity; refusal?: string }>;
  /** Who the request's cookie stands for; undefined for none, an altered, an expired, an idle or a revoked one. Needs no provider. */
  find(headers: Headers): Promise<Identity | undefined>;
  /** Ends the request's session and its tokens. `url` is the provider's page for signing out there too, when that is wanted. */
  end(headers: Headers): Promise<{ url?: string; cookies: string[] }>;
  list(filter: { personId?: string; currentId?: string }): Promise<SessionSummary[]>;
  /** Ends a session, of that person only when one is given. False when there is none such. */
  revoke(id: string, personId?: string): Promise<boolean>;
  /** Has the provider revoke the tokens of sessions that ended by age and are deleted. Nobody waits for it. */
  revokeEnded(gone: SessionRow[]): void;
  /** Ends the sessions that a provider's logout token names; gives whose. Throws for a token that proves nothing or was used before. */
  endByProvider(logoutToken: string): Promise<{ actor: Identity["actor"]; sessionId: string }[]>;
}

export function openOidcSessions({
  signIn,
  database,
  clock,
}: {
  signIn: OidcSignIn;
  database: () => Promise<Database>;
  clock: Clock;
}): OidcSessions {
  const cookies = sessionCookies(signIn.url);
  const secrets = openSessionSecrets(signIn.secrets);
  const provider = openProvider(signIn);
  const idleMs = signIn.idleHours * HOUR_MS;
  const remembered = new LRUCache<string, { identity: Identity; at: number; seenAt: number }>({
    max: MAX_REMEMBERED,
  });
  const readings: Parameters<typeof freshClaims>[0]["readings"] = new Map();
  let sweptAt = Number.NEGATIVE_INFINITY;

  const rows = async () => (await database().catch(sayUnavailable)).orm;
  const claimsPlace = async () => ({ orm: await rows(), provider, signIn, secrets, clock, readings });

  const identityFrom = (row: SessionRow, claims = knownClaimsOf(row).claims): Identity | undefined => {
    const identity = identityOf(claims, signIn, signIn.issuer);
    // Another issuer's session, from before the settings changed, is nobody's here.
    if (identity.actor.id !== row.person) return undefined;
    const { freshMinutes } = signIn;
    const freshUntil = new Date((row.provenAt?.getTime() ?? 0) + freshMinutes * MINUTE_MS).toISOString();
    return {
      ...identity,
      actor: freshMinutes > 0 ? { ...identity.actor, freshUntil } : identity.actor,
      session: { id: row.id, personId: row.person, expiresAt: row.expiresAt.toISOString() },
    };
  };

  const signInPlace: SignInPlace = { signIn, provider, secrets, cookies, clock, rows, identityFrom };

  const forget = (gone: Pick<SessionRow, "id">[]) => {
    const ids = new Set(gone.map(({ id }) => id));
    for (const [cookie, { identity }] of remembered) {
      if (identity.session && ids.has(identity.session.id)) remembered.delete(cookie);
    }
  };

  const inBackground = (work: Promise<unknown>, what: string) => {
    work.catch((error: unknown) => logger().warn({ reason: reasonOf(error) }, what));
  };

  /** Nobody waits for it: the session is gone in any case. */
  const revokeTokens = async ({ refreshToken, accessToken }: SessionRow) => {
    const kind = refreshToken ? "refresh_token" : "access_token";
    const token = await secrets.unseal(refreshToken ?? accessToken ?? "");
    if (token !== undefined) await provider.revoke(token, kind);
  };
  const revokeAll = (gone: SessionRow[]) => {
    for (const row of gone)
      inBackground(revokeTokens(row), "the tokens of an ended session were not revoked");
  };

  /** One after the other, and no more once the provider does not answer: many sessions may end while nobody looks. */
  const revokeEnded = (gone: SessionRow[]) => {
    const now = clock.now();
    const alive = gone.filter(
      ({ refreshToken, accessTokenExpiresAt: ends }) => refreshToken || (ends && ends.getTime() > now),
    );
    const inTurn = async () => {
      for (const row of alive) await revokeTokens(row);
    };
    inBackground(inTurn(), "the tokens of sessions that ended by age were not revoked");
  };

  /** The person did something: the session is not idle. */
  const touch = async (id: string, now: number) => {
    const orm = await rows();
    await orm
      .update(sessions)
      .set({ seenAt: new Date(now) })
      .where(and(eq(sessions.id, id), lt(sessions.seenAt, new Date(now))));
  };

  const sweep = (now: number) => {
    if (now - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = now;
    inBackground(
      rows().then((orm) => deleteEnded(orm, now, idleMs, revokeEnded)),
      "ended sessions were not deleted",
    );
  };

  return {
    async start(wantedPath, headers, kind) {
      const orm = await rows();
      sweep(clock.now());
      const browserId = cookies.browserIn(headers) ?? randomBytes(32).toString("base64url");
      const begun = await beginSignIn({ orm }, clock, {
        browserId,
        path: returnPath(wantedPath),
        maxAgeSeconds: kind === "again" ? Math.max(60, signIn.freshMinutes * 60) : undefined,
      }).catch(sayUnavailable);
      const prompt = kind === "again" ? "login" : kind;
      const url = await provider.signInUrl(signIn.url + CALLBACK_PATH, begun, prompt).catch(sayUnavailable);
      return { url, cookies: [cookies.setBrowser(browserId, SIGN_IN_LASTS_SECONDS)] };
    },

    finish: (request) => finishSignIn(signInPlace, request),

    async find(headers) {
      const cookie = cookies.sessionIn(headers);
      const token = cookie && secrets.tokenIn(cookie);
      if (!cookie || !token) return undefined;
      const now = clock.now();
      const known = remembered.get(cookie);
      const isAlive = known?.identity.session && Date.parse(known.identity.session.expiresAt) > now;
      const isSeen = isActivity(headers);
      const see = (id: string, seenAt: number): number => {
        if (!isSeen || now - seenAt < SEEN_EVERY_MS) return seenAt;
        inBackground(touch(id, now), "a session's last use was not noted");
        return now;
      };
      if (known?.identity.session && isAlive && now - known.at < REMEMBERED_FOR_MS) {
        known.seenAt = see(known.identity.session.id, known.seenAt);
        return known.identity;
      }
      sweep(now);
      const row = await rows()
        .then((orm) => findSession(orm, token))
        .catch((error: unknown) => {
          if (known && isAlive && now - known.at < TRUSTED_FOR_MS) return known.identity;
          return sayUnavailable(error);
        });
      if (row && "actor" in row) return row;
      const hasEnded =
        !row || row.expiresAt.getTime() <= now || row.seenAt.getTime() + idleMs <= now || !identityFrom(row);
      const claims = hasEnded ? undefined : await freshClaims(await claimsPlace(), row).catch(sayUnavailable);
      const identity = row && claims && identityFrom(row, claims);
      if (!row || !identity) {
        remembered.delete(cookie);
        return undefined;
      }
      remembered.set(cookie, { identity, at: now, seenAt: see(row.id, row.seenAt.getTime()) });
      return identity;
    },

    async end(headers) {
      const orm = await rows();
      const row = await this.find(headers).then((identity) =>
        identity?.session
          ? deleteSessions(orm, eq(sessions.id, identity.session.id)).catch(sayUnavailable)
          : [],
      );
      forget(row);
      revokeAll(row);
      const [idToken] = await Promise.all(row.map((ended) => secrets.unseal(ended.idToken ?? "")));
      const url = signIn.signOutAtProvider
        ? await provider.signOutUrl(`${signIn.url}${SIGN_IN_PATH}`, idToken).catch(() => undefined)
        : undefined;
      return { url, cookies: [cookies.clearSession()] };
    },

    async list({ personId, currentId }) {
      const orm = await rows();
      const found = await listSessions(orm, clock.now(), idleMs, personId).catch(sayUnavailable);
      return found.flatMap((row) => {
        const actor = identityFrom(row)?.actor;
        if (!actor) return [];
        return {
          id: row.id,
          personId: row.person,
          actorId: actor.id,
          actorName: actor.name,
          actorLabel: actor.label,
          startedAt: row.startedAt.toISOString(),
          expiresAt: row.expiresAt.toISOString(),
          address: row.address ?? undefined,
          browser: row.userAgent ? describeBrowser(row.userAgent) : undefined,
          isCurrent: row.id === currentId,
        };
      });
    },

    async revoke(id, personId) {
      const orm = await rows();
      const isIt = eq(sessions.id, id);
      const which = personId === undefined ? isIt : and(isIt, eq(sessions.person, personId));
      const gone = await deleteSessions(orm, which).catch(sayUnavailable);
      forget(gone);
      revokeAll(gone);
      return gone.length > 0;
    },

    revokeEnded,

    async endByProvider(logoutToken) {
      const { sub, sid, jti, iat } = await provider.verifyLogout(logoutToken);
      const orm = await rows();
      const forgottenAt = new Date((Number(iat) + 2 * LOGOUT_TOKEN_LASTS_SECONDS) * 1000);
      if (!(await useLogoutToken(orm, String(jti), forgottenAt).catch(sayUnavailable))) {
        throw new Error("the token was used before");
      }
      const isPerson =
        typeof sub === "string" ? eq(sessions.person, personKey(signIn.issuer, sub)) : undefined;
      const isSession = typeof sid === "string" ? eq(sessions.providerSession, lineOf(sid)) : undefined;
      const gone = await deleteSessions(orm, and(isPerson, isSession)).catch(sayUnavailable);
      forget(gone);
      return gone.flatMap((row) => {
        const identity = identityFrom(row);
        return identity ? [{ actor: identity.actor, sessionId: row.id }] : [];
      });
    },
  };
}

function sayUnavailable(cause: unknown): never {
  if (cause instanceof ConsoleFailure) throw cause;
  const message = "The identity provider or the console's database isn't responding. Try again shortly.";
  throw new ConsoleFailure({ code: "unavailable", message }, { cause });
}
