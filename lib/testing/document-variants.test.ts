import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { workflowTypes } from "goldsmith-languages/workflow";
import { describe, expect, it } from "vitest";
import { lintDocument } from "@/lib/component-document/lint-document";
import { lintWorkflow } from "@/lib/workflow-document/lint-workflow";
import { readComponentDocument, readWorkflowDocument } from "@/simulator/testing";
import { corpusFiles, readCorpus } from "./corpus";
import { projectRoot } from "./project-files";
import { workflowRows } from "./workflow-rows";

/** A change of a document, and what becomes of one that was right: `same` leaves it so. */
type Change = [title: string, verdict: "same" | "wrong" | "either", change: (text: string) => string];

const STEP = /^(\s+- name: )['"]?[\w-]+['"]?(\s*\n\s+action:)/m;
const ACTION = /^(\s+)(action: .*)$/m;
const stepCalled = (name: string) => (text: string) => text.replace(STEP, `$1${name}$2`);
const withKey = (line: string) => (text: string) => text.replace(ACTION, `$1$2\n$1${line}`);

const COMPONENT_CHANGES: Change[] = [
  ["a step with a space", "wrong", stepCalled("My step")],
  ["a step of two letters", "wrong", stepCalled("Go")],
  ["a step with dots", "wrong", stepCalled("a.b.c")],
  [
    "an action that is not there",
    "wrong",
    (text) => text.replace(/action: ['"]?\w+['"]?/, "action: MakeTea"),
  ],
  ["an action in other case", "wrong", (text) => text.replace(/action: ['"]?[A-Z]/, "action: x")],
  ["another schema", "wrong", (text) => text.replace(/schemaVersion: .*/, "schemaVersion: 2.0")],
  ["no time", "wrong", withKey("timeoutSeconds: 0")],
  ["a key that is not there", "wrong", withKey("runAs: root")],
  ["another failure action", "wrong", (text) => text.replace(/onFailure: .*/, "onFailure: Stop")],
  [
    "a phase with a space",
    "wrong",
    (text) => text.replace(/^(\s*- name: )['"]?(?:build|validate|test)['"]?\s*$/m, "$1my phase"),
  ],
  ["no logging", "same", withKey("disableLogging: true")],
  ["a whole number as schema", "same", (text) => text.replace(/schemaVersion: .*/, "schemaVersion: 1")],
  ["a comment", "same", (text) => `# a comment\n${text}`],
  ["line ends of Windows", "same", (text) => text.replace(/\r?\n/g, "\r\n")],
];

const takesComponent = (text: string) => ({
  linter: !lintDocument(text).some(({ severity }) => severity === "error"),
  simulator: readComponentDocument(text).ok,
});

const components = ["components", "components-odd"]
  .flatMap(corpusFiles)
  .filter((path) => /\.ya?ml$/.test(path));

describe.skipIf(components.length === 0)("variants of documents in use (needs ../shared/corpus)", () => {
  it.each(COMPONENT_CHANGES)("%s", (_, verdict, change) => {
    const wrong: unknown[] = [];
    let tried = 0;
    for (const path of components) {
      const text = readCorpus(path);
      const changed = change(text);
      if (changed === text) continue;
      tried++;
      const [before, after] = [takesComponent(text), takesComponent(changed)];
      const expected = verdict === "wrong" ? false : before.linter;
      if (after.linter !== after.simulator || (before.linter && after.linter !== expected))
        wrong.push({ path, before, after });
    }
    expect(wrong).toEqual([]);
    expect(tried).toBeGreaterThan(20);
  });
});

const WORKFLOW_CHANGES: Change[] = [
  ["as it is", "either", (text) => text],
  ["a step with a space", "wrong", (text) => text.replace(STEP, "$1my step$2")],
  [
    "an action in other case",
    "wrong",
    (text) => text.replace(/action: ['"]?[A-Z]/, (start) => start.toLowerCase()),
  ],
  ["a longer time than any", "wrong", withKey("timeoutSeconds: 99999999")],
  ["no attempt", "wrong", withKey(`${"retry"}: {maxAttempts: 0}`)],
  [
    "a step that is not there",
    "wrong",
    (text) => text.replace(/\$\.stepOutputs\.\w+/, "$.stepOutputs.Nobody"),
  ],
  [
    "an output that is not there",
    "either",
    (text) => text.replace(/(\$\.stepOutputs\.\w+)\.\w+/, "$1.nothing"),
  ],
  ["a reference under a plain key", "either", (text) => text.replace(/(\w+)\.\$:/, "$1:")],
];

const cases = join(projectRoot, "../shared/cases");
const workflows = [
  ...Object.values(workflowRows).flatMap(({ valid, invalid = [] }) => [...valid, ...invalid]),
  ...(existsSync(cases)
    ? readdirSync(cases)
        .filter((name) => name.startsWith("workflow-"))
        .map((name) => readFileSync(join(cases, name), "utf8"))
    : []),
];

describe.each(workflowTypes)("variants of workflows as %s", (type) => {
  it.each(WORKFLOW_CHANGES)("%s", (_, verdict, change) => {
    const wrong: unknown[] = [];
    for (const text of workflows) {
      const changed = change(text);
      if (changed === text && verdict !== "either") continue;
      const linter = !lintWorkflow(changed, { type }).some(({ severity }) => severity === "error");
      const simulator = readWorkflowDocument(changed, type).ok;
      if (linter !== simulator || (verdict === "wrong" && linter)) wrong.push({ changed, linter, simulator });
    }
    expect(wrong).toEqual([]);
  });
});
