import ts from "typescript";
import { describe, expect, it, vi } from "vitest";
import { listFiles, readText } from "./project-files";

/**
 * Every regular expression of the console, wherever it stands: most of them meet text that somebody else wrote, and
 * all that do so on the thread that answers everybody. What a team writes itself runs in a worker with a deadline.
 */
const sources = ["lib", "languages", "components", "app"]
  .flatMap((folder) => listFiles(folder))
  .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && !path.startsWith("lib/testing/"));
const written = sources.flatMap((path) => {
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

/** Patterns that are put together while the console runs: where, and why none of them can hold everybody up. */
const AT_RUN_TIME: Record<string, "swept below" | "only compiled, to see whether it is one" | "in a worker"> =
  {
    "components/shell/palette-entries.ts": "swept below",
    "lib/build-log/diagnosis/pattern-workers.ts": "only compiled, to see whether it is one",
    "lib/build-log/diagnosis/schemas.ts": "only compiled, to see whether it is one",
    "lib/build-log/reader/search-log.ts": "in a worker",
    "lib/component-document/regular-expressions.ts": "only compiled, to see whether it is one",
    "lib/component-document/rules/runtime-reference-rules.ts": "swept below",
    "lib/component-document/rules/script-rules.ts": "swept below",
    "lib/definitions/field-schemas.ts": "swept below",
    "lib/http/poll-door.ts": "swept below",
    "lib/image-builder/resources/field-failure.ts": "swept below",
  };

/** Every pattern that is made while `work` runs, by the file that makes it. */
async function patternsMadeBy(work: () => Promise<void>): Promise<[at: string, pattern: RegExp][]> {
  const Plain = globalThis.RegExp;
  const made: [string, RegExp][] = [];
  globalThis.RegExp = new Proxy(Plain, {
    construct(target, [source, flags]) {
      const pattern = new target(source, flags);
      const at = Object.keys(AT_RUN_TIME).find((path) => new Error().stack?.includes(`/${path}`));
      if (at) made.push([at, pattern]);
      return pattern;
    },
  });
  try {
    await work();
  } finally {
    globalThis.RegExp = Plain;
  }
  return made;
}

/** Makes each of them at least once, with names as people write them. */
async function makePatterns(): Promise<void> {
  vi.resetModules();
  const { lintDocument } = await import("@/lib/component-document/lint-document");
  await import("@/lib/definitions/pipeline-schemas");
  const { toFieldFailure } = await import("@/lib/image-builder/resources/field-failure");
  const { ConsoleFailure } = await import("@/lib/core/failure");
  const { markedPieces } = await import("@/components/shell/palette-entries");
  const { registerPoll } = await import("@/lib/http/poll-door");
  registerPoll("/api/[target]/things/[name]/[version]", async () => new Response());
  const steps = ["bash|export HOME_OF_IT=1", "powershell|$env:HOME_OF_IT = 1"].map((each) => each.split("|"));
  for (const [shell, line] of steps) {
    const read = shell === "bash" ? "echo $HOME_OF_IT; sudo reboot" : "echo $env:HOME_OF_IT";
    const step = (name: string, command: string) =>
      `      - name: ${name}\n        action: Execute${shell === "bash" ? "Bash" : "PowerShell"}\n        inputs:\n          commands:\n            - ${command}\n`;
    lintDocument(
      `name: a\nschemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${step("A", line ?? "")}${step("B", read)}`,
    );
  }
  for (const member of ["semanticVersion", "(a+)+$", "a*a*a*"])
    toFieldFailure(new ConsoleFailure({ code: "invalid", message: "no" }), [member]);
  for (const words of ["web base", "(a+)+$ b*", ". * ?"]) markedPieces("web-base", words);
}

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

/** What a pattern spells out from its beginning up to each run: `{{` and `{{$.` of `\\{\\{\\s*(\\$\\.[^{}]*`. */
function beginningsOf({ source }: RegExp): string[] {
  const [first = ""] = source.split(/(?<!\\)\|/);
  const pieces = first
    .split(/\\[bBwSsdWD](?:[*+?]\??|\{\d+,?\d*\})?|\[(?:\\.|[^\]\\])*\](?:[*+?]\??)?|\.[*+]\??/)
    .map((piece) =>
      piece
        .replaceAll(/\(\?(?:[:=!]|<[=!]|<\w+>)/g, "")
        .replaceAll(/(?<!\\)[()?*+^$]/g, "")
        .replaceAll(/\\(.)/g, "$1"),
    );
  return pieces.map((_, index) => pieces.slice(0, index + 1).join("")).slice(0, 6);
}

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
  const starts = new Set(["", ...heads.slice(0, 2), ...beginningsOf(pattern)]);
  return [...starts].flatMap((start) => [...units].map((unit): [string, string] => [start, unit]));
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

  it("is made at run time in places that are known, and nowhere else", () => {
    const making = sources.filter((path) => /\bnew RegExp\(|[^.\w]RegExp\(/.test(readText(path))).toSorted();
    expect(making).toEqual(Object.keys(AT_RUN_TIME).toSorted());
  });

  it("is about as much work as its text is long also where it is put together at run time", async () => {
    const made = await patternsMadeBy(makePatterns);
    const swept = Object.keys(AT_RUN_TIME).filter((path) => AT_RUN_TIME[path] === "swept below");
    expect([...new Set(made.map(([at]) => at))].toSorted(), "each is made").toEqual(swept.toSorted());
    const slow = made.flatMap(([at, pattern]) => {
      const { growth, text } = ON_CUT_LINES.has(at) ? { growth: 0 } : worstGrowth(pattern);
      return growth > MOST_GROWTH ? [`${at} ${pattern.source} ${growth.toFixed(1)} ${text}`] : [];
    });
    expect(slow).toEqual([]);
  }, 300_000);

  it.each([
    ["each place against each other", /a+$/],
    ["two runs of the same", /^\s*\s*x/],
    ["two runs of the same behind a head in parts", /\{\{\s*(\$\.[^{}]*?)\s*\}\}\}/g],
  ])("would be found out: %s", (_what, pattern) => {
    expect(worstGrowth(pattern).growth).toBeGreaterThan(MOST_GROWTH);
  });
});
