/** Bytes to look for, each with the other one it may be: the letter of the other case, or itself. */
export type ByteNeedle = { bytes: Uint8Array; others: Uint8Array; skips: Uint8Array };

const LONGEST_SKIP = 255;
const isLower = (byte: number) => byte >= 97 && byte <= 122;
const isUpper = (byte: number) => byte >= 65 && byte <= 90;

/** `ignoreCase` is about ASCII letters only. */
export function byteNeedle(text: string, { ignoreCase }: { ignoreCase: boolean }): ByteNeedle {
  const bytes = new TextEncoder().encode(text);
  const others = bytes.map((byte) => (ignoreCase && (isLower(byte) || isUpper(byte)) ? byte ^ 32 : byte));
  const last = bytes.length - 1;
  const skips = new Uint8Array(256).fill(Math.min(bytes.length, LONGEST_SKIP));
  for (let index = Math.max(0, last - LONGEST_SKIP); index < last; index++) {
    skips[bytes[index] ?? 0] = last - index;
    skips[others[index] ?? 0] = last - index;
  }
  return { bytes, others, skips };
}

/**
 * The place of the first `needle` in `bytes` from `from` on and before `end`, -1 for none. Horspool's way: most
 * bytes are not looked at, and none is made into text.
 */
export function findBytes(bytes: Uint8Array, needle: ByteNeedle, from: number, end: number): number {
  const { skips } = needle;
  const last = needle.bytes.length - 1;
  const lastByte = needle.bytes[last];
  const lastOther = needle.others[last];
  for (let at = from + last; at < end; ) {
    const byte = bytes[at] ?? 0;
    if ((byte === lastByte || byte === lastOther) && isAt(bytes, needle, at - last)) return at - last;
    at += skips[byte] ?? 1;
  }
  return -1;
}

function isAt(text: Uint8Array, { bytes, others }: ByteNeedle, start: number): boolean {
  for (let index = bytes.length - 2; index >= 0; index--) {
    const byte = text[start + index];
    if (byte !== bytes[index] && byte !== others[index]) return false;
  }
  return true;
}
