import { createHmac } from "node:crypto";

/** Tokens nobody may accept. Written by hand, because a library for tokens refuses to. */
const encode = (value: object | string) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** Any header, no signature. */
export const unsecured = (header: object, claims: object) => `${encode(header)}.${encode(claims)}.`;

/** Signed with a secret, such as a key that is public. */
export async function hmac(claims: object, secret: string, header: object = {}): Promise<string> {
  const signed = `${encode({ alg: "HS256", typ: "JWT", ...header })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

/** The token with other claims and the signature it had. */
export function changed(token: string, more: object): string {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const real = JSON.parse(Buffer.from(claims, "base64url").toString()) as object;
  return `${header}.${encode({ ...real, ...more })}.${signature}`;
}

/** The token with another header and the signature it had. */
export function reheaded(token: string, more: object): string {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const real = JSON.parse(Buffer.from(header, "base64url").toString()) as object;
  return `${encode({ ...real, ...more })}.${claims}.${signature}`;
}

/** One bit of the signature is another. */
export function flipped(token: string): string {
  const [header = "", claims = "", signature = ""] = token.split(".");
  const bytes = Buffer.from(signature, "base64url");
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return `${header}.${claims}.${bytes.toString("base64url")}`;
}
