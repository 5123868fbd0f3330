import { describe, expect, it } from "vitest";
import { buildAt, buildDurationMs, logEventsBetween, retryStage } from "./build-at";
import { bashDocument, componentArn, scriptOf } from "./build-fixture";
import type { BuildScript, Intervention } from "./types";

const END = 1e12;
const MINUTE = 60_000;
const log = (script: BuildScript, interventions: Intervention[] = []) =>
  logEventsBetween(script, -1, END, { interventions }).map((event) => event.message);
const steps = (script: BuildScript, type: string) =>
  buildAt(script, END)
    .workflowExecutions.find((workflow) => workflow.type === type)
    ?.steps.map((step) => `${step.name} ${step.status}`);

describe("a build's life", () => {
  it("goes from PENDING to AVAILABLE through every stage in 10 to 45 minutes", () => {
    const script = scriptOf();
    const { status, transitions, totalMs, finished } = buildAt(script, END);
    expect(status).toBe("AVAILABLE");
    expect(finished).toBe(true);
    expect(transitions.map((transition) => transition.status)).toEqual([
      "PENDING",
      "CREATING",
      "BUILDING",
      "TESTING",
      "DISTRIBUTING",
      "INTEGRATING",
      "AVAILABLE",
    ]);
    expect(totalMs).toBeGreaterThan(10 * MINUTE);
    expect(totalMs).toBeLessThan(45 * MINUTE);
  });

  it("runs the managed workflows' steps by name, skipping those whose condition is false", () => {
    expect(steps(scriptOf(), "BUILD")).toEqual([
      "LaunchBuildInstance COMPLETED",
      "ApplyBuildComponents COMPLETED",
      "InventoryCollection COMPLETED",
      "RunSanitizeScript COMPLETED",
      "RunSysPrepScript SKIPPED",
      "CreateOutputAMI COMPLETED",
      "TerminateBuildInstance COMPLETED",
    ]);
    expect(steps(scriptOf(), "TEST")).toEqual([
      "LaunchTestInstance COMPLETED",
      "CollectImageScanFindings SKIPPED",
      "ApplyTestComponents COMPLETED",
      "TerminateTestInstance COMPLETED",
    ]);
  });

  it("skips TESTING when tests are disabled", () => {
    const { transitions } = buildAt(scriptOf({ testsEnabled: false }), END);
    expect(transitions.map((transition) => transition.status)).not.toContain("TESTING");
  });

  it("gives the same answer for the same script read back from JSON", () => {
    const script = scriptOf();
    const again: BuildScript = JSON.parse(JSON.stringify(script));
    expect(buildAt(again, 5 * MINUTE)).toEqual(buildAt(script, 5 * MINUTE));
    expect(log(again)).toEqual(log(script));
  });

  it("never takes back what it has told", () => {
    const script = scriptOf();
    let told: string[] = [];
    for (let elapsed = 0; elapsed <= buildDurationMs(script); elapsed += 7919) {
      const lines = logEventsBetween(script, -1, elapsed).map((event) => event.message);
      expect(lines.slice(0, told.length)).toEqual(told);
      told = lines;
    }
  });

  it("names the next moment at which the answer changes", () => {
    const script = scriptOf();
    const { nextChangeMs = 0 } = buildAt(script, 3 * MINUTE);
    expect(buildAt(script, nextChangeMs - 1)).toEqual(buildAt(script, 3 * MINUTE));
    expect(buildAt(script, nextChangeMs)).not.toEqual(buildAt(script, 3 * MINUTE));
  });

  it("gives log events once each when read piece by piece", () => {
    const script = scriptOf();
    const pieces: string[] = [];
    for (let from = -1; from < buildDurationMs(script); from += 30_000) {
      pieces.push(...logEventsBetween(script, from, from + 30_000).map((event) => event.message));
    }
    expect(pieces).toEqual(log(script));
  });

  it("writes the service's lines as CloudWatch shows them", () => {
    const lines = log(scriptOf());
    expect(lines.slice(0, 7)).toEqual([
      "Image transitioned to CREATING state for Image ARN: arn:aws:imagebuilder:us-east-1:111111111111:image/web-base/1.0.0/1",
      "Image transitioned to BUILDING state for Image ARN: arn:aws:imagebuilder:us-east-1:111111111111:image/web-base/1.0.0/1",
      "Resolved Image Recipe parent image ssm:/aws/service/ami-amazon-linux-latest/al2023 to AMI ami-0999b3c17fbf8e91d.",
      "Started BUILD workflow arn:aws:imagebuilder:us-east-1:813215560771:workflow/build/build-image/1.0.3/1",
      "Total 7 steps to run for workflow arn:aws:imagebuilder:us-east-1:813215560771:workflow/build/build-image/1.0.3/1",
      "No 'if' conditions to evaluate for step: LaunchBuildInstance",
      "Started step LaunchBuildInstance with action LaunchInstance",
    ]);
    expect(lines[9]).toMatch(
      /^Waiting for instance availability \(id: i-0[0-9a-f]{16}, expected state: \['passed'\]\)\. Attempt number: 1\.$/,
    );
  });
});

describe("a build that fails", () => {
  const failing = scriptOf({
    components: [{ arn: componentArn("broken"), document: bashDocument("echo before\nexit 3") }],
  });

  it("ends FAILED at the step with AWS's reason and failureContext", () => {
    const { status, reason, failureContext, workflowExecutions } = buildAt(failing, END);
    const workflow = workflowExecutions[0];
    expect(status).toBe("FAILED");
    expect(reason).toBe(
      `Workflow Execution ID: '${workflow?.workflowExecutionId}' failed with reason: Document ${componentArn("broken")} failed!`,
    );
    expect(failureContext).toMatchObject({
      imageStatus: "BUILDING",
      failedStep: "ApplyBuildComponents",
      componentFailure: {
        componentArn: componentArn("broken"),
        phaseName: "build",
        stepName: "Work",
        action: "ExecuteBash",
        errorMessage: "exit status 3",
      },
    });
    const step = workflow?.steps.find((candidate) => candidate.status === "FAILED");
    expect(step).toMatchObject({ name: "ApplyBuildComponents" });
    expect(step?.outputs).toBeUndefined();
  });

  it("ends its instance, or keeps it where the infrastructure says so", () => {
    const ended = (script: BuildScript) =>
      buildAt(script, END).artifacts.some((artifact) => artifact.kind === "instance-terminated");
    expect(ended(failing)).toBe(true);
    expect(ended(scriptOf({ ...failing.input, terminateInstanceOnFailure: false }))).toBe(false);
  });

  it("fails in TESTING when a test component fails, and keeps the AMI it made", () => {
    const components = [{ arn: componentArn("t"), document: bashDocument("exit 1", "Probe", "test") }];
    const { status, failureContext, outputs } = buildAt(scriptOf({ components }), END);
    expect([status, failureContext?.imageStatus]).toEqual(["FAILED", "TESTING"]);
    expect(outputs.amis).toHaveLength(1);
  });

  it.each([
    [
      "ssm-timeout",
      /An error occurred \(InvalidInstanceId\) when calling the SendCommand operation: Instances \[\[i-/,
    ],
    ["capacity", /InsufficientInstanceCapacity/],
    ["bootstrap-failed", /failed with reason: Unable to bootstrap TOE$/],
    [
      "command-lost",
      /ExpectationNotMet\. ssm:ListCommandInvocations returned terminal state Failed in workflow step ApplyBuildComponents$/,
    ],
    ["sanitize-failed", /Failed to delete/],
    ["create-image-timeout", /Step CreateOutputAMI timed out$/],
  ] as const)("gives the reason of %s", (kind, reason) => {
    const snapshot = buildAt(scriptOf({ faults: [{ kind }] }), END);
    expect(snapshot.status).toBe("FAILED");
    expect(snapshot.reason).toMatch(/^Workflow Execution ID: 'wf-[0-9a-f-]{36}' failed with reason: /);
    expect(snapshot.reason).toMatch(reason);
  });

  it("has no workflow when the parent image is not found", () => {
    const snapshot = buildAt(scriptOf({ faults: [{ kind: "parent-missing" }] }), END);
    expect(snapshot.status).toBe("FAILED");
    expect(snapshot.workflowExecutions).toEqual([]);
    expect(snapshot.failureContext).toEqual({ imageStatus: "CREATING" });
  });
});

describe("distribution", () => {
  const distribution = [
    { region: "us-east-1", targetAccountIds: ["111111111111", "222222222222"] },
    {
      region: "eu-west-1",
      amiName: "web {{ imagebuilder:buildDate }}",
      launchTemplates: [{ launchTemplateId: "lt-0f00" }],
      ssmParameters: [{ parameterName: "/imagebuilder/web" }],
    },
  ];

  it("makes one AMI for each Region and account, named from the configuration", () => {
    const { outputs, artifacts } = buildAt(scriptOf({ distribution }), END);
    expect(outputs.amis.map(({ region, accountId, name }) => [region, accountId, name])).toEqual(
      [
        ["us-east-1", "111111111111", "Web-Base 2026-01-21T12-00-00.000Z"],
        ["eu-west-1", "111111111111", "web 2026-01-21T12-00-00.000Z"],
        ["us-east-1", "222222222222", "Web-Base 2026-01-21T12-00-00.000Z"],
      ].sort(
        (one, other) =>
          outputs.amis.findIndex((ami) => ami.region === one[0] && ami.accountId === one[1]) -
          outputs.amis.findIndex((ami) => ami.region === other[0] && ami.accountId === other[1]),
      ),
    );
    const abroad = outputs.amis.find((ami) => ami.region === "eu-west-1")?.image;
    expect(artifacts).toContainEqual(
      expect.objectContaining({
        kind: "launch-template-version",
        launchTemplateId: "lt-0f00",
        amiId: abroad,
      }),
    );
    expect(artifacts).toContainEqual(
      expect.objectContaining({ kind: "ssm-parameter", name: "/imagebuilder/web", value: abroad }),
    );
  });

  it("names only the Regions that failed, and keeps the AMIs of the others", () => {
    const { status, reason, failureContext, outputs } = buildAt(
      scriptOf({ distribution, faults: [{ kind: "launch-template-missing", region: "eu-west-1" }] }),
      END,
    );
    expect(status).toBe("FAILED");
    expect(reason).toMatch(/^Integration failed with JobId '[0-9a-f-]{36}', status = 'Failed' for ARN 'arn:/);
    expect(failureContext?.imageStatus).toBe("INTEGRATING");
    expect(failureContext?.distributionFailure?.regionFailures).toEqual([
      expect.objectContaining({ region: "eu-west-1", imageConfigurationStep: "UPDATE_LAUNCH_TEMPLATES" }),
    ]);
    expect(outputs.amis).toHaveLength(3);
  });

  it("pushes a container image to each Region's repository", () => {
    const { status, outputs } = buildAt(
      scriptOf({
        imageType: "DOCKER",
        distribution: [{ region: "us-east-1", container: { repositoryName: "web", tags: ["latest"] } }],
      }),
      END,
    );
    expect(status).toBe("AVAILABLE");
    expect(outputs.containers).toEqual([
      { region: "us-east-1", imageUris: ["111111111111.dkr.ecr.us-east-1.amazonaws.com/web:latest"] },
    ]);
  });
});

describe("interventions", () => {
  it("cancel a running build for good and leave its AMI behind", () => {
    const script = scriptOf();
    const testing =
      buildAt(script, END).transitions.find((transition) => transition.status === "TESTING")?.atMs ?? 0;
    const interventions: Intervention[] = [{ kind: "cancel", atMs: testing + MINUTE }];
    const { status, workflowExecutions, outputs, artifacts } = buildAt(script, END, { interventions });
    expect(status).toBe("CANCELLED");
    expect(workflowExecutions.map((workflow) => workflow.status)).toEqual(["COMPLETED", "CANCELLED"]);
    expect(outputs.amis).toHaveLength(1);
    expect(artifacts.filter((artifact) => artifact.kind === "instance-launched")).toHaveLength(2);
    expect(artifacts.filter((artifact) => artifact.kind === "instance-terminated")).toHaveLength(2);
    expect(buildAt(script, testing, { interventions })).toEqual({
      ...buildAt(script, testing),
      totalMs: expect.any(Number),
    });
  });

  it("do nothing to a build that has ended", () => {
    const script = scriptOf();
    const interventions: Intervention[] = [{ kind: "cancel", atMs: END / 2 }];
    expect(buildAt(script, END, { interventions }).status).toBe("AVAILABLE");
  });

  it("retry takes a failed test up again in place and marks the earlier execution", () => {
    const script = scriptOf({ faults: [{ kind: "ssm-timeout", stage: "TEST" }] });
    const failedMs = buildDurationMs(script);
    expect(retryStage(script, failedMs)).toBe("TESTING");
    const interventions: Intervention[] = [{ kind: "retry", atMs: failedMs + MINUTE }];
    const { status, workflowExecutions } = buildAt(script, END, { interventions });
    expect(status).toBe("AVAILABLE");
    expect(
      workflowExecutions.filter((workflow) => workflow.type === "TEST").map((workflow) => workflow.retried),
    ).toEqual([true, false]);
    expect(new Set(workflowExecutions.map((workflow) => workflow.workflowExecutionId)).size).toBe(4);
  });

  it("retry is refused for builds that failed before an AMI was there, and after it was distributed", () => {
    for (const kind of ["ssm-timeout", "launch-template-missing"] as const) {
      const script = scriptOf({
        faults: [{ kind }],
        distribution: [{ region: "us-east-1", launchTemplates: [{ launchTemplateId: "lt-0" }] }],
      });
      expect(retryStage(script, END)).toBeUndefined();
    }
  });
});
