import { diffArrays } from "diff";

/** One entry: `before` or `after` is the index of a line that only that side has. */
export type LineDifference = { before: number } | { after: number };

/** More differences than this are not worth the shortest way: then lines are matched wherever they stand. */
const MOST_EDITS = 400;

/** What must be taken out of `before` and put in to get `after`, in order. */
export function diffLines(before: readonly string[], after: readonly string[]): LineDifference[] {
  const parts = diffArrays([...before], [...after], { maxEditLength: MOST_EDITS });
  if (!parts) return unmatched(before, after);
  const found: LineDifference[] = [];
  let [a, b] = [0, 0];
  for (const { count, added, removed } of parts) {
    for (let line = 0; line < count; line++) {
      if (removed) found.push({ before: a++ });
      else if (added) found.push({ after: b++ });
      else [a, b] = [a + 1, b + 1];
    }
  }
  return found;
}

/** Lines without an equal one on the other side. */
function unmatched(a: readonly string[], b: readonly string[]): LineDifference[] {
  const left = new Map<string, number>();
  for (const line of b) left.set(line, (left.get(line) ?? 0) + 1);
  const taken = new Map<string, number>();
  const removed: LineDifference[] = [];
  for (const [index, line] of a.entries()) {
    const used = taken.get(line) ?? 0;
    if (used < (left.get(line) ?? 0)) taken.set(line, used + 1);
    else removed.push({ before: index });
  }
  const added: LineDifference[] = [];
  for (const [index, line] of b.entries()) {
    const matched = taken.get(line) ?? 0;
    if (matched > 0) taken.set(line, matched - 1);
    else added.push({ after: index });
  }
  return [...removed, ...added];
}
