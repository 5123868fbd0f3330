import "server-only";
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { deriveKey, openSealer, type Sealer } from "@/lib/core/sealed-text";

/** Tokens of sessions and the provider's tokens, as they leave the process. */
export interface SessionSecrets extends Sealer {
  /** A new token and the cookie value that carries it. */
  issue(): { token: string; cookie: string };
  /** The token within a cookie that one of the secrets signed; undefined for any other text. */
  tokenIn(cookie: string): string | undefined;
}

const COOKIE = /^([\w-]{43})\.([\w-]{43})$/;

/** `secrets`, newest first: the first one signs and encrypts, the others are still taken. */
export function openSessionSecrets(secrets: string[]): SessionSecrets {
  const keys = secrets.map((secret) => deriveKey(secret, "goldsmith sessions"));
  const [newest] = keys;
  if (!newest) throw new Error("there is no secret");
  return {
    issue() {
      const token = randomBytes(32).toString("base64url");
      return { token, cookie: `${token}.${signatureOf(token, newest)}` };
    },
    tokenIn(cookie) {
      const [, token = "", signature = ""] = COOKIE.exec(cookie) ?? [];
      const given = Buffer.from(signature);
      const isSigned = keys.some((key) => {
        const right = Buffer.from(signatureOf(token, key));
        return right.length === given.length && timingSafeEqual(right, given);
      });
      return token && isSigned ? token : undefined;
    },
    ...openSealer(secrets, "goldsmith provider tokens"),
  };
}

/** What a row keeps of a token: who reads the database cannot be anybody with it. */
export const fingerprintOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

const signatureOf = (token: string, key: Uint8Array) =>
  createHmac("sha256", key).update(token).digest("base64url");
