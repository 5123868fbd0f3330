import type { ImageBuild, WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import type { BuildResult } from "./listed-build";

export type StepTime = {
  kind: "stage" | "step";
  stage: string;
  name: string;
  action?: string;
  status: string;
  startedAt?: Date;
  endedAt?: Date;
  durationMs?: number;
};

const STAGE_OF_TYPE: Record<string, string> = { BUILD: "Build", TEST: "Test", DISTRIBUTION: "Distribute" };

/** Stages and steps of the attempts that counted, in the order in which they began. */
export function stepTimes({ stages, workflows }: Pick<ImageBuild, "stages" | "workflows">): StepTime[] {
  const ran = stages.filter(
    ({ state, startedAt }) => startedAt && state !== "skipped" && state !== "waiting",
  );
  return [
    ...ran.map(({ name, state, startedAt, endedAt }) => ({
      kind: "stage" as const,
      stage: name,
      name,
      status: state,
      ...spanOf(startedAt, endedAt),
    })),
    ...workflows
      .filter(({ retried }) => !retried)
      .flatMap(({ type, steps }) =>
        steps
          .filter(({ startedAt, status }) => startedAt && status !== "SKIPPED")
          .map(({ name, action, status, startedAt, endedAt }) => ({
            kind: "step" as const,
            stage: STAGE_OF_TYPE[type] ?? type,
            name,
            action,
            status,
            ...spanOf(startedAt, endedAt),
          })),
      ),
  ];
}

/** When a build ended and how long it worked: the rest between an attempt and its retry is nobody's build time. */
export function buildSpan({ createdAt, endedAt, workflows }: ImageBuild): {
  endedAt?: Date;
  durationMs?: number;
} {
  if (!endedAt) return {};
  const end = new Date(endedAt);
  const durationMs = Math.max(0, end.getTime() - Date.parse(createdAt) - restBeforeRetryMs(workflows));
  return { endedAt: end, durationMs };
}

function restBeforeRetryMs(workflows: WorkflowExecution[]): number {
  const superseded = workflows.filter(({ retried }) => retried).map(({ endedAt = "" }) => endedAt);
  const gaveUpAt = superseded.toSorted().at(-1);
  if (!gaveUpAt) return 0;
  const resumedAt = workflows
    .filter(({ retried, startedAt = "" }) => !retried && startedAt >= gaveUpAt)
    .map(({ startedAt = "" }) => startedAt)
    .toSorted()[0];
  return resumedAt ? Date.parse(resumedAt) - Date.parse(gaveUpAt) : 0;
}

/** A deleted image's status hides how its build ended; the workflows still say it. */
export function resultFromWorkflows(workflows: WorkflowExecution[]): BuildResult | undefined {
  const statuses = workflows.filter(({ retried }) => !retried).map(({ status }) => status);
  if (statuses.length === 0) return undefined;
  if (statuses.includes("CANCELLED")) return "cancelled";
  return statuses.some((status) => status === "FAILED" || status.startsWith("ROLLBACK"))
    ? "failed"
    : "succeeded";
}

function spanOf(startedAt: string | undefined, endedAt: string | undefined) {
  const start = startedAt ? new Date(startedAt) : undefined;
  const end = endedAt ? new Date(endedAt) : undefined;
  const durationMs = start && end ? Math.max(0, end.getTime() - start.getTime()) : undefined;
  return { startedAt: start, endedAt: end, durationMs };
}
