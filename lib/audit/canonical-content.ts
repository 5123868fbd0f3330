import "server-only";
import { createHash } from "node:crypto";
import { canonicalJson, canonicalText, type JsonBounds } from "@/lib/core/canonical-text";
import type { auditRows } from "@/lib/db/schema";
import { redactSensitive } from "./redact-sensitive";

declare const isCanonical: unique symbol;

type GivenContent = Omit<typeof auditRows.$inferSelect, "sequence" | "hash" | "previousHash" | "form">;

/** A row before it has its place in the chain. Only `canonicalContent` makes one. */
export type AuditContent = GivenContent & { readonly [isCanonical]: true };

/**
 * The longest that each text may be, in bytes of UTF-8. Names and ARNs of AWS are shorter; what an index holds must
 * stay below a third of a page together: https://www.postgresql.org/docs/current/btree.html
 */
const LONGEST = {
  actorId: 1_536,
  actorName: 800,
  origin: 100,
  targetId: 200,
  accountId: 100,
  region: 100,
  action: 100,
  resource: 1_024,
  reason: 4_096,
  awsRequestId: 200,
} as const;

/** No answer of Image Builder comes near; a page of 50 rows stays readable. */
const BOUNDS: JsonBounds = {
  depth: 24,
  members: 2_000,
  textBytes: 8_192,
  keyBytes: 512,
  bytes: 128 * 1_024,
};
/** Documents are replaced by their fingerprint first, which is that of the whole. */
const BEFORE_REDACTION: JsonBounds = {
  ...BOUNDS,
  textBytes: Number.POSITIVE_INFINITY,
  bytes: Number.POSITIVE_INFINITY,
};

/** A row as it may stand in the audit: without secrets, well-formed, within bounds. */
export const canonicalContent = (content: GivenContent): AuditContent =>
  ({
    ...content,
    ...mapTexts(content, canonicalText),
    input: canonicalMember(content.input),
    before: canonicalMember(content.before),
    after: canonicalMember(content.after),
  }) as AuditContent;

const canonicalMember = (value: unknown): unknown =>
  canonicalJson(redactSensitive(canonicalJson(value, BEFORE_REDACTION)), BOUNDS) ?? null;

/** The same row without anything that a database could refuse: texts in ASCII, fingerprints in place of JSON. */
export const safeContent = (content: AuditContent, code: string): AuditContent => ({
  ...content,
  ...mapTexts(content, (text) => canonicalText(asciiOf(text), SAFE_BYTES)),
  input: fingerprintOf(content.input, code),
  before: fingerprintOf(content.before, code),
  after: fingerprintOf(content.after, code),
});

const SAFE_BYTES = 100;
const asciiOf = (text: string) =>
  text.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

function fingerprintOf(value: unknown, code: string): unknown {
  if (value === null) return null;
  const text = JSON.stringify(value);
  return {
    notKept: `The database refused it (${code.replaceAll(/\W/g, "")}).`,
    characters: text.length,
    sha256: createHash("sha256").update(text).digest("hex"),
  };
}

function mapTexts(
  content: GivenContent,
  change: (text: string, maxBytes: number) => string,
): Partial<GivenContent> {
  return Object.fromEntries(
    Object.entries(LONGEST).flatMap(([member, maxBytes]) => {
      const text = content[member as keyof typeof LONGEST];
      return typeof text === "string" ? [[member, change(text, maxBytes)]] : [];
    }),
  );
}
