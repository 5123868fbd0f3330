import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../testing/project-files";
import { lintDocument } from "./lint-document";
import { componentTypeOf, outlineDocument } from "./outline-document";
import { planDocument } from "./plan-document";

/** Documents that people really use. They are not ours to publish, so they lie beside the project. */
const corpus = join(projectRoot, "../shared/corpus");
const needsCorpus = !existsSync(join(corpus, "components"));
const documentsIn = (folder: string) =>
  readdirSync(join(corpus, folder))
    .filter((name) => name !== "INDEX.tsv")
    .map((name) => ({ name, text: readFileSync(join(corpus, folder, name), "utf8") }));
const errorsIn = (text: string) => lintDocument(text).filter(({ severity }) => severity === "error");

describe.skipIf(needsCorpus)("on real documents (needs ../shared/corpus)", () => {
  it("finds no error in any document that is in use", () => {
    // No exceptions so far: one would stand here with its rule and the AWS page that demands it.
    const wrong = documentsIn("components").flatMap(({ name, text }) =>
      errorsIn(text).map(({ line, rule, message }) => `${name}:${line} ${rule} ${message}`),
    );
    expect(wrong).toEqual([]);
  });

  /** What the index says about a document, and the rules of which one must speak up. */
  const reasons: [RegExp, string[]][] = [
    [/YAML does not parse: could not determine a constructor/, ["yaml-tag"]],
    [/YAML does not parse: (?!could not)/, ["yaml-syntax"]],
    [/placeholders outside commands/, ["template-placeholder"]],
    [/CloudFormation Sub text inside/, ["template-placeholder"]],
    [/Terraform %\{/, ["template-placeholder"]],
    [/schemaVersion 'string'/, ["schema-version"]],
    [/unknown action/, ["unknown-action"]],
    [/onFailure '/, ["on-failure"]],
  ];

  it("finds the reason for which a document is odd", () => {
    const [, ...rows] = readFileSync(join(corpus, "components-odd/INDEX.tsv"), "utf8").trim().split("\n");
    const missed = rows.flatMap((row) => {
      const [name = "", , , , , , reason = ""] = row.split("\t");
      const found = lintDocument(readFileSync(join(corpus, "components-odd", name), "utf8"));
      return reasons
        .filter(([pattern]) => pattern.test(reason))
        .filter(([, rules]) => !found.some(({ rule }) => rules.includes(rule)))
        .map(([pattern]) => `${name}: ${pattern}`);
    });
    expect(rows.length).toBeGreaterThan(20);
    expect(missed).toEqual([]);
  });

  it("outlines and plans each of them", () => {
    for (const { name, text } of documentsIn("components")) {
      expect(outlineDocument(text), name).not.toEqual([]);
      const plan = planDocument(text);
      expect(plan.phases.map((phase) => phase.name)).toEqual(
        outlineDocument(text).map((phase) => phase.name),
      );
    }
  });

  it("survives every cut and every swapped byte of them", () => {
    const random = generator(7);
    for (const { text } of documentsIn("components").slice(0, 60)) {
      const at = Math.floor(random() * text.length);
      const strange = "\u0000\t{}[]:&*!|>'\"%@`#-\ud800\u2028\ufeff";
      const character = strange[Math.floor(random() * strange.length)] ?? "";
      for (const broken of [
        text.slice(0, at),
        text.slice(at),
        text.slice(0, at) + character + text.slice(at),
      ]) {
        expectSound(broken);
      }
    }
  });
});

describe("any text", () => {
  const hostile: Record<string, string> = {
    nothing: "",
    "a word": "hello",
    "a list": "- a\n- b",
    "only nulls": "schemaVersion:\nphases:\nparameters:\nconstants:",
    "phases of nulls": "phases:\n  -\n  - steps:\n      -\n      - inputs:\n        loop:\n        if:",
    "numbers for names":
      "1: 2\nphases:\n  - name: 1\n    steps:\n      - name: 2\n        action: 3\n        inputs: 4",
    "an anchor inside itself": "phases: &a\n  - *a\n  - if: &b {and: [*b]}",
    "a condition inside itself":
      "phases: [{name: build, steps: [{action: Assert, inputs: &a {and: [*a, *a, *a]}}]}]",
    "a merge with itself": "phases: [&a {<<: *a, name: build, steps: []}]",
    "an alias to nothing": "phases: *nowhere",
    "many brackets": "[".repeat(20_000),
    "many braces": "{{".repeat(20_000),
    "many dashes": "- ".repeat(20_000),
    "control characters": "\u0000\u0001\ud800\ufffe phases: \u2028",
    "script tags": "name: <script>alert(1)</script>",
    "ten megabytes": "x".repeat(10_000_000),
    "two documents": "a: 1\n---\nb: 2",
    "a prototype":
      "__proto__: {}\nphases: [{name: constructor, steps: [{name: toString, action: __proto__}]}]",
  };

  it.each(Object.entries(hostile))("is answered: %s", (_, text) => expectSound(text));

  it("is answered, whatever bytes it is made of", () => {
    const random = generator(1);
    const words = [
      "phases",
      "steps",
      "name",
      "inputs",
      "loop",
      "if",
      ": ",
      "- ",
      "\n",
      "  ",
      "{{",
      "}}",
      "*a",
      "&a ",
    ];
    for (let round = 0; round < 300; round += 1) {
      const parts = Array.from({ length: 40 }, () =>
        random() < 0.7
          ? (words[Math.floor(random() * words.length)] ?? "")
          : String.fromCharCode(Math.floor(random() * 0x250)),
      );
      expectSound(parts.join(""));
    }
  });

  it("of 64 KB is read to its last step", () => {
    const step = (index: number) =>
      `      - name: Step${index}\n        action: ExecuteBash\n        inputs:\n          commands:\n            - reboot\n`;
    let text = "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n";
    let steps = 0;
    for (; text.length < 64 * 1024 - 300; steps += 1) text += step(steps);
    const reboots = lintDocument(text).filter(({ rule }) => rule === "script-reboot");
    expect(reboots).toHaveLength(steps);
  });
});

describe("a finding", () => {
  it("says where it is, counted from 1", () => {
    const [finding] = errorsIn(
      "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: One\n        action: Bash\n",
    );
    expect(finding).toMatchObject({ rule: "unknown-action", line: 6, column: 17, endLine: 6, endColumn: 21 });
  });

  it("reads JSON as well as YAML", () => {
    const text =
      '{"schemaVersion": 1.0,\n\t"phases": [{"name": "build", "steps": [{"name": "One", "action": "Bash"}]}]}';
    expect(errorsIn(text).map(({ rule }) => rule)).toEqual(["unknown-action"]);
  });

  it("keeps the quotes of a word that its fix replaces", () => {
    const [finding] = errorsIn(
      '{"schemaVersion": 1.0, "phases": [{"name": "build", "steps": [{"name": "One", "action": "reboot"}]}]}',
    );
    expect(finding?.fix?.edits[0]?.insert).toBe('"Reboot"');
  });

  it("does not repeat what an unquoted reference does to the lines after it", () => {
    const text =
      "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: One\n        action: CreateFolder\n        inputs:\n          - path: {{ Folder }}/x\n";
    expect(errorsIn(text).map(({ rule }) => rule)).toEqual(["unquoted-reference"]);
  });
});

describe("the type of a component", () => {
  it("is TEST when test is its only phase, else BUILD", () => {
    expect(componentTypeOf("phases: [{name: test, steps: []}]")).toBe("TEST");
    expect(componentTypeOf("phases: [{name: test, steps: []}, {name: build, steps: []}]")).toBe("BUILD");
    expect(componentTypeOf("")).toBe("BUILD");
  });
});

/** Same numbers each time: a failure can be repeated. */
function generator(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function expectSound(text: string) {
  for (const finding of lintDocument(text, { platform: "Linux", parameters: {} })) {
    expect(finding.from).toBeGreaterThanOrEqual(0);
    expect(finding.to).toBeLessThanOrEqual(text.length);
    expect(finding.from).toBeLessThanOrEqual(finding.to);
    expect(finding.line).toBeGreaterThan(0);
    expect(finding.column).toBeGreaterThan(0);
  }
  outlineDocument(text);
  planDocument(text);
}
