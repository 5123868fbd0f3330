import "server-only";
import { imageBuilderArn, parseImageBuilderArn } from "@/lib/aws/arn";
import type { Target } from "@/lib/aws/types";
import type { ImageBuildKey } from "./types";

export const arnOfBuild = (target: Target, { name, version, build }: ImageBuildKey) =>
  imageBuilderArn(target, "image", name, version, build);

/** The URL's segments of a build version ARN. Throws when AWS gave something else. */
export function keyOfBuild(arn: string): ImageBuildKey {
  const { name, version, build } = parseImageBuilderArn(arn) ?? {};
  if (!name || !version || !build) throw new Error(`Not the ARN of an image build: ${arn}`);
  return { name, version, build };
}
