import "server-only";
import { createRemoteJWKSet, type JWTVerifyGetKey } from "jose";
import { z } from "zod";
import type { OidcSignIn } from "@/lib/config/sign-in-config";

export const PATIENCE_MS = 5_000;
/** Nothing a provider says about itself or a person is longer. */
const MAX_BYTES = 256 * 1024;

/** OpenID Connect Discovery 1.0, as far as the console reads it. */
const descriptionSchema = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
  revocation_endpoint: z.url().optional(),
  end_session_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  code_challenge_methods_supported: z.array(z.string()).optional(),
  prompt_values_supported: z.array(z.string()).optional(),
});

/** What a provider says of itself, and its keys. */
export type Description = {
  said: z.infer<typeof descriptionSchema>;
  keys: JWTVerifyGetKey;
  /** Tells one description from another. */
  text: string;
};

/** Reads the provider's description. Rejects when it is away or is not the issuer it should be. */
export async function readDescription({ issuer: wanted }: Pick<OidcSignIn, "issuer">): Promise<Description> {
  const text = await getText(`${wanted.replace(/(?<!\/)\/+$/, "")}/.well-known/openid-configuration`);
  const said = descriptionSchema.parse(JSON.parse(text));
  if (said.issuer.replace(/\/$/, "") !== wanted.replace(/\/$/, "")) {
    throw new Error(`GOLDSMITH_OIDC_ISSUER is ${wanted}, but the provider there calls itself ${said.issuer}`);
  }
  if (wanted.startsWith("https:")) {
    for (const [name, address] of Object.entries(said)) {
      if (/_(endpoint|uri)$/.test(name) && typeof address === "string" && !address.startsWith("https:")) {
        throw new Error(`the provider's ${name} is ${address}, which is not https`);
      }
    }
  }
  const keys = createRemoteJWKSet(new URL(said.jwks_uri), { timeoutDuration: PATIENCE_MS });
  return { said, keys, text };
}

/** A request that a person's token answers for was refused with 401 or 403. */
export class TokenRefused extends Error {
  override name = "TokenRefused";
}

/** Text of an address of the provider. Throws `TokenRefused` when it does not take the access token. */
export async function getText(url: string, accessToken?: string): Promise<string> {
  const response = await fetch(url, {
    headers: { accept: "application/json", ...(accessToken && { authorization: `Bearer ${accessToken}` }) },
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (accessToken && (response.status === 401 || response.status === 403)) {
    throw new TokenRefused(`${url} answered ${response.status}`);
  }
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return boundedText(response, url);
}

/** A body that may not be longer than anything a provider has to say. */
export async function boundedText(response: Response, url: string): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MAX_BYTES) throw new Error(`${url} answers with more than ${MAX_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}
