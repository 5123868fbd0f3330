import "server-only";
import { imageBuilderArn, parseImageBuilderArn } from "@/lib/core/arn";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import type { Target } from "@/lib/core/target";

export const arnOfBuild = (target: Target, { name, version, build }: ImageBuildKey) =>
  imageBuilderArn(target, "image", name, version, build);

/** The URL's segments of a build version ARN; undefined for any other ARN. */
export function keyOfBuild(arn: string): ImageBuildKey | undefined {
  const { kind, name, version, build } = parseImageBuilderArn(arn) ?? {};
  return kind === "image" && name && version && build ? { name, version, build } : undefined;
}
