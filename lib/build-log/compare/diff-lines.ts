/** One entry: `before` or `after` is the index of a line that only that side has. */
export type LineDifference = { before: number } | { after: number };

/** More differences than this are not worth the shortest way: then lines are matched wherever they stand. */
const MOST_EDITS = 400;

/** What must be taken out of `before` and put in to get `after`, in order. */
export function diffLines(before: readonly string[], after: readonly string[]): LineDifference[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end++;
  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  const found = shortestEdit(a, b) ?? unmatched(a, b);
  return found.map((each) =>
    "before" in each ? { before: each.before + start } : { after: each.after + start },
  );
}

/** Myers' greedy way: http://www.xmailserver.org/diff2.pdf. Undefined when it would take too many edits. */
function shortestEdit(a: readonly string[], b: readonly string[]): LineDifference[] | undefined {
  const trace: Map<number, number>[] = [];
  let furthest = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(a.length + b.length, MOST_EDITS); edits++) {
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const down = furthest.get(diagonal + 1) ?? -1;
      const right = furthest.get(diagonal - 1) ?? -1;
      let x = diagonal === -edits || (diagonal !== edits && right < down) ? down : right + 1;
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return walkBack(trace, furthest, a.length, b.length);
    }
    trace.push(furthest);
    furthest = next;
  }
  return undefined;
}

function walkBack(
  trace: Map<number, number>[],
  last: Map<number, number>,
  aLength: number,
  bLength: number,
): LineDifference[] {
  const found: LineDifference[] = [];
  let x = aLength;
  let y = bLength;
  const steps = [...trace, last];
  for (let edits = steps.length - 1; edits > 0; edits--) {
    const furthest = steps[edits] ?? last;
    const diagonal = x - y;
    const down = furthest.get(diagonal + 1) ?? -1;
    const right = furthest.get(diagonal - 1) ?? -1;
    const isDown = diagonal === -edits || (diagonal !== edits && right < down);
    const before = isDown ? down : right;
    const beforeY = before - (isDown ? diagonal + 1 : diagonal - 1);
    found.push(isDown ? { after: beforeY } : { before });
    x = before;
    y = beforeY;
  }
  return found.reverse();
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
