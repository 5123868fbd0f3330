import type { Platform } from "../../factory/types";
import { parseArn } from "./arns";
import { invalidValue } from "./exceptions";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf } from "./image-build-state";
import {
  BASE_IMAGES,
  type BaseImageVersion,
  baseImageAmiId,
  baseImageArn,
  baseImageOfParameter,
  baseImageVersions,
  resolveBaseImage,
} from "./managed/base-images";
import { type ImageBuilderStore, matchingVersions } from "./store";

/** A deprecated image can still be built on; one that is disabled cannot. */
const USABLE = ["AVAILABLE", "DEPRECATED"];

/** A product of the Marketplace: https://docs.aws.amazon.com/imagebuilder/latest/userguide/create-image-recipes.html */
const PRODUCT = /^(prod-[a-z0-9]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What a recipe's parent image stands for at one moment. */
export interface ParentImage {
  platform: Platform;
  osVersion?: string;
  /** Absent: nothing is there to build from, and a build fails while CREATING. */
  amiId?: string;
  /** The Image Builder image that it is, as build version ARN. */
  imageArn?: string;
}

/**
 * Follows a recipe's `parentImage`: an image ARN (with `x`), `ssm:<parameter>`, an AMI id or a Marketplace product.
 * An ARN of EC2 is refused, as AWS does.
 */
export function resolveParentImage(store: ImageBuilderStore, reference: string, now: number): ParentImage {
  if (reference.startsWith("ssm:")) return parameterParent(store, reference.slice("ssm:".length), now);
  if (reference.startsWith("ami-")) return amiParent(store, reference, now);
  if (parseArn(reference)?.kind === "image") return imageParent(store, reference, now);
  if (!PRODUCT.test(reference)) {
    invalidValue(
      "parentImage",
      "It must be an AMI ID, an Image Builder image ARN, an SSM parameter or a product ID.",
    );
  }
  return { platform: "Linux" };
}

function imageParent(store: ImageBuilderStore, reference: string, now: number): ParentImage {
  const { name = "", version = "x.x.x", account } = parseArn(reference) ?? {};
  if (account === "aws") {
    const release = resolveBaseImage(name, version, now);
    if (!release) return invalidValue("parentImage", `The image '${reference}' does not exist.`);
    return releaseParent(store, release);
  }
  const build = matchingVersions(store.imageBuilds.values(), reference).find((row) =>
    USABLE.includes(buildStateOf(store, row, now).status),
  );
  return build
    ? buildParent(store, build, now)
    : invalidValue("parentImage", `The image '${reference}' does not exist.`);
}

function buildParent(store: ImageBuilderStore, build: ImageBuildRow, now: number): ParentImage {
  const ami = buildStateOf(store, build, now).outputs.amis.find(({ region }) => region === store.region);
  return {
    platform: build.platform,
    ...(build.osVersion && { osVersion: build.osVersion }),
    ...(ami && { amiId: ami.image }),
    imageArn: build.arn,
  };
}

function releaseParent(store: ImageBuilderStore, release: BaseImageVersion): ParentImage {
  return {
    platform: release.image.platform,
    osVersion: release.image.osVersion,
    amiId: baseImageAmiId(store.region, release),
    imageArn: baseImageArn(store.region, release),
  };
}

function parameterParent(store: ImageBuilderStore, parameter: string, now: number): ParentImage {
  const name = parameter.replace(/^arn:[^/]*:parameter/, "");
  const release = baseImageOfParameter(name, now);
  if (release) return releaseParent(store, release);
  const amiId = store.scope.here.ssm.parameters.get(name)?.value;
  return amiId ? amiParent(store, amiId, now) : { platform: "Linux" };
}

function amiParent(store: ImageBuilderStore, amiId: string, now: number): ParentImage {
  for (const image of BASE_IMAGES) {
    const release = baseImageVersions(image, now).find((one) => baseImageAmiId(store.region, one) === amiId);
    if (release) return releaseParent(store, release);
  }
  const image = store.scope.here.ec2.images.get(amiId);
  const platform = image?.Platform?.toLowerCase() === "windows" ? "Windows" : "Linux";
  return { platform, ...(image && { amiId }) };
}
