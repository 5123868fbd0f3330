import "server-only";
import { createHash } from "node:crypto";

/** OpenID Connect Core 2: at most 255 ASCII characters. Parentheses are ours, so no plain subject looks like a made one. */
const PLAIN_SUBJECT = /^[\w.@:|/+=~,;!$*'&%-]{1,255}$/;

/**
 * Who somebody is, as one line of visible ASCII: `https://id.example.com#00u1abcd`. Two people have two keys, whatever their
 * addresses and names are; a subject that is long or holds anything odd is replaced by its SHA-256. The slash that some
 * providers write at the end of their issuer makes nobody another person.
 */
export const personKey = (issuer: string, subject: string): string =>
  `${issuer.replace(/(?<!\/)\/+$/, "")}#${lineOf(subject)}`;

/** The key of a program that signs in by a name instead of a subject. */
export const serviceKey = (issuer: string, name: string): string =>
  `${issuer.replace(/(?<!\/)\/+$/, "")}#(service)${lineOf(name)}`;

/** Any text as one line that can be stored, compared and printed; different texts stay different. */
export const lineOf = (text: string): string =>
  PLAIN_SUBJECT.test(text)
    ? text
    : // UTF-16, because UTF-8 writes every lone surrogate the same way.
      `(sha256)${createHash("sha256").update(Buffer.from(text, "utf16le")).digest("hex")}`;
