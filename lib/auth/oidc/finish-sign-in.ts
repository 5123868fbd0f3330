import "server-only";
import type { OidcSignIn } from "@/lib/config/sign-in-config";
import { cutText } from "@/lib/core/canonical-text";
import type { Clock } from "@/lib/core/clock";
import { requestAddress } from "@/lib/core/request-facts";
import { HOUR_MS } from "@/lib/core/time";
import type { Orm } from "@/lib/db/database";
import { logger } from "@/lib/telemetry/logger";
import { refusalOfClaims } from "../identity";
import { lineOf, personKey } from "../person-key";
import type { Claims, Identity } from "../types";
import { claimsOf, type KnownClaims } from "./claims-of-person";
import type { Provider, Tokens } from "./provider";
import { reasonOf, refusalIn } from "./provider-refusal";
import type { sessionCookies } from "./session-cookies";
import { claimColumns, insertSession, type SessionRow, tokenColumns } from "./session-rows";
import { fingerprintOf, type SessionSecrets } from "./session-secrets";
import { type SignInUnderWay, takeSignIn } from "./sign-in-states";

export type SignInPlace = {
  signIn: OidcSignIn;
  provider: Provider;
  secrets: SessionSecrets;
  cookies: ReturnType<typeof sessionCookies>;
  clock: Clock;
  rows: () => Promise<Orm>;
  identityFrom: (row: SessionRow) => Identity | undefined;
};

const MAX_USER_AGENT = 500;

/**
 * Answers the provider's redirect. Nothing is done for, logged or recorded of an answer that belongs to no sign-in of this
 * browser. `refusal` is the code of the sentence that the sign-in page shows.
 */
export async function finishSignIn(
  place: SignInPlace,
  request: Request,
): Promise<{ response: Response; identity?: Identity; refusal?: string }> {
  const { signIn, cookies, clock, secrets } = place;
  const came = new URL(request.url);
  const orm = await place.rows();
  const browserId = cookies.browserIn(request.headers);
  const underWay = await takeSignIn({ orm }, clock, { browserId, answer: came.searchParams });
  if (!underWay) return refuse("state_mismatch");
  // What stands between may have changed scheme and host; the provider knows the public address.
  const address = new URL(`${signIn.url}${came.pathname}${came.search}`);

  let signed: Awaited<ReturnType<typeof readSignedIn>>;
  try {
    signed = await readSignedIn(place, address, underWay);
  } catch (error) {
    const code = refusalIn(error)?.code;
    const step = underWay.maxAgeSeconds === undefined ? "sign-in" : "fresh sign-in";
    logger().warn({ step, code, reason: reasonOf(error) }, `the ${step} failed`);
    return refuse(codeFor(error, underWay), underWay.path);
  }
  const { known, idToken } = signed;
  const refusal = refusalOfClaims(known.claims, signIn);
  if (refusal) return refuse(refusal, underWay.path);

  const now = clock.now();
  const { token, cookie } = secrets.issue();
  const replaced = cookies.sessionIn(request.headers);
  const row = await insertSession(
    orm,
    {
      ...(await tokenColumns(signed.tokens, secrets, now)),
      ...claimColumns(known, now),
      person: personKey(signIn.issuer, String(known.claims.sub)),
      tokenHash: fingerprintOf(token),
      providerSession: typeof idToken.sid === "string" ? lineOf(idToken.sid) : null,
      groupsReadAt: new Date(now),
      claimsAskedAt: null,
      provenAt:
        typeof idToken.auth_time === "number" ? new Date(Math.min(idToken.auth_time * 1000, now)) : null,
      startedAt: new Date(now),
      seenAt: new Date(now),
      expiresAt: new Date(now + signIn.sessionHours * HOUR_MS),
      address: requestAddress(request.headers) ?? null,
      userAgent: cutText(request.headers.get("user-agent") ?? "", MAX_USER_AGENT) || null,
    },
    replaced && secrets.tokenIn(replaced),
  );
  const setCookie = cookies.setSession(cookie, signIn.sessionHours * 3600);
  return { response: redirectTo(underWay.path, setCookie), identity: place.identityFrom(row) };
}

/** The provider's answer, redeemed and verified. */
async function readSignedIn(
  { provider, signIn }: SignInPlace,
  address: URL,
  underWay: SignInUnderWay,
): Promise<{ tokens: Tokens; idToken: Claims; known: KnownClaims }> {
  const tokens = await provider.redeem(address, underWay);
  const idToken = await provider.verifySignedIn(tokens.idToken ?? "");
  const told = await provider.readUserInfo(tokens.accessToken, idToken.sub);
  return { tokens, idToken, known: claimsOf(idToken, told, signIn) };
}

/** The sentence that helps: see `sign-in-reasons.ts`. */
function codeFor(error: unknown, { maxAgeSeconds }: SignInUnderWay): string {
  const refusal = refusalIn(error);
  if (refusal) return refusal.code;
  // A provider may let somebody in without asking again, or not say when it asked.
  if (maxAgeSeconds !== undefined && /auth_time|last End-User auth/.test(reasonOf(error)))
    return "sign_in_not_fresh";
  return isAway(error) ? "unavailable" : "not_verified";
}

/** The provider did not answer, or answered that it cannot. */
function isAway(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) {
    if (at.name === "TimeoutError" || /fetch failed|answered (5\d\d|429)/.test(at.message)) return true;
  }
  return false;
}

const refuse = (refusal: string, path?: string) => {
  const query = new URLSearchParams({ ...(path !== undefined && { to: path }), error: refusal });
  return { response: redirectTo(`/sign-in?${query}`), refusal };
};

function redirectTo(location: string, cookie?: string): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  if (cookie) headers.append("set-cookie", cookie);
  return new Response(null, { status: 302, headers });
}
