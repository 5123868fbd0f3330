import { retryStage } from "../../factory/build-at";
import type { Intervention } from "../../factory/types";
import { parseArn } from "./arns";
import { distributionFaults } from "./build-faults";
import { hasDependents, invalidCombination, invalidRequest, notFound } from "./exceptions";
import { type Call, type ImageBuilderHandlers, once } from "./handlers";
import { toImage } from "./image-build-answers";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf, elapsedMs, scriptOf } from "./image-build-state";
import { isShared, type SharedRow, sharedWith } from "./sharing";
import { startBuild } from "./start-build";
import { type ImageBuilderStore, resolveVersion } from "./store";
import { latestVersionReferences } from "./versions";
import { checkWorkflows } from "./workflow-references";

export const imageBuilds = {
  CreateImage: (call, input) =>
    once(call, "CreateImage", input, () => {
      const { store, requestId, now } = call;
      if ((input.imageRecipeArn === undefined) === (input.containerRecipeArn === undefined)) {
        invalidCombination("You must specify exactly one of 'imageRecipeArn' and 'containerRecipeArn'.");
      }
      checkWorkflows(store, input);
      const { clientToken, loggingConfiguration, ...request } = input;
      const build = startBuild(store, {
        ...request,
        logGroupName: loggingConfiguration?.logGroupName,
        buildType: "USER_INITIATED",
        startedAt: now,
      });
      return {
        requestId,
        clientToken,
        imageBuildVersionArn: build.arn,
        latestVersionReferences: latestVersionReferences(build.arn, build.version),
      };
    }),

  GetImage({ store, requestId, now }, { imageBuildVersionArn }) {
    const shared = sharedBuild(store, imageBuildVersionArn);
    const build = shared?.row ?? findImageBuild(store, imageBuildVersionArn);
    return {
      requestId,
      image: toImage(shared?.owner ?? store, build, now),
      latestVersionReferences: latestVersionReferences(build.arn, build.version),
    };
  },

  DeleteImage({ store, requestId, now }, { imageBuildVersionArn = "" }) {
    const build = exactBuild(store, imageBuildVersionArn);
    const { finished, status } = buildStateOf(store, build, now);
    if (!finished) invalidRequest(`The image '${build.arn}' cannot be deleted, its state is ${status}.`);
    if (isShared(store, build.arn)) hasDependents(build.arn);
    store.imageBuilds.delete(build.arn);
    store.policies.delete(build.arn);
    return { requestId, imageBuildVersionArn };
  },

  CancelImageCreation: (call, input) =>
    once(call, "CancelImageCreation", input, () => {
      const { store, requestId, now } = call;
      const build = exactBuild(store, input.imageBuildVersionArn);
      const { finished, status } = buildStateOf(store, build, now);
      if (finished) invalidRequest(`The image '${build.arn}' cannot be cancelled, its state is ${status}.`);
      intervene(store, build, { kind: "cancel", atMs: elapsedMs(build, now) });
      return { requestId, clientToken: input.clientToken, imageBuildVersionArn: build.arn };
    }),

  RetryImage: (call, input) =>
    once(call, "RetryImage", input, () => {
      const { store, now } = call;
      const build = exactBuild(store, input.imageBuildVersionArn);
      const atMs = elapsedMs(build, now);
      const stage = retryStage(scriptOf(store, build), atMs, { interventions: build.interventions ?? [] });
      if (!stage) refuseRetry(call, build);
      // What was asked for by name counts as mended; what the targets lack is looked at again.
      intervene(store, build, { kind: "retry", atMs, faults: distributionFaults(store, build) });
      return { clientToken: input.clientToken, imageBuildVersionArn: build.arn };
    }),
} satisfies Partial<ImageBuilderHandlers>;

/** The build of another account that an ARN names, where that account shares it. */
function sharedBuild(
  store: ImageBuilderStore,
  arn: string | undefined,
): SharedRow<ImageBuildRow> | undefined {
  const account = parseArn(arn ?? "")?.account;
  if (account === undefined || account === store.account) return undefined;
  const shared = sharedWith(store, "Image", ({ imageBuilds }) => imageBuilds.values());
  const named = resolveVersion(
    shared.map(({ row }) => row),
    arn ?? "",
  );
  return shared.find(({ row }) => row === named);
}

/** The build that a build version ARN, a version ARN or a wildcard names; the newest when several do. */
export function findImageBuild(store: ImageBuilderStore, arn: string | undefined): ImageBuildRow {
  return (
    store.imageBuilds.get(arn ?? "") ?? resolveVersion(store.imageBuilds.values(), arn ?? "") ?? notFound(arn)
  );
}

/** The build of a build version ARN. */
export function exactBuild(store: ImageBuilderStore, arn: string | undefined): ImageBuildRow {
  return store.imageBuilds.get(arn ?? "") ?? notFound(arn);
}

export function intervene(store: ImageBuilderStore, build: ImageBuildRow, intervention: Intervention): void {
  store.imageBuilds.put({
    ...build,
    history: false,
    interventions: [...(build.interventions ?? []), intervention],
  });
}

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_RetryImage.html */
function refuseRetry({ store, now }: Call, build: ImageBuildRow): never {
  const { status } = buildStateOf(store, build, now);
  if (build.type === "DOCKER") invalidRequest("Container images cannot be retried.");
  if (status !== "FAILED" && status !== "CANCELLED") {
    invalidRequest(`The image '${build.arn}' cannot be retried, its state is ${status}.`);
  }
  return invalidRequest(
    `The image '${build.arn}' cannot be retried, it did not fail while testing or distributing.`,
  );
}
