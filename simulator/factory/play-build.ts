import { EMPTY_MACHINE } from "./awstoe/share-component-runs";
import { between, hash32 } from "./deterministic";
import { defaultWorkflow, managedWorkflowArn } from "./managed-workflows";
import { ownAmiName, ownArn, ownHex, ownParent } from "./own-text";
import { playWorkflow, type WorkflowOutcome } from "./play-workflow";
import { enter, faultOf, type Play, say } from "./timeline";
import type { BuildInput, FailureContext, ImageStatus, WorkflowInput, WorkflowType } from "./types";

const STAGES = [
  { type: "BUILD", status: "BUILDING" },
  { type: "TEST", status: "TESTING" },
  { type: "DISTRIBUTION", status: "DISTRIBUTING" },
] as const satisfies readonly { type: WorkflowType; status: ImageStatus }[];

export type FirstStage = "BUILDING" | "TESTING" | "DISTRIBUTING";

/** Builds of one input differ from each other in their durations by this many paces, and in what is their own. */
const PACES = 16;

export const paceOf = ({ seed }: BuildInput): string => `pace-${hash32(seed) % PACES}`;

export function startPlay(input: BuildInput, options: Pick<Play, "writesLog" | "isShared">): Play {
  const [, , , region = "us-east-1", accountId = "000000000000"] = input.imageArn.split(":");
  return {
    input,
    ...options,
    isOwn: false,
    pace: paceOf(input),
    region,
    accountId,
    attempt: 0,
    faults: input.faults ?? [],
    timeline: { transitions: [], workflows: [], log: [], artifacts: [], endMs: 0 },
    answers: [],
    workflowOutputs: {},
    machineFiles: EMPTY_MACHINE,
    imageFiles: EMPTY_MACHINE,
  };
}

/** Lays out a build from its first moment. */
export function playBuild(play: Play): void {
  const { input } = play;
  play.timeline.transitions.push({ atMs: 0, status: "PENDING" });
  if (input.buildType === "IMPORT" || input.buildType === "IMPORT_ISO") {
    playImport(play);
    return;
  }
  const creatingMs = between(`${play.pace}/creating`, 900, 2200);
  enter(play, creatingMs, "CREATING");
  const refusal = creationRefusal(play);
  if (refusal) {
    fail(play, creatingMs + between(`${play.pace}/refused`, 4000, 12_000), refusal, {
      imageStatus: "CREATING",
    });
    return;
  }
  const parent = ownParent(play);
  if (input.distributeOnly && parent) {
    play.outputImageId = parent;
    playStages(play, "DISTRIBUTING", creatingMs + 480);
    return;
  }
  playStages(play, "BUILDING", creatingMs + 480);
}

function creationRefusal(play: Play): string | undefined {
  const { parentImage } = play.input;
  if (faultOf(play, "parent-missing")) {
    return `The parent image '${parentImage.reference}' could not be resolved. An error occurred (InvalidAMIID.NotFound) when calling the DescribeImages operation: The image id '[${ownParent(play) ?? parentImage.reference}]' does not exist`;
  }
  if (faultOf(play, "role-denied")) {
    return `Image Builder is not authorized to assume the execution role for ${ownArn(play)}`;
  }
  return undefined;
}

/** Lays out the stages from `first` on; a retry starts with a later one than a new build. */
export function playStages(play: Play, first: FirstStage, startMs: number): void {
  let clock = startMs;
  const from = STAGES.findIndex((stage) => stage.status === first);
  for (const { type, status } of STAGES.slice(from)) {
    if (type === "TEST" && !play.input.testsEnabled) continue;
    enter(play, clock, status);
    if (type === "BUILD" && play.input.imageType === "AMI") {
      const { reference } = play.input.parentImage;
      say(
        play,
        clock + 1010,
        `Resolved Image Recipe parent image ${reference} to AMI ${ownParent(play) ?? reference}.`,
      );
    }
    const stage = playStage(play, workflowsOf(play, type), clock + 2830);
    if (stage.failed) {
      failStage(play, stage.failed, status, stage.endMs);
      return;
    }
    clock = stage.endMs + between(`${play.pace}/${type}/next`, 400, 1800);
  }
  enter(play, clock, "AVAILABLE");
  play.timeline.endMs = clock;
}

function workflowsOf(play: Play, type: WorkflowType): WorkflowInput[] {
  const own = play.input.workflows?.filter((workflow) => workflow.type === type) ?? [];
  if (own.length > 0) return own;
  const managed = defaultWorkflow(type, play.input.imageType);
  return [{ arn: managedWorkflowArn(managed, play.region), type, document: managed.document }];
}

/** No more workflows of a group run at once. */
const AT_ONCE = 5;

/**
 * Workflows in the order in which their groups first appear; one without a group is alone.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/pipeline-workflows.html
 */
function groupsOf(workflows: WorkflowInput[]): { workflow: WorkflowInput; index: number }[][] {
  const groups = new Map<string | number, { workflow: WorkflowInput; index: number }[]>();
  workflows.forEach((workflow, index) => {
    const key = workflow.parallelGroup ?? index;
    groups.set(key, [...(groups.get(key) ?? []), { workflow, index }]);
  });
  return [...groups.values()];
}

/** Groups run one after another; of a group the sixth workflow begins as one of the first five ends. */
function playStage(
  play: Play,
  workflows: WorkflowInput[],
  startMs: number,
): { endMs: number; failed?: WorkflowOutcome } {
  let clock = startMs;
  for (const group of groupsOf(workflows)) {
    const freeAt = group.slice(0, AT_ONCE).map(() => clock);
    const outcomes = group.map(({ workflow, index }) => {
      const slot = freeAt.indexOf(Math.min(...freeAt));
      const outcome = playWorkflow(play, workflow, index, freeAt[slot] ?? clock);
      freeAt[slot] = outcome.endMs;
      return { tolerated: workflow.onFailure === "Continue" && workflow.type === "TEST", outcome };
    });
    clock = Math.max(...outcomes.map(({ outcome }) => outcome.endMs)) + 350;
    const failed = outcomes.find(({ outcome, tolerated }) => outcome.failure && !tolerated);
    if (failed) return { endMs: clock, failed: failed.outcome };
  }
  return { endMs: clock };
}

function failStage(play: Play, outcome: WorkflowOutcome, stage: ImageStatus, atMs: number): void {
  const { record, failure } = outcome;
  if (!failure) return;
  const status = play.timeline.transitions.at(-1)?.status === "INTEGRATING" ? "INTEGRATING" : stage;
  const context: FailureContext = {
    imageStatus: status,
    workflowArn: record.workflowArn,
    workflowExecutionId: record.workflowExecutionId,
    failedStep: failure.step.name,
    stepExecutionId: failure.step.stepExecutionId,
    ...(failure.componentFailure ? { componentFailure: failure.componentFailure } : {}),
    ...(failure.distributionFailure ? { distributionFailure: failure.distributionFailure } : {}),
  };
  record.message = failure.distributionFailure
    ? failure.reason
    : `Workflow Execution ID: '${record.workflowExecutionId}' failed with reason: ${failure.reason}`;
  fail(play, atMs, record.message, context);
}

function fail(play: Play, atMs: number, reason: string, failureContext: FailureContext): void {
  endInstances(play, atMs);
  enter(play, atMs, "FAILED", { reason, failureContext });
  play.timeline.endMs = atMs;
}

/** A container's build instance lives until distribution, so a build that fails between leaves it to us. */
function endInstances(play: Play, atMs: number): void {
  if (!play.input.terminateInstanceOnFailure) return;
  const { artifacts } = play.timeline;
  const ended = new Set([
    ...artifacts.flatMap((artifact) =>
      artifact.kind === "instance-terminated" ? [artifact.instanceId] : [],
    ),
    ...play.timeline.workflows.flatMap(({ steps }) =>
      steps.flatMap(({ keptInstanceId = [] }) => keptInstanceId),
    ),
  ]);
  for (const artifact of [...artifacts]) {
    if (artifact.kind === "instance-launched" && !ended.has(artifact.instanceId)) {
      artifacts.push({ atMs, kind: "instance-terminated", instanceId: artifact.instanceId });
    }
  }
}

/** ImportVmImage and ImportDiskImage: PENDING, then AVAILABLE. */
function playImport(play: Play): void {
  const { region, accountId } = play;
  const atMs = between(`${play.pace}/import`, 600_000, 1_200_000);
  play.outputImageId = `ami-0${ownHex(play, "import")}`;
  const ami = { region, accountId, image: play.outputImageId, name: ownAmiName(play) };
  play.timeline.artifacts.push({ atMs, kind: "ami", ami, distributed: true });
  enter(play, atMs, "AVAILABLE");
  play.timeline.endMs = atMs;
}
