import { expect, it } from "vitest";
import { lintDocument } from "@/lib/component-document/lint-document";
import { countWork } from "@/lib/testing/count-work";
import { lintWorkflow } from "./lint-workflow";

/** The 64 KB of AWS's largest document, and a quarter of it: four times the text may not be sixteen times the work. */
const SHORT = 16_000;
const LONG = 64_000;
const MOST_GROWTH = 4.5;

const workflow = (steps: string, before = "") => `name: w\nschemaVersion: 1.0\n${before}steps:\n${steps}`;
const step = (name: string, rest: string) => `  - name: ${name}\n    action: RunCommand\n${rest}`;
const inputs = (lines: string) => `    inputs:\n${lines}`;
/** As many of a kind as there is room for. */
function many(size: number, make: (index: number) => string): string {
  let text = "";
  for (let index = 0; text.length < size; index++) text += make(index);
  return text;
}
const over = (unit: string, size: number) => unit.repeat(Math.ceil(size / unit.length));
const one = (rest: string) => workflow(step("A", rest));

const DOCUMENTS: [string, (size: number) => string][] = [
  ["steps", (size) => workflow(many(size, (index) => step(`S${index}`, "")))],
  ["steps of one name", (size) => workflow(many(size, () => step("S", "")))],
  ["steps without a name", (size) => workflow(many(size, () => "  - action: RunCommand\n"))],
  [
    "steps that refer to the first",
    (size) =>
      workflow(
        many(size, (index) => step(`S${index}`, inputs("      instanceId.$: $.stepOutputs.S0.instanceId\n"))),
      ),
  ],
  [
    "steps that refer to the one before",
    (size) =>
      workflow(
        many(size, (index) =>
          step(`S${index}`, inputs(`      instanceId.$: $.stepOutputs.S${index - 1}.runCommandId\n`)),
        ),
      ),
  ],
  [
    "steps that refer to later ones",
    (size) =>
      workflow(
        many(size, (index) => step(`S${index}`, inputs(`      a.$: $.stepOutputs.S${index + 1}.a\n`))),
      ),
  ],
  [
    "steps that refer to nothing",
    (size) =>
      workflow(many(size, (index) => step(`S${index}`, inputs(`      a.$: $.stepOutputs.s${index}.a\n`)))),
  ],
  [
    "one step that refers to all",
    (size) =>
      workflow(
        many(size / 2, (index) => step(`S${index}`, "")) +
          step("Last", inputs(many(size / 2, (index) => `      i${index}.$: $.stepOutputs.S${index}.a\n`))),
      ),
  ],
  ["references in one text", (size) => one(inputs(`      a: "${over("{{ $.stepOutputs.B.c }}", size)}"\n`))],
  ["heads of references", (size) => one(inputs(`      a: "${over("{{ $.a", size)}"\n`))],
  ["a head and spaces", (size) => one(inputs(`      a: "{{ $.a${over(" ", size)}"\n`))],
  ["braces", (size) => one(inputs(`      a: "${over("{", size)}"\n`))],
  ["brackets of a reference", (size) => one(inputs(`      a.$: "$.a${over("[", size)}"\n`))],
  ["parts of a reference", (size) => one(inputs(`      a.$: "$${over(".a", size)}"\n`))],
  ["inputs of one name", (size) => one(inputs(over("      commands: [a]\n", size)))],
  ["inputs", (size) => one(inputs(many(size, (index) => `      i${index}: a\n`)))],
  ["keys of a step", (size) => one(many(size, (index) => `    k${index}: a\n`))],
  ["one key of a step", (size) => one(over("    action: a\n", size))],
  [
    "keys of the workflow",
    (size) =>
      workflow(
        step("A", ""),
        many(size, (index) => `k${index}: a\n`),
      ),
  ],
  [
    "parameters",
    (size) =>
      workflow(
        step("A", inputs(many(size / 2, (index) => `      i${index}.$: $.parameters.p${index}\n`))),
        `parameters:\n${many(size / 2, (index) => `  - name: p${index}\n    type: string\n`)}`,
      ),
  ],
  [
    "parameters that differ in case",
    (size) =>
      workflow(
        step("A", inputs(many(size / 2, (index) => `      i${index}.$: $.parameters.p${index}\n`))),
        `parameters:\n${many(size / 2, (index) => `  - name: P${index}\n    type: string\n`)}`,
      ),
  ],
  [
    "outputs",
    (size) =>
      `${workflow(step("A", ""))}outputs:\n${many(size, (index) => `  - name: o${index}\n    value: $.stepOutputs.A.${index}\n`)}`,
  ],
  ["an input of JSON", (size) => one(inputs(`      payload: '${over("[", size)}'\n`))],
  [
    "conditions in a row",
    (size) =>
      one(`    if:\n      and:\n${over("        - booleanEquals: true\n          value: a\n", size)}`),
  ],
  [
    "conditions in each other",
    (size) => one(`    if: ${over("{not: ", size / 100)}${over("}", size / 100)}\n`),
  ],
  ["lists in lists", (size) => one(inputs(`      a: ${over("[", size / 100)}${over("]", size / 100)}\n`))],
  ["items", (size) => one(inputs(`      commands: [${over("a, ", size)}a]\n`))],
  ["items that refer", (size) => one(inputs(`      commands: [${over("$.stepOutputs.B, ", size)}a]\n`))],
  ["anchors", (size) => one(inputs(many(size, (index) => `      i${index}: &a${index} a\n`)))],
  [
    "aliases of one text",
    (size) =>
      one(inputs(`      i: &a "$.stepOutputs.B.c"\n${many(size, (index) => `      i${index}: *a\n`)}`)),
  ],
  [
    "aliases of aliases, doubled",
    (size) =>
      one(
        inputs(
          many(
            size,
            (index) =>
              `      i${index}: &a${index} [${index === 0 ? "a" : `*a${index - 1}, *a${index - 1}`}]\n`,
          ),
        ),
      ),
  ],
  [
    "merges of merges, doubled",
    (size) =>
      one(
        inputs(
          many(
            size,
            (index) =>
              `      i${index}: &a${index} ${index === 0 ? "{a: b}" : `{<<: [*a${index - 1}, *a${index - 1}]}`}\n`,
          ),
        ),
      ),
  ],
  ["an alias within itself", (size) => one(inputs(`      a: &a [${over("*a, ", size)}*a]\n`))],
  ["merges of one map", (size) => one(`    inputs: &a {a: b}\n${over("    <<: *a\n", size)}`)],
];

it("stops at aliases that stand for more than anybody wrote", () => {
  const doubled = (make: (index: number) => string) =>
    one(
      inputs(
        Array.from({ length: 40 }, (_, index) => `      i${index}: &a${index} ${make(index)}\n`).join(""),
      ),
    );
  for (const text of [
    doubled((index) => (index === 0 ? "[a]" : `[*a${index - 1}, *a${index - 1}]`)),
    doubled((index) => (index === 0 ? "{a: b}" : `{<<: [*a${index - 1}, *a${index - 1}]}`)),
    doubled((index) => (index === 0 ? "{a: b}" : `{a: *a${index - 1}, b: *a${index - 1}}`)),
    one(inputs("      a: &a [*a, *a]\n")),
    one(inputs("      a: &a {b: &b [*a], c: *b}\n")),
  ]) {
    for (const lint of [lintWorkflow, lintDocument])
      expect(lint(text).map(({ message }) => message)).toContainEqual(
        expect.stringMatching(/^(Aliases repeat|An alias)/),
      );
  }
  const shared = one(`${inputs("      commands: &lines [a, b]\n")}`).replace(
    "steps:",
    "x: &x {k: v}\ny: *x\nsteps:",
  );
  expect(lintWorkflow(shared).map(({ rule }) => rule)).not.toContain("workflow-yaml");
});

it.each(DOCUMENTS)("does about as much as a document is long: %s", (_, make) => {
  // Once for what is only prepared at the first time.
  countWork(() => lintWorkflow(make(1_000)));
  const short = countWork(() => lintWorkflow(make(SHORT)));
  const long = countWork(() => lintWorkflow(make(LONG)));
  expect(long / short).toBeLessThan(MOST_GROWTH);
});
