import ts from "typescript";
import { describe, expect, it } from "vitest";
import { listFiles, readText } from "./project-files";

/**
 * Every regular expression of the console, wherever it stands: most of them meet text that somebody else wrote, and
 * all that do so on the thread that answers everybody. What a team writes itself runs in a worker with a deadline.
 */
const written = ["lib", "languages", "components", "app"]
  .flatMap((folder) => listFiles(folder))
  .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !path.startsWith("lib/testing/"))
  .flatMap((path) => {
    const source = ts.createSourceFile(path, readText(path), ts.ScriptTarget.Latest, true);
    const found: [at: string, pattern: RegExp][] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf("/");
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.push([`${path}:${line + 1}`, new RegExp(node.text.slice(1, end), node.text.slice(end + 1))]);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  });

/** What a pattern spells out, piece by piece: what makes it begin to match, over and over. */
const headsOf = ({ source }: RegExp): string[] => [
  ...new Set(
    source
      .replaceAll(/\\[bwSsdWD]\W?[*+?]?|\[(?:\\.|[^\]\\])*\][*+?]?|\.[*+]|\{\d+,?\d*\}/g, "\n")
      .split(/[\n()|?*+^$]+/)
      .map((piece) => piece.replaceAll("\\", ""))
      .filter((piece) => piece.trim() !== ""),
  ),
];

/** Tried on a line that is cut to 2,000 characters first. */
const ON_CUT_LINES = new Set(["lib/component-document/rules/script-rules.ts"]);

const PLAIN = [...` a0\t\n-/.:([{<#\\"'=_,|&;$`, "a ", "a.", "a:", " #", "/.", "a/", "0.", "-a"];
const SHORT = 1_000;
const LONG = 4_000;
/** Four times as much text: four times the work, sixteen times where each place is tried against each other. */
const MOST_GROWTH = 9;
/** What is done before anybody could have noticed is not worth measuring: milliseconds. */
const UNNOTICED = 1;

function hostileUnits(pattern: RegExp): [start: string, unit: string][] {
  const heads = headsOf(pattern).slice(0, 8);
  const pairs = heads.slice(0, 3).flatMap((head) => heads.slice(0, 3).map((other) => head + other));
  const units = new Set([...PLAIN, ...heads, ...heads.map((head) => `${head} `), ...pairs]);
  return ["", ...heads.slice(0, 2)].flatMap((start) =>
    [...units].map((unit): [string, string] => [start, unit]),
  );
}

const textOf = ([start, unit]: [string, string], length: number) =>
  `${start}${unit.repeat(Math.ceil(length / unit.length)).slice(0, length)}\u0001`;

/** The least of several tries: other work of the machine only ever adds to it. */
function costOf(pattern: RegExp, text: string, tries: number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let number = 0; number < tries; number++) {
    const before = performance.now();
    pattern.lastIndex = 0;
    if (pattern.global) text.replace(pattern, "");
    else pattern.test(text);
    least = Math.min(least, performance.now() - before);
  }
  return least;
}

/** How many times the work four times the text is, at worst, and for what. */
function worstGrowth(pattern: RegExp): { growth: number; text?: string } {
  let worst: { growth: number; text?: string } = { growth: 0 };
  for (const unit of hostileUnits(pattern)) {
    if (costOf(pattern, textOf(unit, LONG), 1) < UNNOTICED) continue;
    const growth = costOf(pattern, textOf(unit, LONG), 5) / costOf(pattern, textOf(unit, SHORT), 5);
    if (growth > worst.growth) worst = { growth, text: JSON.stringify(unit) };
    if (growth > MOST_GROWTH) break;
  }
  return worst;
}

describe("every regular expression of the console", () => {
  it("is found", () => expect(written.length).toBeGreaterThan(400));

  it("is about as much work as its text is long, whatever is written over and over", () => {
    const slow = written.flatMap(([at, pattern]) => {
      const { growth, text } = worstGrowth(pattern);
      return growth > MOST_GROWTH && !ON_CUT_LINES.has(at.split(":")[0] ?? "")
        ? [`${at} ${growth.toFixed(1)} ${text}`]
        : [];
    });
    expect(slow).toEqual([]);
  }, 300_000);

  it.each([
    ["each place against each other", /a+$/],
    ["two runs of the same", /^\s*\s*x/],
  ])("would be found out: %s", (_what, pattern) => {
    expect(worstGrowth(pattern).growth).toBeGreaterThan(MOST_GROWTH);
  });
});
