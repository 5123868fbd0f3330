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

  /** https://docs.aws.amazon.com/imagebuilder/latest/userguide/pipeline-workflows.html */
  it("102 run their groups in the order in which they first appear, five of a group at once", () => {
    const run = workflow(
      "TEST",
      "  - name: Run\n    action: RunCommand\n    inputs:\n      instanceId: i-1\n      documentName: Ok\n",
    );
    const tests = (groups: (string | undefined)[]) =>
      buildAt(
        scriptOf({
          workflows: groups.map((parallelGroup, index) => ({
            ...run,
            arn: run.arn.replace("own", `own-${index}`),
            ...(parallelGroup && { parallelGroup }),
          })),
        }),
        END,
      )
        .workflowExecutions.filter(({ type }) => type === "TEST")
        .map(({ workflowArn, startMs, endMs = 0 }) => ({
          name: workflowArn.split("/")[2]?.replace("own-", ""),
          startMs,
          endMs,
        }));
    const [a, b, d, c, e] = tests([undefined, "g", undefined, "g", undefined]);
    expect([a, b, d, c, e].map((each) => each?.name)).toEqual(["0", "1", "3", "2", "4"]);
    expect(b?.startMs).toBe(d?.startMs);
    expect(c?.startMs).toBeGreaterThanOrEqual(Math.max(b?.endMs ?? 0, d?.endMs ?? 0));
    const six = tests(Array.from({ length: 6 }, () => "g"));
    expect(new Set(six.slice(0, 5).map(({ startMs }) => startMs)).size).toBe(1);
    expect(six[5]?.startMs).toBe(Math.min(...six.slice(0, 5).map(({ endMs }) => endMs)));
  });

  it("try a step again after a pause, as often as it says, and say which attempt it is", () => {
    const failing = (more: string) =>
      buildAt(
        scriptOf({
          workflows: [
            workflow(
              "TEST",
              `  - name: Run\n    action: RunCommand\n${more}    inputs:\n      instanceId: i-1\n      documentName: FailHere\n`,
            ),
          ],
        }),
        END,
      ).workflowExecutions.find(({ type }) => type === "TEST")?.steps[0];
    const once = failing("");
    const again = failing(`    ${"retry"}: {maxAttempts: 3, backoffSeconds: 60}\n`);
    expect(once).not.toHaveProperty("attemptNumber");
    expect(again).toMatchObject({ status: "FAILED", attemptNumber: 3, maxAttempts: 3 });
    const lasted = (step = once) => (step?.endMs ?? 0) - (step?.startMs ?? 0);
    expect(lasted(again)).toBeGreaterThan(lasted() + 2 * MINUTE);
    expect(lasted(failing("    waitSeconds: 300\n"))).toBe(lasted() + 5 * MINUTE);
  });

  it("keep the instance of a step that is not to be rolled back", () => {
    const ended = (more: string) => {
      const steps = `  - name: Launch\n    action: LaunchInstance\n${more}    inputs:\n      waitFor: ssmAgent\n  - name: Run\n    action: RunCommand\n    inputs:\n      instanceId.$: $.stepOutputs.Launch.instanceId\n      documentName: FailHere\n`;
      const script = scriptOf({ workflows: [workflow("TEST", steps)] });
      const { artifacts, workflowExecutions } = buildAt(script, END);
      const launched = JSON.parse(workflowExecutions.at(-1)?.steps[0]?.outputs ?? "{}").instanceId;
      return artifacts.some(
        (artifact) => artifact.kind === "instance-terminated" && artifact.instanceId === launched,
      );
    };
    expect(ended("")).toBe(true);
    expect(ended("    rollbackEnabled: false\n")).toBe(false);
  });

  it("of Amazon test a container on its build instance", () => {
    const script = scriptOf({ imageType: "DOCKER" });
    const launches = buildAt(script, END).artifacts.filter(({ kind }) => kind === "instance-launched");
    expect(launches).toHaveLength(1);
  });
});
