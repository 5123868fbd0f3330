import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILT_IN_RULES } from "./built-in-rules";
import { collectEvidence, MAX_LINE_LENGTH } from "./collect-evidence";
import { diagnoseFailure } from "./diagnose-failure";
import { matchPatterns, OUT_OF_TIME } from "./pattern-workers";
import type { DiagnosisRule, Evidence } from "./types";

/** What a pattern spells out, piece by piece: what makes it begin to match, over and over. */
const headsOf = (pattern: string): string[] =>
  pattern
    .replaceAll(/\\[bwSsd]\W?[*+?]?|\[[^\]]*\][*+?]?|\.[*+]/g, "\n")
    .split(/[\n()|?*+^$]+/)
    .map((piece) => piece.replaceAll("\\", ""))
    .filter((piece) => piece.trim() !== "");

const teamRule = (id: string, pattern: string): DiagnosisRule => ({
  ...{ id, pattern, title: id, cause: "c", fix: "f", source: "s" },
  ...{ next: "retry", confidence: "certain" },
});
const evidenceOf = (...texts: string[]): Evidence[] => texts.map((text) => ({ place: "log", text }));

describe("matchPatterns", () => {
  it("gives for each pattern the texts that match", async () => {
    const found = await matchPatterns(["a", "b", "bb"], ["B", "^b$", "z"]);
    expect(found).toEqual([new Set([1, 2]), new Set([1]), new Set()]);
    expect(await matchPatterns([], [])).toEqual([]);
  });

  it("ends a pattern that runs for ever, answers the others, and lets the process go on meanwhile", async () => {
    let turns = 0;
    const clock = setInterval(() => turns++, 1);
    const texts = [`${"a".repeat(60)}!`, "match me"];
    const patterns = ["me$", "(a+)+$", "match", "^(([a-z])+.)+[A-Z]([a-z])+$", "a"];
    const answers = await matchPatterns(texts, patterns);
    clearInterval(clock);
    const [first, second] = [new Set([0]), new Set([1])];
    expect(answers).toEqual([second, OUT_OF_TIME, second, OUT_OF_TIME, new Set([...first, ...second])]);
    // Blocked, there would be one turn at most.
    expect(turns).toBeGreaterThan(20);
  });

  it("answers others while one worker is held up, and those behind it in the end", async () => {
    const slow = "(a+)+$";
    const text = `${"a".repeat(60)}!`;
    const ended: string[] = [];
    const note = (name: string) => () => ended.push(name);
    await Promise.all([
      matchPatterns([text], [slow, slow, slow, slow, slow]).then((answers) => {
        ended.push("slow");
        expect(answers).toEqual(Array(5).fill(OUT_OF_TIME));
      }),
      matchPatterns(["b"], ["b"]).then(note("quick")),
    ]);
    expect(ended).toEqual(["quick", "slow"]);
  });
});

describe("Goldsmith's own patterns", () => {
  it.each(BUILT_IN_RULES.map(({ id, pattern }) => [id, pattern]))(
    "%s is done in time with every line that begins it over and over",
    async (_, pattern) => {
      const heads = headsOf(pattern);
      expect(heads.length).toBeGreaterThan(0);
      const long = (unit: string) =>
        unit.repeat(Math.ceil(MAX_LINE_LENGTH / unit.length)).slice(0, MAX_LINE_LENGTH);
      const joined = fc.sample(
        fc
          .tuple(
            fc.array(fc.constantFrom(...heads), { minLength: 1, maxLength: 4 }),
            fc.constantFrom("", " ", ":", ": ", "x"),
          )
          .map(([pieces, between]) => long(pieces.map((piece) => piece + between).join(""))),
        200,
      );
      const texts = [...heads.flatMap((head) => [long(head), long(`${head} `)]), ...joined];
      // Whether it matches is no matter here.
      expect(await matchPatterns(texts, [pattern])).not.toContain(OUT_OF_TIME);
    },
  );

  it("explain a failure although every pattern of the team runs for ever", async () => {
    const teamRules = ["T1", "T2", "T3", "T4", "T5"].map((id) => teamRule(id, "(a+)+$"));
    const evidence = evidenceOf(`${"a".repeat(80)}!`, "No space left on device");
    const { rule, outOfTime } = await diagnoseFailure({ failed: {}, evidence, teamRules });
    expect([rule?.id, outOfTime]).toEqual(["C11", ["T1", "T2", "T3", "T4", "T5"]]);
  });
});

it("no evidence is longer than it may be, nor cut within a character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), fc.constantFrom("", "x"), (unit, before) => {
      const text = before + `${unit}😀`.repeat(MAX_LINE_LENGTH);
      const { evidence } = collectEvidence(
        { workflows: [], reason: text, failure: { component: { error: text } } } as never,
        {
          tree: {
            lineCount: 1,
            nodes: [
              { id: 0, level: "step", name: "a", firstLine: 0, lastLine: 0, outcome: "failed", reboots: 0 },
            ],
            polls: [],
            stderr: [],
            failedNode: 0,
          },
          line: () => text,
        },
      );
      expect(evidence.length).toBe(3);
      for (const each of evidence) {
        expect(each.text.length).toBeLessThanOrEqual(MAX_LINE_LENGTH);
        expect(each.text.length).toBeGreaterThan(MAX_LINE_LENGTH - 3);
        expect(each.text.isWellFormed()).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});
