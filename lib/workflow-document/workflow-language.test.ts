import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { WorkflowType } from "goldsmith-languages/workflow";
import { describe, expect, it } from "vitest";
import { buildWorkflowSchema } from "@/lib/definitions/workflow-schemas";
import { projectRoot } from "@/lib/testing/project-files";
import { workflowRows } from "@/lib/testing/workflow-rows";
import { readWorkflowDocument } from "@/simulator/testing";
import { lintWorkflow } from "./lint-workflow";

const errorsIn = (text: string, type: WorkflowType) =>
  lintWorkflow(text, { type }).filter(({ severity }) => severity === "error");

/** Whether linter, form and simulator take a document; what they say where they differ from each other. */
function verdicts(text: string, type: WorkflowType) {
  const errors = errorsIn(text, type).map(({ line, rule, message }) => `${line} ${rule} ${message}`);
  const form = buildWorkflowSchema.safeParse({ name: "web", semanticVersion: "1.0.0", type, data: text });
  const read = readWorkflowDocument(text, type);
  return {
    linter: errors,
    form: form.error?.issues.map(({ message }) => message) ?? [],
    simulator: read.ok ? [] : read.problems,
  };
}

const cases = Object.entries(workflowRows).flatMap(
  ([title, { valid, invalid = [], warns = [], type = "TEST" }]) => [
    ...valid.map((text, index) => [`${title}: valid ${index + 1}`, text, type, true] as const),
    ...warns.map(
      ([, text], index) => [`${title}: taken with a warning ${index + 1}`, text, type, true] as const,
    ),
    ...invalid.map((text, index) => [`${title}: invalid ${index + 1}`, text, type, false] as const),
  ],
);

describe("the language of workflow documents", () => {
  it.each(cases)("%s", (_, text, type, isValid) => {
    const { linter, form, simulator } = verdicts(text, type);
    const taken = { linter: linter.length === 0, form: form.length === 0, simulator: simulator.length === 0 };
    expect({ taken, text, linter, simulator }).toMatchObject({
      taken: { linter: isValid, form: isValid, simulator: isValid },
    });
  });

  it.each(
    Object.values(workflowRows).flatMap(({ warns = [], type = "TEST" }) =>
      warns.map((each) => [...each, type] as const),
    ),
  )("warns of %s", (rule, text, type) => {
    expect(lintWorkflow(text, { type })).toContainEqual(
      expect.objectContaining({ rule, severity: "warning" }),
    );
  });

  it("names the rule that an invalid document breaks", () => {
    const silent = Object.entries(workflowRows).filter(
      ([, { rule, invalid = [], type = "TEST" }]) =>
        invalid.length > 0 &&
        !invalid.some((text) => errorsIn(text, type).some((found) => found.rule.includes(rule))),
    );
    expect(silent.map(([title]) => title)).toEqual([]);
  });
});

const folder = join(projectRoot, "../shared/cases");
const present = existsSync(folder);
const read = (name: string) => readFileSync(join(folder, name), "utf8");

describe.skipIf(!present)("workflows that people wrote (needs ../shared/cases)", () => {
  it("finds each of the five faults of a workflow at its line", () => {
    const text = read("workflow-broken-silently.yml");
    const found = lintWorkflow(text).map(({ line }) => text.split("\n")[line - 1]?.trim());
    expect(found).toEqual([
      "action: LaunchInstance",
      "timeoutSeconds: 99999",
      "- name: Create",
      "instanceId.$: $.stepOutputs.Lunch.instanceId",
      "instanceId.$: $.parameters.nope",
    ]);
  });

  it.each([
    ["workflow-mustache.yaml", "BUILD", true],
    ["workflow-reason-output.yaml", "BUILD", true],
    ["workflow-no-inputs.yaml", "BUILD", false],
    ["workflow-test-in-build.yaml", "BUILD", false],
    ["workflow-timeout-too-long.yaml", "BUILD", false],
    ["workflow-unknown-step.yaml", "BUILD", false],
    ["workflow-broken-silently.yml", "BUILD", false],
  ] as const)("judges %s alike", (name, type, isValid) => {
    const { linter, form, simulator } = verdicts(read(name), type);
    expect([linter.length === 0, form.length === 0, simulator.length === 0]).toEqual([
      isValid,
      isValid,
      isValid,
    ]);
  });

  it("knows every workflow among the cases", () => {
    expect(readdirSync(folder).filter((name) => name.startsWith("workflow-")).length).toBeGreaterThanOrEqual(
      7,
    );
  });
});
