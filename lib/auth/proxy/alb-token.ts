import "server-only";
import { createPublicKey, type KeyObject, verify } from "node:crypto";
import { CLOCK_TOLERANCE_SECONDS } from "@/lib/config/sign-in-config";
import type { Claims } from "../types";
import { TokenExpired, TokenRejected } from "./token-rejected";

/** The load balancer pads its segments, which no other JWT does; the padding is part of what it signed. */
const SEGMENTS = /^([\w-]+={0,2})\.([\w-]+={0,2})\.([\w-]+={0,2})$/;
const SIGNATURE_BYTES = 64;

type Expected = {
  /** ARN of the load balancer. */
  signer: string;
  issuer: string;
  /** Client id of the load balancer at the identity provider; not looked at when absent. */
  client?: string;
  keyOf(kid: string): Promise<KeyObject>;
  nowMs: number;
};

/**
 * The claims in a load balancer's `x-amzn-oidc-data`. Throws `TokenRejected` unless this very load balancer signed
 * them, lately, about somebody whom the expected provider vouches for.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding
 */
export async function verifyAlbToken(token: string, expected: Expected): Promise<Claims> {
  const [, header64 = "", claims64 = "", signature64 = ""] = SEGMENTS.exec(token) ?? [];
  if (!header64) throw new TokenRejected("it is no JWT");
  const header = objectIn(header64);
  if (header.alg !== "ES256") throw new TokenRejected("its algorithm is not ES256");
  if ("crit" in header) throw new TokenRejected("it names critical extensions");
  // Anybody can have a load balancer, and all of a Region share the place where their keys are.
  if (header.signer !== expected.signer) throw new TokenRejected("another load balancer signed it");
  if (header.iss !== expected.issuer) throw new TokenRejected("its issuer is another");
  if (expected.client !== undefined && header.client !== expected.client) {
    throw new TokenRejected("it was made for another client");
  }
  // The id becomes a part of an address.
  if (typeof header.kid !== "string" || !/^[\w-]{1,64}$/.test(header.kid)) {
    throw new TokenRejected("its key id is none");
  }
  const signature = Buffer.from(signature64, "base64url");
  const key = { key: await expected.keyOf(header.kid), dsaEncoding: "ieee-p1363" as const };
  const isSigned =
    signature.length === SIGNATURE_BYTES &&
    verify("sha256", Buffer.from(`${header64}.${claims64}`), key, signature);
  if (!isSigned) throw new TokenRejected("its signature does not fit");
  const claims = objectIn(claims64);
  for (const { exp } of [header, { exp: claims.exp ?? header.exp }]) {
    if (typeof exp !== "number" || exp * 1000 <= expected.nowMs - CLOCK_TOLERANCE_SECONDS * 1000) {
      throw typeof exp === "number" ? new TokenExpired() : new TokenRejected("it says no end");
    }
  }
  if (claims.iss !== undefined && claims.iss !== expected.issuer) {
    throw new TokenRejected("its issuer is another");
  }
  return claims;
}

function objectIn(segment: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, "base64url").toString());
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new TokenRejected("it is no JWT");
}

/** Reads a key as the Region's endpoint gives it: P-256, nothing else could have made an ES256 signature. */
export function readAlbKey(pem: string): KeyObject {
  const key = createPublicKey(pem);
  if (key.asymmetricKeyDetails?.namedCurve !== "prime256v1") throw new TokenRejected("its key is not P-256");
  return key;
}
