/** A line or range as the address has it, `#L120` or `#L120-L130`; from 1, both within. */
export type LogRange = { first: number; last: number };

export const readLogRange = (hash: string): LogRange | undefined =>
  toRange(/^#L(\d{1,9})(?:-L(\d{1,9}))?$/.exec(hash));

/** The same as a person types it: `120`, `L120` or `120-130`. */
export const readLineRange = (text: string): LogRange | undefined =>
  toRange(/^\s*L?(\d{1,9})(?:\s*(?:-|to)\s*L?(\d{1,9}))?\s*$/i.exec(text.replaceAll(",", "")));

export const writeLogRange = ({ first, last }: LogRange): string =>
  first === last ? `#L${first}` : `#L${first}-L${last}`;

function toRange(match: RegExpExecArray | null): LogRange | undefined {
  const [, first, last] = match ?? [];
  if (!first) return undefined;
  const [low = 1, high = low] = [Number(first), Number(last ?? first)].toSorted((a, b) => a - b);
  return low > 0 ? { first: low, last: high } : undefined;
}
