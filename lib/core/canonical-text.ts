import { ConsoleFailure } from "./failure";

/**
 * Text and JSON as a database takes them and gives them back unchanged: well-formed Unicode, no NUL. PostgreSQL's
 * text and jsonb refuse U+0000, and a driver turns half a surrogate pair into U+FFFD by itself.
 * https://www.postgresql.org/docs/current/datatype-json.html
 */

const REPLACEMENT = "\ufffd";

/** Half a surrogate pair and NUL become U+FFFD; everything else stays. */
export const wellFormedText = (text: string): string => text.toWellFormed().replaceAll("\0", REPLACEMENT);

/** The beginning of a text, at most `most` units of UTF-16 long, and never with half of a surrogate pair at its end. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const isWithinPair = most > 0 && (text.codePointAt(most - 1) ?? 0) > 0xffff;
  return text.substring(0, isWithinPair ? most - 1 : most);
}

/** Text made well-formed, at most `maxBytes` long in UTF-8: cut between code points, with `…` where something is missing. */
export function canonicalText(text: string, maxBytes: number): string {
  // No code point is more than 3 bytes for a unit of UTF-16: what cannot matter is not looked at.
  const whole = wellFormedText(text.length > maxBytes ? text.slice(0, maxBytes + 1) : text);
  if (text.length <= maxBytes && bytesOf(whole) <= maxBytes) return whole;
  const room = maxBytes - bytesOf(ELLIPSIS);
  const parts: string[] = [];
  let bytes = 0;
  for (const point of whole) {
    bytes += bytesOf(point);
    if (bytes > room) break;
    parts.push(point);
  }
  return parts.join("") + ELLIPSIS;
}

const ELLIPSIS = "…";
const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

export type JsonBounds = {
  /** Levels of objects and lists within each other. */
  depth: number;
  /** Members of all objects and items of all lists together. */
  members: number;
  /** Of one text or one member's name, in UTF-8. */
  textBytes: number;
  keyBytes: number;
  /** Of all texts and names together. */
  bytes: number;
};

/** Replaces what lies deeper than the bounds allow. */
export const TOO_DEEP = "[nested too deeply to be kept]";
/** Name, or last item, of what stands for members beyond the bounds. */
export const LEFT_OUT = "[left out]";

/**
 * `value` as plain JSON that comes back as it was stored. Text is made canonical in names and values, numbers that
 * JSON does not know become null, -0 becomes 0, what exceeds the bounds is cut and says so. Names that become equal
 * are told apart by `~2`, so that nothing is lost. Never throws, also for a value that holds itself.
 */
export const canonicalJson = (value: unknown, bounds: JsonBounds): unknown =>
  plainJson(value, bounds, () => TOO_DEEP);

/** No form and no document of AWS's comes near. */
const DEEPEST = 100;

/** The same for what must be kept whole: nothing is cut. Throws `invalid` for more than 100 levels. */
export const wholeJson = (value: unknown): unknown =>
  plainJson(
    value,
    { depth: DEEPEST, members: Infinity, textBytes: Infinity, keyBytes: Infinity, bytes: Infinity },
    () => {
      throw new ConsoleFailure({
        code: "invalid",
        message: `Lists and objects are nested more than ${DEEPEST} levels deep.`,
      });
    },
  );

function plainJson(value: unknown, bounds: JsonBounds, tooDeep: () => unknown): unknown {
  let left = bounds.members;
  let room = bounds.bytes;
  const textOf = (text: string, maxBytes: number): string => {
    const kept = canonicalText(text, Math.max(bytesOf(ELLIPSIS), Math.min(maxBytes, room)));
    room -= bytesOf(kept);
    return kept;
  };
  const walk = (given: unknown, depth: number): unknown => {
    const plain = plainOf(given);
    if (typeof plain === "string") return textOf(plain, bounds.textBytes);
    if (typeof plain !== "object" || plain === null) return plain;
    if (depth >= bounds.depth) return tooDeep();
    return Array.isArray(plain) ? walkList(plain, depth + 1) : walkObject(plain, depth + 1);
  };
  const walkList = (list: unknown[], depth: number): unknown[] => {
    const kept = list.slice(0, Math.max(0, left));
    left -= kept.length;
    const items = kept.map((item) => walk(item, depth) ?? null);
    return kept.length < list.length ? [...items, `${LEFT_OUT} ${list.length - kept.length}`] : items;
  };
  const walkObject = (object: object, depth: number): object => {
    const entries = Object.entries(object).filter(([, member]) => plainOf(member) !== undefined);
    const kept = entries.slice(0, Math.max(0, left));
    left -= kept.length;
    const members = new Map<string, unknown>();
    for (const [name, member] of kept) {
      members.set(freeName(members, textOf(name, bounds.keyBytes)), walk(member, depth));
    }
    if (kept.length < entries.length) members.set(freeName(members, LEFT_OUT), entries.length - kept.length);
    return Object.fromEntries(members);
  };
  return walk(value, 0);
}

function freeName(taken: Map<string, unknown>, name: string): string {
  let free = name;
  for (let turn = 2; taken.has(free); turn++) free = `${name}~${turn}`;
  return free;
}

/** What JSON makes of a value that is no object of its own; undefined for what it leaves out. */
function plainOf(value: unknown): unknown {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? value + 0 : null;
    case "bigint":
      return String(value);
    case "function":
    case "symbol":
      return undefined;
    case "object":
      if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
      if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
      return value;
    default:
      return value;
  }
}
