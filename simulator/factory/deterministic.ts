/** Everything that looks random in a build comes from here: the same key gives the same value. */

/** 32 bits from a text (FNV-1a with a final avalanche, so that near keys lie far apart). */
export function hash32(key: string): number {
  return spread(mix(0x811c9dc5, key));
}

function mix(start: number, text: string): number {
  let hash = start;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}

function spread(mixed: number): number {
  let hash = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** `length` hexadecimal digits. */
export function hexId(key: string, length: number): string {
  let digits = "";
  const mixed = mix(0x811c9dc5, key);
  for (let part = 0; digits.length < length; part++) {
    digits += spread(mix(mixed, `#${part}`))
      .toString(16)
      .padStart(8, "0");
  }
  return digits.slice(0, length);
}

/** A version 4 UUID in form. */
export function uuidOf(key: string): string {
  const hex = hexId(key, 32);
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A whole number of milliseconds between the two, both included. */
export function between(key: string, low: number, high: number): number {
  return low + (hash32(key) % (high - low + 1));
}
