import { parseImageBuilderArn } from "@/lib/core/arn";
import type { LogNode, LogTree } from "../parser/types";
import { diffLines } from "./diff-lines";
import { maskVolatile } from "./mask-volatile";
import type { ComparedStep, LineChange, LogComparison, StepFacts } from "./types";

export type ComparedLog = { tree: LogTree; line: (number: number) => string };

/** Enough to see what is different; the logs themselves have the rest. */
const MOST_CHANGES = 200;
/** Differences in time below this are noise on machines that are shared. */
const CLEAR_MS = 10_000;
const CLEAR_SHARE = 0.5;

type Part = { node: LogNode; path: string[]; facts: StepFacts; lines: number[] };

/** Two logs, step by step: what ended otherwise, took clearly longer, or says something else. */
export function compareLogs(before: ComparedLog, after: ComparedLog): LogComparison {
  const earlier = partsOf(before.tree);
  const later = partsOf(after.tree);
  const steps: ComparedStep[] = [];
  const waiting = [...earlier.keys()];
  for (const [key, part] of later) {
    if (earlier.has(key)) {
      // What only the earlier log has keeps its place among the steps that both have.
      for (let next = waiting.shift(); next !== undefined && next !== key; next = waiting.shift()) {
        const gone = earlier.get(next);
        if (gone && !later.has(next)) steps.push(onlyIn("before", gone));
      }
    }
    const same = earlier.get(key);
    steps.push(same ? compareParts(before, same, after, part) : onlyIn("after", part));
  }
  for (const key of waiting) {
    const gone = earlier.get(key);
    if (gone && !later.has(key)) steps.push(onlyIn("before", gone));
  }
  const first = firstDifferenceOf(steps);
  return { steps, ...(first !== undefined && { firstDifference: first }) };
}

/**
 * A failure comes before what is merely new. What holds a step that failed has failed because of it: the innermost
 * one of them is the first.
 */
function firstDifferenceOf(steps: ComparedStep[]): number | undefined {
  const all = [...steps.entries()].filter(([, step]) => endedOtherwise(step));
  const failed = all.filter(([, { after }]) => after?.outcome === "failed");
  const different = failed.length > 0 ? failed : all;
  const [first] = different;
  if (!first) return undefined;
  const inner = different.find(
    ([, { path }]) =>
      path.length > first[1].path.length && first[1].path.every((part, at) => part === path[at]),
  );
  return (inner ?? first)[0];
}

/** Only one log has it, or it ended in another way. */
export const endedOtherwise = ({ before, after }: ComparedStep): boolean =>
  before?.outcome !== after?.outcome || before?.exitCode !== after?.exitCode;

/** Steps of components, and workflow steps, by what they are called; the n-th of one name meets the n-th. */
function partsOf(tree: LogTree): Map<string, Part> {
  const parts = new Map<string, Part>();
  const inner = new Map<number, LogNode[]>();
  for (const node of tree.nodes) {
    if (node.level !== "step") continue;
    const outer = ancestor(tree, node, "workflow-step");
    if (outer) inner.set(outer.id, [...(inner.get(outer.id) ?? []), node]);
  }
  const polls = new Set(
    tree.polls.flatMap(({ firstLine, lastLine }) =>
      Array.from({ length: lastLine - firstLine + 1 }, (_, index) => firstLine + index),
    ),
  );
  for (const node of tree.nodes) {
    if (node.level !== "step" && node.level !== "workflow-step") continue;
    const path = pathOf(tree, node);
    let key = path.join("\n");
    for (let again = 2; parts.has(key); again++) key = `${path.join("\n")}\n${again}`;
    const covered = inner.get(node.id) ?? [];
    const lines: number[] = [];
    for (let line = node.firstLine; line <= node.lastLine; line++) {
      const isInner = covered.some(({ firstLine, lastLine }) => line >= firstLine && line <= lastLine);
      if (!isInner && !polls.has(line)) lines.push(line);
    }
    parts.set(key, { node, path, facts: factsOf(tree, node), lines });
  }
  return parts;
}

function pathOf(tree: LogTree, node: LogNode): string[] {
  const path: string[] = [];
  for (
    let each: LogNode | undefined = node;
    each;
    each = each.parent === undefined ? undefined : tree.nodes[each.parent]
  ) {
    // Stages and workflows only hold what is compared; a component is the same one in its next version.
    if (each.level === "stage" || each.level === "workflow") continue;
    path.unshift(each.level === "document" ? unversioned(each.name) : each.name);
  }
  return path;
}

const unversioned = (document: string): string =>
  parseImageBuilderArn(document)?.name ?? maskVolatile(document);

function ancestor(tree: LogTree, node: LogNode, level: LogNode["level"]): LogNode | undefined {
  let each: LogNode | undefined = node;
  while (each && each.level !== level) each = each.parent === undefined ? undefined : tree.nodes[each.parent];
  return each;
}

function factsOf(tree: LogTree, node: LogNode): StepFacts {
  const { firstLine, lastLine, outcome, exitCode, startedAt, endedAt } = node;
  const component = ancestor(tree, node, "document")?.name;
  return {
    firstLine: firstLine + 1,
    lastLine: lastLine + 1,
    outcome,
    ...(exitCode !== undefined && { exitCode }),
    ...(startedAt !== undefined && endedAt !== undefined && { durationMs: endedAt - startedAt }),
    ...(component !== undefined && { component }),
  };
}

const onlyIn = (side: "before" | "after", { path, facts, lines }: Part): ComparedStep => ({
  path,
  [side]: facts,
  changes: [],
  changeCount: lines.length,
});

function compareParts(before: ComparedLog, earlier: Part, after: ComparedLog, later: Part): ComparedStep {
  const masked = (log: ComparedLog, lines: number[]) => lines.map((line) => maskVolatile(log.line(line)));
  const differences = diffLines(masked(before, earlier.lines), masked(after, later.lines));
  const changes = differences.slice(0, MOST_CHANGES).map((each): LineChange => {
    const line = "before" in each ? earlier.lines[each.before] : later.lines[each.after];
    const kind = "before" in each ? "removed" : "added";
    return { kind, line: (line ?? 0) + 1, text: (kind === "removed" ? before : after).line(line ?? 0) };
  });
  // One that broke off says nothing about pace.
  const pace =
    earlier.facts.outcome === later.facts.outcome
      ? paceOf(earlier.facts.durationMs, later.facts.durationMs)
      : undefined;
  return {
    path: later.path,
    before: earlier.facts,
    after: later.facts,
    changes,
    changeCount: differences.length,
    ...(pace && { pace }),
  };
}

function paceOf(before: number | undefined, after: number | undefined): ComparedStep["pace"] {
  if (before === undefined || after === undefined) return undefined;
  const difference = after - before;
  if (Math.abs(difference) < Math.max(CLEAR_MS, Math.min(before, after) * CLEAR_SHARE)) return undefined;
  return difference > 0 ? "slower" : "faster";
}
