import "server-only";
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { CLOCK_TOLERANCE_SECONDS, SIGNATURES } from "@/lib/config/sign-in-config";

type Expected = { issuer: string; clientId: string; keys: JWTVerifyGetKey };

/**
 * The claims of an ID token, checked as OpenID Connect Core 3.1.3.7 says: signature, issuer, audience, authorized
 * party, times. Throws for any token that fails one of them. The nonce is the caller's: a refreshed token has none.
 */
export async function verifyIdToken(
  token: string,
  { issuer, clientId, keys }: Expected,
): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    algorithms: SIGNATURES,
    requiredClaims: ["sub", "exp", "iat"],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
  });
  const sharesAudience = Array.isArray(payload.aud) && payload.aud.length > 1;
  if ((sharesAudience || payload.azp !== undefined) && payload.azp !== clientId) {
    throw new Error("the token was issued to another client");
  }
  if (typeof payload.sub !== "string" || payload.sub.trim() === "") throw new Error("the token names nobody");
  // A token that ends sessions, or one for an API, is signed with the same keys.
  if (!isTyped(protectedHeader.typ, "jwt")) throw new Error(`the token is a ${String(protectedHeader.typ)}`);
  if (payload.events !== undefined) throw new Error("the token tells of an event, not of a sign-in");
  return payload;
}

/** https://openid.net/specs/openid-connect-backchannel-1_0.html#LogoutToken */
const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";
/** A token that is older was kept by somebody. */
export const LOGOUT_TOKEN_LASTS_SECONDS = 600;

/**
 * The claims of a logout token, checked as OpenID Connect Back-Channel Logout 1.0 section 2.6 says. Throws for any token
 * that fails. That its `jti` is new is the caller's to check.
 */
export async function verifyLogoutToken(
  token: string,
  { issuer, clientId, keys }: Expected,
): Promise<JWTPayload> {
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    issuer,
    audience: clientId,
    algorithms: SIGNATURES,
    requiredClaims: ["iat", "jti", "events"],
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    maxTokenAge: LOGOUT_TOKEN_LASTS_SECONDS,
  });
  // The type is new in 1.0: older providers leave it out or write JWT.
  if (!isTyped(protectedHeader.typ, "logout+jwt", "jwt")) throw new Error("the token is of another type");
  const { events, jti, sub, sid } = payload;
  const event = typeof events === "object" && events !== null ? (events as Record<string, unknown>) : {};
  const body = Object.hasOwn(event, LOGOUT_EVENT) ? event[LOGOUT_EVENT] : undefined;
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new Error("the token tells of no logout");
  if ("nonce" in payload) throw new Error("the token has a nonce: it was made for a sign-in");
  if (typeof jti !== "string" || jti === "") throw new Error("the token has no id");
  for (const [name, value] of Object.entries({ sub, sid })) {
    if (value !== undefined && (typeof value !== "string" || value === ""))
      throw new Error(`its ${name} is no text`);
  }
  if (sub === undefined && sid === undefined)
    throw new Error("the token names neither a person nor a session");
  return payload;
}

/** RFC 8725 3.11: the type, where there is one; `application/` before it may be left out. */
const isTyped = (typ: unknown, ...types: string[]) =>
  typ === undefined ||
  (typeof typ === "string" && types.includes(typ.toLowerCase().replace(/^application\//, "")));
