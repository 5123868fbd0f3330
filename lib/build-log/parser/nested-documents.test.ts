import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLog } from "./log-parser";
import type { LogTree } from "./types";

/** A document of a component as AWSTOE runs it: a step runs commands, or documents with steps of their own. */
type Step = { name: string; code: number; reboots: boolean; documents: Document[] };
type Phase = { name: string; steps: Step[] };
type Document = { name: string; phases: Phase[] };

const PHASES = ["build", "validate", "test", "container-host-test", "Prepare_1", "0-clean"];
/** Few names, so that inner and outer parts share them. */
const name = fc.constantFrom("Install", "run-parts", "Step_3", "RunParts");
const arn = fc
  .constantFrom("web", "part-a", "part-b")
  .map((part) => `arn:aws:imagebuilder:us-east-1:111111111111:component/${part}/1.0.0/1`);

const { document } = fc.letrec<{ document: Document; step: Step }>((tie) => ({
  document: fc.record({
    name: arn,
    phases: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...PHASES),
        steps: fc.uniqueArray(tie("step"), { minLength: 1, maxLength: 3, selector: (step) => step.name }),
      }),
      { minLength: 1, maxLength: 2, selector: (phase) => phase.name },
    ),
  }),
  step: fc.record({
    name,
    code: fc.constantFrom(0, 0, 0, 1),
    reboots: fc.boolean(),
    documents: fc.oneof(
      { depthSize: "small", maxDepth: 3 },
      fc.constant<Document[]>([]),
      fc.array(tie("document"), { minLength: 1, maxLength: 2 }),
    ),
  }),
}));

/** The lines that AWSTOE writes of a document. */
function linesOf({ name: document, phases }: Document): string[] {
  return [`Document ${document}`, ...phases.flatMap((phase) => linesOfPhase(document, phase))];
}

function linesOfPhase(document: string, { name: phase, steps }: Phase): string[] {
  return [
    `Phase ${phase}`,
    ...steps.flatMap((step) => [`Step ${step.name}`, ...linesOfStep(document, phase, step)]),
  ];
}

function linesOfStep(document: string, phase: string, { name, code, reboots, documents }: Step): string[] {
  if (documents.length > 0) {
    // A loop begins and ends the module once for each turn.
    return documents.flatMap((inner) => [
      "ExecuteDocument: STARTED EXECUTION",
      `ExecuteDocument: Executing document ${inner.name}`,
      ...linesOf(inner),
      "ExecuteDocument: FINISHED EXECUTION",
    ]);
  }
  const restart = [
    "ExecuteBash: STARTED EXECUTION",
    "CmdExecution: Stderr: ",
    "CmdExecution: ExitCode 194",
    "Rebooting the system now",
    `Document ${document}`,
    `Phase ${phase}`,
    `Step ${name}`,
  ];
  return [
    ...(reboots ? restart : []),
    "ExecuteBash: STARTED EXECUTION",
    `Stdout: Phase ${phase}`,
    "CmdExecution: Stderr: ",
    `CmdExecution: ExitCode ${code}`,
    "ExecuteBash: FINISHED EXECUTION",
  ];
}

/** Names and exit codes, inner parts indented. */
function draw(tree: LogTree): string[] {
  const depth = (id: number | undefined): number =>
    id === undefined ? -1 : depth(tree.nodes[id]?.parent) + 1;
  return tree.nodes.map(({ id, name: told, exitCode, reboots }) =>
    `${" ".repeat(depth(id))}${told} ${exitCode ?? ""} ${reboots}`.replace(/ 0$/, ""),
  );
}

function expected({ name: document, phases }: Document, depth = 0): string[] {
  const at = (more: number) => " ".repeat(depth + more);
  return [
    `${at(0)}${document} `,
    ...phases.flatMap(({ name: phase, steps }) => [
      `${at(1)}${phase} `,
      ...steps.flatMap(({ name: step, code, reboots, documents }) =>
        documents.length > 0
          ? [`${at(2)}${step} `, ...documents.flatMap((inner) => expected(inner, depth + 3))]
          : [`${at(2)}${step} ${code}${reboots ? " 1" : ""}`],
      ),
    ]),
  ];
}

describe("the tree of documents that run documents", () => {
  it("is the tree of the documents, whatever runs within what", () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 2 }), (documents) => {
        const tree = parseLog(documents.flatMap(linesOf).join("\n"));
        expect(draw(tree)).toEqual(documents.flatMap((each) => expected(each)));
      }),
      { numRuns: 300, seed: 11 },
    );
  });

  it("blames the step within that failed, and the steps and documents around it are failed too", () => {
    const inner = { name: "arn:aws:imagebuilder:us-east-1:111111111111:component/part/1.0.0/1" };
    const bad: Step = { name: "Bad", code: 1, reboots: false, documents: [] };
    const within: Document = { ...inner, phases: [{ name: "build", steps: [bad] }] };
    const outer: Document = {
      name: "arn:aws:imagebuilder:us-east-1:111111111111:component/web/1.0.0/1",
      phases: [{ name: "build", steps: [{ name: "Outer", code: 0, reboots: false, documents: [within] }] }],
    };
    const lines = [...linesOf(outer), "TOE has completed execution with failure - Execution failed!"];
    const tree = parseLog(lines.join("\n"));
    expect(tree.nodes.map(({ outcome }) => outcome)).toEqual(Array(6).fill("failed"));
    expect(tree.nodes[tree.failedNode ?? -1]?.name).toBe("Bad");
    // Ignored, it stays red alone.
    const ignored = parseLog([...linesOf(outer), "TOE has completed execution successfully"].join("\n"));
    expect(ignored.nodes.filter(({ outcome }) => outcome === "failed").map(({ name }) => name)).toEqual([
      "Bad",
    ]);
  });
});
