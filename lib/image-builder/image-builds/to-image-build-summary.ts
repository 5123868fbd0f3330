import "server-only";
import type { Image, ImageSummary, OutputResources } from "@aws-sdk/client-imagebuilder";
import { keyOfBuild } from "./image-build-key";
import type { ImageBuildSummary, OutputAmi, OutputContainer } from "./types";

/** From what a list or GetImage gives. Undefined for an entry that is no build version of an image. */
export function toImageBuildSummary(
  image: ImageSummary | Image,
  pipelineName?: string,
): ImageBuildSummary | undefined {
  const key = image.arn === undefined ? undefined : keyOfBuild(image.arn);
  if (!image.arn || !key) return undefined;
  return {
    ...key,
    arn: image.arn,
    displayName: image.name ?? key.name,
    status: image.state?.status ?? "PENDING",
    reason: image.state?.reason,
    createdAt: toInstant(image.dateCreated) ?? "",
    buildType: image.buildType,
    type: image.type ?? "AMI",
    platform: image.platform,
    osVersion: image.osVersion,
    amis: toAmis(image.outputResources),
    containers: toContainers(image.outputResources),
    pipelineName: pipelineName ?? ("sourcePipelineName" in image ? image.sourcePipelineName : undefined),
  };
}

/** AWS writes its dates in more than one way; ours are ISO 8601. What is no date is left out. */
export function toInstant(date: string | undefined): string | undefined {
  const epochMs = Date.parse(date ?? "");
  return Number.isNaN(epochMs) ? undefined : new Date(epochMs).toISOString();
}

const toAmis = (outputs: OutputResources | undefined): OutputAmi[] =>
  (outputs?.amis ?? []).flatMap(({ image, region = "", accountId, name, description }) =>
    image ? [{ amiId: image, region, accountId, name, description }] : [],
  );

const toContainers = (outputs: OutputResources | undefined): OutputContainer[] =>
  (outputs?.containers ?? []).map(({ region = "", imageUris = [] }) => ({ region, imageUris }));
