import { createHash } from "node:crypto";

/** An EC2-like id, the same for the same words: `ami-0` and 16 hex digits. */
export function stableId(prefix: string, ...words: (string | number)[]): string {
  return `${prefix}-0${stableHex(16, ...words)}`;
}

/** Hex digits that depend on the words only. */
export function stableHex(digits: number, ...words: (string | number)[]): string {
  return createHash("sha256").update(words.join("\n")).digest("hex").slice(0, digits);
}

/** A UUID that depends on the words only. */
export function stableUuid(...words: (string | number)[]): string {
  const hex = stableHex(32, ...words);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join("-");
}
