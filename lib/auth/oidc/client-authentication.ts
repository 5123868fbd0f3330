import "server-only";
import { createPrivateKey } from "node:crypto";
import { importPKCS8 } from "jose";
import * as oauth from "openid-client";
import {
  CLIENT_AUTHENTICATIONS,
  type ClientAuthentication,
  type OidcSignIn,
} from "@/lib/config/sign-in-config";

export type WayIn = {
  /** For the log. */
  method: string;
  authenticate: oauth.ClientAuth;
};

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
  if (wanted) return waysOf(wanted, signIn);
  if (!clientSecret && !clientKey) return [{ method: "none", authenticate: oauth.None() }];
  const fitting: ClientAuthentication[] = clientKey
    ? ["private_key_jwt"]
    : ["client_secret_basic", "client_secret_post", "client_secret_jwt"];
  const named = fitting.filter((method) => (offered ?? ["client_secret_basic"]).includes(method));
  // A description that names none of them may be wrong; the provider's answer says more.
  const methods = named.length > 0 ? named : fitting;
  const ways = CLIENT_AUTHENTICATIONS.filter((method) => methods.includes(method)).map((method) =>
    waysOf(method, signIn),
  );
  return (await Promise.all(ways)).flat();
}

async function waysOf(method: ClientAuthentication, signIn: OidcSignIn): Promise<WayIn[]> {
  const { clientId, clientSecret = "", clientKey = "", clientKeyId } = signIn;
  if (method === "none") return [{ method, authenticate: oauth.None() }];
  if (method === "client_secret_basic") {
    const encoded = basic(formEncoded(clientId), formEncoded(clientSecret));
    const plain = basic(clientId, clientSecret);
    // RFC 6749 2.3.1 has both encoded first, which not every provider undoes.
    const isOne = formEncoded(clientId) === clientId && formEncoded(clientSecret) === clientSecret;
    return isOne
      ? [{ method, authenticate: encoded }]
      : [
          { method, authenticate: encoded },
          { method: `${method}, not encoded`, authenticate: plain },
        ];
  }
  if (method === "client_secret_post")
    return [{ method, authenticate: oauth.ClientSecretPost(clientSecret) }];
  if (method === "client_secret_jwt") return [{ method, authenticate: oauth.ClientSecretJwt(clientSecret) }];
  const key = await importPKCS8(clientKey, algorithmOf(clientKey));
  return [{ method, authenticate: oauth.PrivateKeyJwt(clientKeyId ? { key, kid: clientKeyId } : key) }];
}

/** openid-client also encodes hyphens, dots and underscores, which few providers expect. */
const basic =
  (id: string, secret: string): oauth.ClientAuth =>
  (_server, _client, _body, headers) => {
    headers.set("authorization", `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`);
  };

const formEncoded = (text: string) => new URLSearchParams([["", text]]).toString().slice(1);

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
