import type { LifecycleExecution } from "@aws-sdk/client-imagebuilder";
import { uuidOf } from "../../factory/deterministic";
import { invalidCombination, invalidRequest, notFound } from "./exceptions";
import { type Call, type ImageBuilderHandlers, type InputOf, once, page } from "./handlers";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf } from "./image-build-state";
import { exactBuild } from "./image-builds";
import { changeImage } from "./lifecycle-changes";
import { excludedAmis } from "./lifecycle-exclusions";
import { executionStatus, type LifecycleExecutionRow } from "./lifecycle-rows";

const UPDATE_MS = 20_000;
const ACTIONS = {
  AVAILABLE: "AVAILABLE",
  DEPRECATED: "DEPRECATE",
  DISABLED: "DISABLE",
  DELETED: "DELETE",
} as const;

export const lifecycleExecutions = {
  StartResourceStateUpdate: (call, input) =>
    once(call, "StartResourceStateUpdate", input, () => {
      const { store } = call;
      const build = exactBuild(store, input.resourceArn);
      checkUpdate(call, input, build);
      const execution = startUpdate(call, input, build);
      return { lifecycleExecutionId: execution.id, resourceArn: build.arn };
    }),

  GetLifecycleExecution: ({ store, now }, { lifecycleExecutionId = "" }) => ({
    lifecycleExecution: toExecution(
      store.lifecycleExecutions.get(lifecycleExecutionId) ?? notFound(lifecycleExecutionId),
      now,
    ),
  }),

  ListLifecycleExecutions({ store, now }, input) {
    const { resourceArn } = input;
    const rows = store.lifecycleExecutions
      .list((row) => row.policyArn === resourceArn || row.imageArn === resourceArn)
      .sort((left, right) => right.startedAt - left.startedAt);
    const { items, nextToken } = page("ListLifecycleExecutions", rows, input);
    return { lifecycleExecutions: items.map((row) => toExecution(row, now)), nextToken };
  },

  ListLifecycleExecutionResources({ store, now }, input) {
    const { lifecycleExecutionId = "", parentResourceId } = input;
    const row = store.lifecycleExecutions.get(lifecycleExecutionId) ?? notFound(lifecycleExecutionId);
    const isImage = ({ resourceId = "" }) => resourceId.startsWith("arn:");
    const listed = parentResourceId ? outputsOf(row, parentResourceId) : row.resources.filter(isImage);
    const { items, nextToken } = page("ListLifecycleExecutionResources", listed, input);
    const lifecycleExecutionState = { status: executionStatus(row, now) };
    return { lifecycleExecutionId, lifecycleExecutionState, resources: items, nextToken };
  },

  CancelLifecycleExecution: (call, input) =>
    once(call, "CancelLifecycleExecution", input, () => {
      const { store, now } = call;
      const { lifecycleExecutionId = "" } = input;
      const row = store.lifecycleExecutions.get(lifecycleExecutionId) ?? notFound(lifecycleExecutionId);
      if (executionStatus(row, now) !== "IN_PROGRESS") {
        invalidRequest(`The lifecycle execution '${lifecycleExecutionId}' is not in progress.`);
      }
      store.lifecycleExecutions.put({ ...row, cancelledAt: now });
      return { lifecycleExecutionId };
    }),
} satisfies Partial<ImageBuilderHandlers>;

/** The outputs of an image follow it in the list, up to the next image. */
function outputsOf({ resources }: LifecycleExecutionRow, imageArn: string) {
  const start = resources.findIndex(({ resourceId }) => resourceId === imageArn) + 1;
  if (start === 0) return [];
  const rest = resources.slice(start);
  const end = rest.findIndex(({ resourceId = "" }) => resourceId.startsWith("arn:"));
  return end < 0 ? rest : rest.slice(0, end);
}

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_StartResourceStateUpdate.html */
function checkUpdate(
  { store, now }: Call,
  input: InputOf<"StartResourceStateUpdate">,
  build: ImageBuildRow,
): void {
  const { state, includeResources, executionRole, updateAt } = input;
  const wanted = state?.status ?? "AVAILABLE";
  const { status, finished } = buildStateOf(store, build, now);
  if (!finished)
    invalidRequest(`The state of the image '${build.arn}' cannot be changed while it is ${status}.`);
  if ((status === "FAILED" || status === "CANCELLED") && wanted !== "DELETED") {
    invalidRequest(`An image that is ${status} can only be DELETED.`);
  }
  if (build.type === "DOCKER" && wanted !== "DELETED")
    invalidRequest("Container images can only be DELETED.");
  if (wanted === "DELETED" && !(includeResources && executionRole)) {
    invalidCombination("'includeResources' and 'executionRole' are required for the state DELETED.");
  }
  if ((includeResources === undefined) !== (executionRole === undefined)) {
    invalidCombination("'includeResources' and 'executionRole' can only be specified together.");
  }
  if (wanted !== "DELETED" && (includeResources?.snapshots || includeResources?.containers)) {
    invalidCombination("Snapshots and containers can be included for the state DELETED only.");
  }
  if (!updateAt) return;
  if (wanted !== "DEPRECATED") invalidCombination("'updateAt' is valid for the state DEPRECATED only.");
  if (updateAt.getTime() <= now) invalidRequest("'updateAt' must lie in the future.");
}

function startUpdate(
  { store, now }: Call,
  { state, includeResources = {}, exclusionRules, updateAt }: InputOf<"StartResourceStateUpdate">,
  build: ImageBuildRow,
): LifecycleExecutionRow {
  const id = `lce-${uuidOf(`${build.arn}/${now}/${state?.status}`)}`;
  const action = ACTIONS[state?.status ?? "AVAILABLE"];
  const skippedAmis = excludedAmis(store, exclusionRules?.amis, build, now);
  const deprecateAt = updateAt?.getTime() ?? now;
  const change = { action, include: includeResources, executionId: id, at: now, deprecateAt, skippedAmis };
  const resources = changeImage(store, build, change);
  const endsAt = now + Math.round(UPDATE_MS / store.scope.speed);
  return store.lifecycleExecutions.put({ id, imageArn: build.arn, startedAt: now, endsAt, resources });
}

function toExecution(row: LifecycleExecutionRow, now: number): LifecycleExecution {
  const status = executionStatus(row, now);
  const ended = row.cancelledAt ?? row.endsAt;
  return {
    lifecycleExecutionId: row.id,
    lifecyclePolicyArn: row.policyArn,
    resourcesImpactedSummary: { hasImpactedResources: row.resources.length > 0 },
    state: { status, ...(row.failure && { reason: row.failure }) },
    startTime: new Date(row.startedAt),
    ...(status !== "IN_PROGRESS" && { endTime: new Date(ended) }),
  };
}
