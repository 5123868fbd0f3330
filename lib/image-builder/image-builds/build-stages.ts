import { isInFlight } from "./build-status";
import type { BuildStage, ImageBuildStatus, StageName, WorkflowExecution } from "./types";

const STAGES: StageName[] = ["Create", "Build", "Test", "Distribute", "Integrate"];
/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImageState.html */
const STAGE_OF_STATUS: Record<string, StageName> = {
  PENDING: "Create",
  CREATING: "Create",
  BUILDING: "Build",
  TESTING: "Test",
  DISTRIBUTING: "Distribute",
  INTEGRATING: "Integrate",
};
const STAGE_OF_TYPE: Record<string, StageName> = { BUILD: "Build", TEST: "Test", DISTRIBUTION: "Distribute" };
const ENDED_BADLY = new Set(["FAILED", "ROLLBACK_IN_PROGRESS", "ROLLBACK_COMPLETED", "CANCELLED"]);

type Facts = {
  status: ImageBuildStatus;
  /** ISO 8601. */
  createdAt: string;
  workflows: WorkflowExecution[];
  /** The status the build had when it failed, when AWS says so. */
  failedIn?: string;
};

/** The five stages of a build. Only workflows have times; the stages around them take theirs from the neighbours. */
export function buildStages({ status, createdAt, workflows, failedIn }: Facts): BuildStage[] {
  const current = workflows.filter(({ retried }) => !retried);
  const reached = reachedStage(status, current, failedIn);
  const times = stageTimes(createdAt, current);
  return STAGES.map((name, index) => {
    const ran = current.some(({ type }) => STAGE_OF_TYPE[type] === name);
    return { name, state: stateOf(index - reached, status, ran, name), ...times[name] };
  });
}

/** Index of the stage that runs, failed or was canceled; past the last one when all are done. */
function reachedStage(status: ImageBuildStatus, workflows: WorkflowExecution[], failedIn?: string): number {
  const running = STAGE_OF_STATUS[status] ?? STAGE_OF_STATUS[failedIn ?? ""];
  if (running) return STAGES.indexOf(running);
  if (status !== "FAILED" && status !== "CANCELLED") return STAGES.length;
  const culprit = workflows.findLast((workflow) => ENDED_BADLY.has(workflow.status)) ?? workflows.at(-1);
  if (!culprit) return 0;
  const stage = STAGES.indexOf(STAGE_OF_TYPE[culprit.type] ?? "Build");
  // Every workflow went well, so it was what comes after the last one.
  return ENDED_BADLY.has(culprit.status) ? stage : Math.min(stage + 1, STAGES.length - 1);
}

function stateOf(
  distance: number,
  status: ImageBuildStatus,
  ran: boolean,
  name: StageName,
): BuildStage["state"] {
  const hasWorkflow = Object.values(STAGE_OF_TYPE).includes(name);
  if (distance < 0) return hasWorkflow && !ran ? "skipped" : "succeeded";
  if (distance > 0) return isInFlight(status) ? "waiting" : "skipped";
  if (status === "FAILED") return "failed";
  return status === "CANCELLED" ? "cancelled" : "running";
}

type Times = Pick<BuildStage, "startedAt" | "endedAt">;

function stageTimes(createdAt: string, workflows: WorkflowExecution[]): Record<StageName, Times> {
  const spanOf = (name: StageName): Times => {
    const own = workflows.filter(({ type }) => STAGE_OF_TYPE[type] === name);
    const ends = own.map(({ endedAt }) => endedAt);
    return {
      startedAt: earliest(own.map(({ startedAt }) => startedAt)),
      endedAt: ends.includes(undefined) ? undefined : latest(ends),
    };
  };
  const build = spanOf("Build");
  const distribute = spanOf("Distribute");
  return {
    Create: { startedAt: createdAt, endedAt: build.startedAt ?? distribute.startedAt },
    Build: build,
    Test: spanOf("Test"),
    Distribute: distribute,
    Integrate: { startedAt: distribute.endedAt },
  };
}

const present = (instants: (string | undefined)[]) =>
  instants.filter((instant) => instant !== undefined).toSorted();
const earliest = (instants: (string | undefined)[]) => present(instants)[0];
const latest = (instants: (string | undefined)[]) => present(instants).at(-1);
