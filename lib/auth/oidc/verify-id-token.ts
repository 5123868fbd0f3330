import "server-only";
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { SIGNATURES } from "@/lib/config/sign-in-config";

/** How far the clocks of the provider and of this machine may be apart. */
const CLOCK_TOLERANCE_SECONDS = 30;

type Expected = { issuer: string; clientId: string; keys: JWTVerifyGetKey };

/**
 * The claims of an ID token, checked as OpenID Connect Core 3.1.3.7 says: signature, issuer, audience, authorized
 * party, times. Throws for any token that fails one of them. The nonce is the caller's: a refreshed token has none.
 */
export async function verifyIdToken(
  token: string,
  { issuer, clientId, keys }: Expected,
): Promise<JWTPayload> {
  const { payload } = await jwtVerify(token, keys, {
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
  if (typeof payload.sub !== "string" || payload.sub === "") throw new Error("the token names nobody");
  return payload;
}
