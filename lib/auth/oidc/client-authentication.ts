import "server-only";
import { createPrivateKey } from "node:crypto";
import { importPKCS8 } from "jose";
import * as oauth from "openid-client";
import {
  CLIENT_AUTHENTICATIONS,
  type ClientAuthentication,
  type OidcSignIn,
} from "@/lib/config/sign-in-config";

export type WayIn = { method: ClientAuthentication; authenticate: oauth.ClientAuth };

/**
 * How the console can prove at the token endpoint who it is, most likely first: the way that is configured, else each
 * that fits its credentials and that the provider's description names. Without a word there it is client_secret_basic.
 * https://openid.net/specs/openid-connect-core-1_0.html#ClientAuthentication
 */
export async function clientAuthentications(
  signIn: OidcSignIn,
  offered: string[] | undefined,
): Promise<WayIn[]> {
  const { clientAuthentication: wanted, clientSecret, clientKey } = signIn;
  if (wanted) return [{ method: wanted, authenticate: await authenticatorOf(wanted, signIn) }];
  if (!clientSecret && !clientKey) return [{ method: "none", authenticate: oauth.None() }];
  const fitting: ClientAuthentication[] = clientKey
    ? ["private_key_jwt"]
    : ["client_secret_basic", "client_secret_post", "client_secret_jwt"];
  const named = fitting.filter((method) => (offered ?? ["client_secret_basic"]).includes(method));
  // A description that names none of them may be wrong; the provider's answer says more.
  const methods = named.length > 0 ? named : fitting;
  return Promise.all(
    CLIENT_AUTHENTICATIONS.filter((method) => methods.includes(method)).map(async (method) => ({
      method,
      authenticate: await authenticatorOf(method, signIn),
    })),
  );
}

async function authenticatorOf(
  method: ClientAuthentication,
  { clientSecret, clientKey, clientKeyId }: OidcSignIn,
): Promise<oauth.ClientAuth> {
  if (method === "none") return oauth.None();
  if (method === "client_secret_basic") return oauth.ClientSecretBasic(clientSecret);
  if (method === "client_secret_post") return oauth.ClientSecretPost(clientSecret);
  if (method === "client_secret_jwt") return oauth.ClientSecretJwt(clientSecret);
  const pem = clientKey ?? "";
  const key = await importPKCS8(pem, algorithmOf(pem));
  return oauth.PrivateKeyJwt(clientKeyId ? { key, kid: clientKeyId } : key);
}

/** The signature that a private key makes; its kind leaves no other for curves, and RS256 is what every provider takes. */
function algorithmOf(pem: string): string {
  const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem);
  if (asymmetricKeyType === "ed25519") return "Ed25519";
  if (asymmetricKeyType === "rsa") return "RS256";
  if (asymmetricKeyType === "rsa-pss") return "PS256";
  const curves: Record<string, string> = { prime256v1: "ES256", secp384r1: "ES384", secp521r1: "ES512" };
  const algorithm = curves[asymmetricKeyDetails?.namedCurve ?? ""];
  if (!algorithm)
    throw new Error("GOLDSMITH_OIDC_CLIENT_KEY must be an RSA, P-256, P-384, P-521 or Ed25519 key");
  return algorithm;
}
