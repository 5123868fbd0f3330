import "server-only";
import { and, desc, eq, gt, lt } from "drizzle-orm";
import type { OidcSignIn } from "@/lib/config/sign-in-config";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import type { Database } from "@/lib/db/database";
import { people, sessions, signInStates } from "@/lib/db/schema";
import { logger } from "@/lib/telemetry/logger";
import { describeBrowser } from "../describe-browser";
import { identityOf } from "../identity";
import { returnPath } from "../return-path";
import type { Claims, Identity, SessionSummary } from "../types";
import {
  type BetterAuth,
  createBetterAuth,
  PROVIDER_ID,
  SIGN_IN_PATH,
  sessionCookieName,
} from "./create-better-auth";
import { freshClaims } from "./fresh-claims";
import { inTime } from "./in-time";
import { discoverProvider, type Provider } from "./provider";

/** How long an answer from the database serves the requests that follow; a revoked session lives so long elsewhere. */
const REMEMBERED_FOR_MS = 5_000;
const MAX_REMEMBERED = 5_000;
/** While the database is away nobody can be signed out, and who is there may go on for so long. */
const TRUSTED_FOR_MS = 10 * 60_000;

/** Sessions of people who sign in at an OpenID Connect provider. Methods reject with `unavailable` while it or the database is away. */
export interface OidcSessions {
  /** Where to send the browser, and the cookies that tie the answer to it. */
  start(wantedPath: unknown, headers: Headers): Promise<{ url: string; cookies: string[] }>;
  /** Answers the provider's redirect: a new session and the way back, or the sign-in page with a reason. */
  finish(request: Request): Promise<{ response: Response; identity?: Identity; refusal?: string }>;
  /** Who the request's cookie stands for; undefined for none, an altered, an expired or a revoked one. */
  find(headers: Headers): Promise<Identity | undefined>;
  /** Ends the request's session. `url` is the provider's page for signing out there too, when that is wanted. */
  end(headers: Headers): Promise<{ url?: string; cookies: string[] }>;
  list(filter: { personId?: string; currentId?: string }): Promise<SessionSummary[]>;
  /** Ends a session, of that person only when one is given. False when there is none such. */
  revoke(id: string, personId?: string): Promise<boolean>;
}

type Opened = { auth: BetterAuth; provider: Provider; orm: Database["orm"] };

export function openOidcSessions({
  signIn,
  database,
  clock,
}: {
  signIn: OidcSignIn;
  database: () => Promise<Database>;
  clock: Clock;
}): OidcSessions {
  const cookieName = sessionCookieName(signIn.url);
  const remembered = new Map<string, { identity: Identity; at: number }>();
  let discovered: Promise<Provider> | undefined;
  let opened: Opened | undefined;

  /** A provider that is away at the start may come back: until then every sign-in tries again. */
  const open = async (): Promise<Opened> => {
    if (opened) return opened;
    const { orm } = await database();
    discovered ??= discoverProvider(signIn).catch((error: unknown) => {
      discovered = undefined;
      logger().error({ err: error }, "the identity provider cannot be used");
      throw error;
    });
    const provider = await discovered;
    const auth = createBetterAuth({ signIn, provider, orm });
    await inTime(auth.$context);
    opened ??= { auth, provider, orm };
    return opened;
  };
  const openOrSay = () => open().catch(sayUnavailable);

  const toIdentity = (
    claims: Claims,
    session: { id: string; userId: string; expiresAt: Date },
  ): Identity => ({
    ...identityOf(claims, signIn, signIn.issuer),
    session: { id: session.id, personId: session.userId, expiresAt: session.expiresAt.toISOString() },
  });

  const sessionOf = ({ auth }: Opened, cookie: string) =>
    auth.api.getSession({
      // Only the cookie that is remembered, so that no second one of its name can answer in its place.
      headers: new Headers({ cookie: `${cookieName}=${cookie}` }),
      query: { disableRefresh: true },
    });

  const forget = (id: string) => {
    for (const [cookie, { identity }] of remembered) {
      if (identity.session?.id === id) remembered.delete(cookie);
    }
  };

  return {
    async start(wantedPath, headers) {
      const { auth, orm, provider } = await openOrSay();
      // Said here rather than found out in the browser, at an address that is no page of the console.
      await provider.ping().catch(sayUnavailable);
      const path = returnPath(wantedPath);
      const now = new Date(clock.now());
      await orm.delete(sessions).where(lt(sessions.expiresAt, now));
      await orm.delete(signInStates).where(lt(signInStates.expiresAt, now));
      const { headers: answer, response } = await auth.api.signInSocial({
        headers,
        returnHeaders: true,
        body: {
          provider: PROVIDER_ID,
          callbackURL: path,
          errorCallbackURL: `${SIGN_IN_PATH}?to=${encodeURIComponent(path)}`,
        },
      });
      if (!response.url) throw new Error("better-auth gave no address of the provider");
      return { url: response.url, cookies: answer.getSetCookie() };
    },

    async finish(request) {
      const { auth, orm } = await openOrSay();
      const response = await inTime(auth.handler(request));
      const location = new URL(response.headers.get("location") ?? "", signIn.url);
      const refusal = location.searchParams.get("error") ?? undefined;
      const token = sessionTokenOf(response.headers.getSetCookie(), cookieName);
      if (!token) return { response, refusal: refusal ?? "unknown" };
      const [row] = await orm
        .select({ session: sessions, claims: people.claims })
        .from(sessions)
        .innerJoin(people, eq(people.id, sessions.userId))
        .where(eq(sessions.token, token));
      if (!row) return { response };
      return { response, identity: toIdentity(JSON.parse(row.claims) as Claims, row.session) };
    },

    async find(headers) {
      const cookie = cookieOf(headers, cookieName);
      if (!cookie) return undefined;
      const known = remembered.get(cookie);
      const now = clock.now();
      const isAlive = known?.identity.session && Date.parse(known.identity.session.expiresAt) > now;
      if (known && isAlive && now - known.at < REMEMBERED_FOR_MS) return known.identity;
      const place = await openOrSay();
      const found = await sessionOf(place, cookie).catch((error: unknown) => {
        if (known && isAlive && now - known.at < TRUSTED_FOR_MS) return known.identity;
        return sayUnavailable(error);
      });
      if (!found) {
        remembered.delete(cookie);
        return undefined;
      }
      if ("actor" in found) return found;
      const claims = await freshClaims({ ...place, signIn, clock }, found.user).catch(sayUnavailable);
      if (!claims) {
        remembered.delete(cookie);
        return undefined;
      }
      const identity = toIdentity(claims, found.session);
      remembered.set(cookie, { identity, at: now });
      const [oldest] = remembered.keys();
      if (remembered.size > MAX_REMEMBERED && oldest !== undefined) remembered.delete(oldest);
      return identity;
    },

    async end(headers) {
      const { auth } = await openOrSay();
      const identity = await this.find(headers);
      const { headers: answer, response } = await auth.api.signOut({
        headers,
        returnHeaders: true,
        body: { callbackURL: `${signIn.url}${SIGN_IN_PATH}`, disableRedirect: true },
      });
      if (identity?.session) forget(identity.session.id);
      return { url: signIn.signOutAtProvider ? response.url : undefined, cookies: answer.getSetCookie() };
    },

    async list({ personId, currentId }) {
      const { orm } = await openOrSay();
      const isAlive = gt(sessions.expiresAt, new Date(clock.now()));
      const rows = await orm
        .select({ session: sessions, claims: people.claims })
        .from(sessions)
        .innerJoin(people, eq(people.id, sessions.userId))
        .where(personId ? and(isAlive, eq(sessions.userId, personId)) : isAlive)
        .orderBy(desc(sessions.createdAt))
        .limit(200);
      return rows.map(({ session, claims }) => {
        const { actor } = identityOf(JSON.parse(claims) as Claims, signIn, signIn.issuer);
        return {
          id: session.id,
          personId: session.userId,
          actorId: actor.id,
          actorName: actor.name,
          actorLabel: actor.label,
          startedAt: session.createdAt.toISOString(),
          expiresAt: session.expiresAt.toISOString(),
          address: session.ipAddress ?? undefined,
          browser: session.userAgent ? describeBrowser(session.userAgent) : undefined,
          isCurrent: session.id === currentId,
        };
      });
    },

    async revoke(id, personId) {
      const { orm } = await openOrSay();
      const isIt = eq(sessions.id, id);
      const gone = await orm
        .delete(sessions)
        .where(personId ? and(isIt, eq(sessions.userId, personId)) : isIt)
        .returning({ id: sessions.id });
      forget(id);
      return gone.length > 0;
    },
  };
}

function cookieOf(headers: Headers, name: string): string | undefined {
  const pairs = (headers.get("cookie") ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The token within a cookie that was just set, without its signature. */
function sessionTokenOf(setCookies: string[], name: string): string | undefined {
  const value = setCookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1);
  return value && decodeURIComponent(value).split(".")[0];
}

function sayUnavailable(cause: unknown): never {
  if (cause instanceof ConsoleFailure) throw cause;
  const message = "The identity provider or the console's database does not answer. Try again shortly.";
  throw new ConsoleFailure({ code: "unavailable", message }, { cause });
}
