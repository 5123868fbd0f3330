import "server-only";
import { hkdfSync } from "node:crypto";
import { CompactEncrypt, compactDecrypt } from "jose";

/** Encrypts what is kept in the database and must not be read there (A256GCM). */
export type Sealer = {
  /** Encrypts with the newest secret. */
  seal(text: string): Promise<string>;
  /** What `seal` has sealed; undefined when none of the secrets fits. */
  unseal(sealed: string): Promise<string | undefined>;
};

/** `secrets`, newest first: the first one encrypts, the others still decrypt. Each purpose has keys of its own. */
export function openSealer(secrets: string[], purpose: string): Sealer {
  const keys = secrets.map((secret) => deriveKey(secret, purpose));
  const [newest] = keys;
  if (!newest) throw new Error("there is no secret");
  return {
    seal: (text) =>
      new CompactEncrypt(new TextEncoder().encode(text))
        .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
        .encrypt(newest),
    async unseal(sealed) {
      for (const key of keys) {
        const opened = await compactDecrypt(sealed, key, {
          keyManagementAlgorithms: ["dir"],
          contentEncryptionAlgorithms: ["A256GCM"],
        }).catch(() => undefined);
        if (opened) return new TextDecoder().decode(opened.plaintext);
      }
      return undefined;
    },
  };
}

/** Another key for each purpose, and none is the secret itself, which others may know too. */
export const deriveKey = (secret: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, "", purpose, 32));
