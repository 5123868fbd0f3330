import { describe, expect, it } from "vitest";
import { buildAt } from "./build-at";
import { scriptOf } from "./build-fixture";
import { MANAGED_WORKFLOWS } from "./managed-workflows";
import type { Intervention, WorkflowInput } from "./types";
import { parseWorkflowDocument } from "./workflow-document";

const END = 1e12;
const MINUTE = 60_000;

function workflow(
  type: WorkflowInput["type"],
  steps: string,
  more: Partial<WorkflowInput> = {},
  rest = "",
): WorkflowInput {
  const arn = `arn:aws:imagebuilder:us-east-1:111111111111:workflow/${type.toLowerCase()}/own/1.0.0/1`;
  return { arn, type, document: `name: own\nschemaVersion: 1.0\nsteps:\n${steps}${rest}`, ...more };
}

const APPROVAL = workflow("TEST", "  - name: Approve\n    action: WaitForAction\n    onFailure: Abort\n");

describe("workflow documents", () => {
  it.each(MANAGED_WORKFLOWS.map((managed) => [managed.name, managed] as const))(
    "reads the managed %s",
    (_, managed) => {
      expect(parseWorkflowDocument(managed.document, managed.type)).toMatchObject({ ok: true });
    },
  );

  it.each([
    [
      "an action of another stage",
      "BUILD",
      "  - name: Copy\n    action: DistributeImage\n",
      "not allowed in a BUILD workflow",
    ],
    ["an unknown action", "TEST", "  - name: Run\n    action: Fly\n", "unknown action 'Fly'"],
    [
      "a missing input",
      "TEST",
      "  - name: End\n    action: TerminateInstance\n",
      "requires the input 'instanceId'",
    ],
    [
      "a timeout beyond the action's",
      "TEST",
      "  - name: Wait\n    action: WaitForAction\n    timeoutSeconds: 9999999\n",
      "between 1 and 604800",
    ],
    [
      "two steps of one name",
      "TEST",
      "  - name: Wait\n    action: WaitForAction\n  - name: Wait\n    action: WaitForAction\n",
      "more than once",
    ],
  ] as const)("refuses %s", (_, type, steps, message) => {
    expect(parseWorkflowDocument(workflow(type, steps).document, type)).toMatchObject({
      ok: false,
      problems: [{ message: expect.stringContaining(message) }],
    });
  });
});

describe("a waiting step", () => {
  const script = scriptOf({ workflows: [APPROVAL] });
  const waiting = () => {
    const startMs =
      buildAt(script, END).workflowExecutions.find((execution) => execution.type === "TEST")?.startMs ?? 0;
    return { startMs, step: buildAt(script, startMs + MINUTE).waitingSteps[0] };
  };
  const answered = (action: "RESUME" | "STOP", reason?: string) => {
    const { startMs, step } = waiting();
    const answer: Intervention = {
      kind: "answer",
      atMs: startMs + 5 * MINUTE,
      stepExecutionId: step?.stepExecutionId ?? "",
      action,
      ...(reason ? { reason } : {}),
    };
    return buildAt(script, END, { interventions: [answer] });
  };

  it("waits until someone answers", () => {
    expect(waiting().step).toMatchObject({ name: "Approve", action: "WaitForAction" });
  });

  it("goes on when resumed", () => {
    expect(answered("RESUME").status).toBe("AVAILABLE");
  });

  it("fails when stopped and keeps who said so as output", () => {
    const { status, workflowExecutions } = answered("STOP", "ana: not today");
    expect(status).toBe("FAILED");
    const step = workflowExecutions.find((execution) => execution.type === "TEST")?.steps[0];
    expect(JSON.parse(step?.outputs ?? "{}")).toEqual({ action: "STOP", reason: "ana: not today" });
  });

  it("fails after three days without an answer", () => {
    const { status, reason, totalMs } = buildAt(script, END);
    expect(status).toBe("FAILED");
    expect(reason).toContain("Step Approve timed out");
    expect(totalMs).toBeGreaterThan(3 * 24 * 60 * MINUTE);
  });
});

describe("custom workflows", () => {
  it("of one parallel group run at the same time, others one after another", () => {
    const run = workflow(
      "TEST",
      "  - name: Run\n    action: RunCommand\n    inputs:\n      instanceId: i-1\n      documentName: Ok\n",
    );
    const starts = (workflows: WorkflowInput[]) =>
      buildAt(scriptOf({ workflows }), END)
        .workflowExecutions.filter((execution) => execution.type === "TEST")
        .map((execution) => execution.startMs);
    const together = starts([
      { ...run, parallelGroup: "a" },
      { ...run, parallelGroup: "a" },
    ]);
    expect(new Set(together).size).toBe(1);
    const apart = starts([run, run]);
    expect(apart[1]).toBeGreaterThan(apart[0] ?? 0);
  });

  it("that may fail do not fail the build", () => {
    const broken = workflow(
      "TEST",
      "  - name: Run\n    action: RunCommand\n    inputs:\n      instanceId: i-1\n      documentName: FailHere\n",
    );
    expect(buildAt(scriptOf({ workflows: [broken] }), END).status).toBe("FAILED");
    expect(buildAt(scriptOf({ workflows: [{ ...broken, onFailure: "Continue" }] }), END).status).toBe(
      "AVAILABLE",
    );
  });

  it("fill parameters and step outputs into inputs", () => {
    const own = workflow(
      "TEST",
      '  - name: Launch\n    action: LaunchInstance\n    inputs:\n      waitFor: ssmAgent\n  - name: Run\n    action: RunCommand\n    inputs:\n      instanceId.$: "$.stepOutputs.Launch.instanceId"\n      documentName.$: "$.parameters.doc"\n',
      { parameters: { doc: "MyDocument" } },
      "parameters:\n  - name: doc\n    type: string\n",
    );
    const execution = buildAt(scriptOf({ workflows: [own] }), END).workflowExecutions.find(
      ({ type }) => type === "TEST",
    );
    expect(JSON.parse(execution?.steps[1]?.inputs ?? "{}")).toEqual({
      instanceId: expect.stringMatching(/^i-0/),
      documentName: "MyDocument",
    });
  });

  it("report a step that takes longer than its timeout as timed out", () => {
    const slow = workflow(
      "TEST",
      "  - name: Launch\n    action: LaunchInstance\n    timeoutSeconds: 30\n    inputs:\n      waitFor: ssmAgent\n",
    );
    expect(buildAt(scriptOf({ workflows: [slow] }), END).reason).toContain("Step Launch timed out");
  });
});
