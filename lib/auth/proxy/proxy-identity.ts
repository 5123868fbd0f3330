import "server-only";
import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { CLOCK_TOLERANCE_SECONDS, type ProxySignIn } from "@/lib/config/sign-in-config";
import type { Clock } from "@/lib/core/clock";
import { ConsoleFailure } from "@/lib/core/failure";
import { requestAddress } from "@/lib/core/request-facts";
import { logger } from "@/lib/telemetry/logger";
import { identityOf, refusalOfClaims } from "../identity";
import type { Claims, Identity } from "../types";
import { openAlbKeys } from "./alb-keys";
import { verifyAlbToken } from "./alb-token";
import { TokenExpired, TokenRejected } from "./token-rejected";

const PATIENCE_MS = 5_000;
/** No proxy's header may be longer, so neither may a token. */
const MAX_TOKEN_LENGTH = 16_384;

/** Who a request comes from, or why nobody knows. */
export type ProxyAnswer = { identity: Identity } | { refusal: string };

/**
 * Reads who the proxy in front says is there. A header alone says nothing: what is not signed as configured is
 * refused. Rejects with `unavailable` while the proxy's keys cannot be read.
 */
export function openProxyIdentity(
  signIn: ProxySignIn,
  clock: Clock,
): (headers: Headers) => Promise<ProxyAnswer> {
  const verifyToken = signIn.proxy === "alb" ? albVerifier(signIn, clock) : keySetVerifier(signIn, clock);
  return async (headers) => {
    const token = tokenIn(headers.get(signIn.header));
    if (token === undefined) return { refusal: "no_token" };
    try {
      if (token.length > MAX_TOKEN_LENGTH) throw new TokenRejected("it is too long");
      const claims = await verifyToken(token, requestAddress(headers) ?? "");
      const refusal = refusalOfClaims(claims, signIn);
      return refusal ? { refusal } : { identity: identityOf(claims, signIn, signIn.issuer) };
    } catch (error) {
      if (!(error instanceof TokenRejected)) throw unavailable(error);
      logger().warn({ header: signIn.header, reason: error.message }, "a token was refused");
      return { refusal: error instanceof TokenExpired ? "token_expired" : "token_refused" };
    }
  };
}

function albVerifier({ signer = "", issuer, audience, keys }: ProxySignIn, clock: Clock) {
  const keyOf = openAlbKeys(keys, clock);
  return (token: string, address: string) =>
    verifyAlbToken(token, {
      ...{ signer, issuer, client: audience, nowMs: clock.now() },
      keyOf: (kid) => keyOf(kid, address),
    });
}

function keySetVerifier({ issuer, audience, keys, algorithms }: ProxySignIn, clock: Clock) {
  const keySet = createRemoteJWKSet(new URL(keys), { timeoutDuration: PATIENCE_MS });
  return async (token: string): Promise<Claims> => {
    try {
      const { payload } = await jwtVerify(token, keySet, {
        issuer,
        audience,
        algorithms,
        requiredClaims: ["exp"],
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        currentDate: new Date(clock.now()),
      });
      return payload;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new TokenExpired();
      if (isAboutToken(error)) throw new TokenRejected(error.message);
      throw error;
    }
  };
}

/** jose's own errors are about the token, but for two about the answer of the key set's server. */
const isAboutToken = (error: unknown): error is Error =>
  error instanceof errors.JOSEError &&
  !(
    error instanceof errors.JWKSTimeout ||
    error instanceof errors.JWKSInvalid ||
    error.code === "ERR_JOSE_GENERIC"
  );

/** The only token of the header. Two headers arrive as one with a comma: whose would be the true one? */
function tokenIn(header: string | null): string | undefined {
  const token = header?.replace(/^Bearer +/i, "").trim();
  return token ? token : undefined;
}

const unavailable = (cause: unknown) =>
  new ConsoleFailure(
    {
      code: "unavailable",
      message: "The sign-in proxy's keys can't be read, so nobody can sign in. Try again shortly.",
    },
    { cause },
  );
