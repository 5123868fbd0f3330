import "server-only";
import { createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { CompactEncrypt, compactDecrypt } from "jose";

/** Tokens of sessions and the provider's tokens, as they leave the process. */
export interface SessionSecrets {
  /** A new token and the cookie value that carries it. */
  issue(): { token: string; cookie: string };
  /** The token within a cookie that one of the secrets signed; undefined for any other text. */
  tokenIn(cookie: string): string | undefined;
  /** Encrypts with the newest secret. */
  seal(text: string): Promise<string>;
  /** What `seal` has sealed; undefined when none of the secrets fits. */
  unseal(sealed: string): Promise<string | undefined>;
}

const COOKIE = /^([\w-]{43})\.([\w-]{43})$/;

/** `secrets`, newest first: the first one signs and encrypts, the others are still taken. */
export function openSessionSecrets(secrets: string[]): SessionSecrets {
  const keys = secrets.map((secret) => ({
    signing: keyFrom(secret, "goldsmith sessions"),
    sealing: keyFrom(secret, "goldsmith provider tokens"),
  }));
  const [newest] = keys;
  if (!newest) throw new Error("there is no secret");
  return {
    issue() {
      const token = randomBytes(32).toString("base64url");
      return { token, cookie: `${token}.${signatureOf(token, newest.signing)}` };
    },
    tokenIn(cookie) {
      const [, token = "", signature = ""] = COOKIE.exec(cookie) ?? [];
      const given = Buffer.from(signature);
      const isSigned = keys.some(({ signing }) => {
        const right = Buffer.from(signatureOf(token, signing));
        return right.length === given.length && timingSafeEqual(right, given);
      });
      return token && isSigned ? token : undefined;
    },
    seal: (text) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .encrypt(newest.sealing),
    async unseal(sealed) {
      for (const { sealing } of keys) {
        const opened = await compactDecrypt(sealed, sealing, {
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
        }).catch(() => undefined);
        if (opened) return new TextDecoder().decode(opened.plaintext);
      }
      return undefined;
    },
  };
}

/** What a row keeps of a token: who reads the database cannot be anybody with it. */
export const fingerprintOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

const signatureOf = (token: string, key: Uint8Array) =>
  createHmac("sha256", key).update(token).digest("base64url");

/** Another key for each purpose, and none is the client secret itself, which the provider knows too. */
const keyFrom = (secret: string, purpose: string) =>
  new Uint8Array(hkdfSync("sha256", secret, "", purpose, 32));
