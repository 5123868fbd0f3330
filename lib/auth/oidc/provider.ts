import "server-only";
import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import type { OidcSignIn } from "@/lib/config/sign-in-config";
import type { Claims } from "../types";
import { verifyIdToken } from "./verify-id-token";

const PATIENCE_MS = 5_000;
/** Nothing a provider says about itself or a person is longer. */
const MAX_BYTES = 256 * 1024;

const discoverySchema = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
});

/** The provider refused a token it had given: the person may no longer come in. */
export class TokenRefused extends Error {
  override name = "TokenRefused";
}

/** The identity provider, as far as the console asks it itself; better-auth does the exchange of the code. */
export interface Provider {
  /** As the provider writes it, with or without a slash at its end. */
  issuer: string;
  discoveryUrl: string;
  /** Verified claims of the ID token, completed by the user info. Rejects what does not fit together. */
  readClaims(tokens: { idToken: string; accessToken?: string }): Promise<Claims>;
  /** What the provider says now. Throws `TokenRefused` when it no longer takes the token. */
  readUserInfo(accessToken: string): Promise<Claims>;
  /** Rejects while the provider does not answer. */
  ping(): Promise<void>;
}

/** Reads the provider's own description. Rejects when it is away or is not the issuer it should be. */
export async function discoverProvider({ issuer: wanted, clientId }: OidcSignIn): Promise<Provider> {
  const discoveryUrl = `${wanted.replace(/\/+$/, "")}/.well-known/openid-configuration`;
  const { issuer, jwks_uri, userinfo_endpoint } = discoverySchema.parse(await getJson(discoveryUrl));
  if (issuer.replace(/\/$/, "") !== wanted.replace(/\/$/, "")) {
    throw new Error(`GOLDSMITH_OIDC_ISSUER is ${wanted}, but the provider there calls itself ${issuer}`);
  }
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: PATIENCE_MS });
  const readUserInfo = async (accessToken: string) =>
    userinfo_endpoint ? claimsSchema.parse(await getJson(userinfo_endpoint, accessToken)) : {};
  return {
    issuer,
    discoveryUrl,
    readUserInfo,
    ping: async () => {
      await getJson(discoveryUrl);
    },
    async readClaims({ idToken, accessToken }) {
      const signed = await verifyIdToken(idToken, { issuer, clientId, keys });
      const told: Claims = accessToken ? await readUserInfo(accessToken) : {};
      // https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse: another subject is another person.
      if (told.sub !== undefined && told.sub !== signed.sub)
        throw new Error("the user info is about somebody else");
      return { ...told, ...signed };
    },
  };
}

const claimsSchema = z.record(z.string(), z.unknown());

async function getJson(url: string, accessToken?: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: "application/json", ...(accessToken && { authorization: `Bearer ${accessToken}` }) },
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (accessToken && (response.status === 401 || response.status === 403)) {
    throw new TokenRefused(`${url} answered ${response.status}`);
  }
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const text = await response.text();
  if (text.length > MAX_BYTES) throw new Error(`${url} answered with ${text.length} characters`);
  return JSON.parse(text);
}
