import { posix } from "node:path";
import { listFiles, readText } from "./project-files";

/** One import as it is written: of which file, by which; `isType` where the compiler drops it. */
type Import = { from: string; to: string; isType: boolean };

const IMPORT =
  /\b(import|export)\s+(type\s+)?(?:([\w*]+(?:\s*,\s*)?)?(\{[^}]*\}|\*\s+as\s+\w+)?\s*from\s+)?["']([^"'\n]+)["']|\bimport\(\s*["']([^"'\n]+)["']\s*\)/g;

/** Every import between files of the project, type imports and `import()` included. */
export function readImports(): Import[] {
  const files = listFiles().filter((path) => /\.(tsx?|mjs|cjs|js)$/.test(path));
  const known = new Set(files);
  return files.flatMap((from) =>
    [...readText(from).matchAll(IMPORT)].flatMap(([, , type, , names, written, late]) => {
      const to = resolveImport(known, from, written ?? late ?? "");
      const onlyTypes = /^\{(\s*type\s+\w+(\s+as\s+\w+)?\s*,?)+\s*\}$/.test(names ?? "");
      return to ? [{ from, to, isType: Boolean(type) || onlyTypes }] : [];
    }),
  );
}

function resolveImport(known: Set<string>, from: string, written: string): string | undefined {
  const room = /^goldsmith-languages\/(\w+)$/.exec(written)?.[1];
  if (room) return `languages/${room}/index.ts`;
  if (!/^(@\/|\.)/.test(written)) return undefined;
  const path = written.startsWith("@/") ? written.slice(2) : posix.join(posix.dirname(from), written);
  return ["", ".ts", ".tsx", "/index.ts", ".mjs"].map((end) => path + end).find((file) => known.has(file));
}

/** Groups of nodes from each of which one can reach the others (Tarjan); single nodes are left out. */
export function findKnots(edges: Iterable<readonly [string, string]>): string[][] {
  const next = new Map<string, Set<string>>();
  for (const [from, to] of edges) next.set(from, (next.get(from) ?? new Set()).add(to));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const knots: string[][] = [];
  const visit = (node: string): number => {
    const own = index.size;
    index.set(node, own);
    low.set(node, own);
    open.push(node);
    for (const to of next.get(node) ?? []) {
      const reached = !index.has(to) ? visit(to) : open.includes(to) ? (index.get(to) ?? own) : own;
      low.set(node, Math.min(low.get(node) ?? own, reached));
    }
    if (low.get(node) === own) {
      const knot = open.splice(open.indexOf(node));
      if (knot.length > 1) knots.push(knot.toSorted());
    }
    return low.get(node) ?? own;
  };
  for (const node of next.keys()) if (!index.has(node)) visit(node);
  return knots;
}

/** Every file that one can reach from `start`, with the way to it. Stops where `isDoor` says so. */
export function waysFrom(
  start: string,
  imports: Map<string, string[]>,
  isDoor: (path: string) => boolean,
): Map<string, string[]> {
  const ways = new Map([[start, [start]]]);
  const queue = [start];
  for (const path of queue) {
    if (path !== start && isDoor(path)) continue;
    for (const to of imports.get(path) ?? []) {
      if (ways.has(to)) continue;
      ways.set(to, [...(ways.get(path) ?? []), to]);
      queue.push(to);
    }
  }
  return ways;
}
