/** A line or range as the address has it, `#L120` or `#L120-L130`; from 1, both within. */
export type LogRange = { first: number; last: number };

export function readLogRange(hash: string): LogRange | undefined {
  const [, first, last] = /^#L(\d{1,9})(?:-L(\d{1,9}))?$/.exec(hash) ?? [];
  if (!first) return undefined;
  const ends = [Number(first), Number(last ?? first)].toSorted((a, b) => a - b);
  const [low = 1, high = low] = ends;
  return low > 0 ? { first: low, last: high } : undefined;
}

export const writeLogRange = ({ first, last }: LogRange): string =>
  first === last ? `#L${first}` : `#L${first}-L${last}`;
