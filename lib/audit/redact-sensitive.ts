import "server-only";
import { createHash } from "node:crypto";

/**
 * Documents are long, and anyone who may read the resource reads them in AWS: the record says which text it was,
 * not the text. Members of Image Builder's Create and Update operations.
 */
const DOCUMENTS = new Set(["data", "dockerfileTemplateData", "document"]);

/** Members that carry secrets in practice, and that no reader of the audit needs: user data above all. */
const SECRETS = new Set(["userDataOverride", "userData", "presignedUrl", "externalId"]);

/** A name that announces a secret, for parameters, tags and what AWS adds later. */
const SECRET_NAME = /pass(word|phrase|wd)|secret(?!Arn)|token|private.?key|credential|api.?key/i;

/** Sent to recognize a repeated request; a key to nothing. */
const HARMLESS = new Set(["clientToken", "nextToken"]);

/** What stands in the record for a value that must not. */
export const REDACTED = "[redacted]";

/** `value` as it may stand in the audit: the API's models mark no member of Image Builder, so they are named here. */
export function redactSensitive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactSensitive);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  const names = Object.entries(value).find(([member]) => /^(name|key)$/i.test(member));
  const isSecretPair = typeof names?.[1] === "string" && SECRET_NAME.test(names[1]);
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => [
      member,
      isSecretPair && /^values?$/i.test(member) ? REDACTED : redactMember(member, inner),
    ]),
  );
}

function redactMember(member: string, value: unknown): unknown {
  if (value === undefined || value === null || typeof value === "boolean") return value;
  if (DOCUMENTS.has(member) && typeof value === "string") return fingerprintOf(value);
  if (SECRETS.has(member)) return REDACTED;
  if (SECRET_NAME.test(member) && !HARMLESS.has(member)) return REDACTED;
  return redactSensitive(value);
}

const fingerprintOf = (text: string) =>
  `${REDACTED} ${text.length} characters, SHA-256 ${createHash("sha256").update(text).digest("hex")}`;
