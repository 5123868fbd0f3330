import "server-only";
import { nameInArn } from "@/lib/core/arn";
import { normalizeName } from "@/lib/core/name-rule";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { authorizeNames } from "@/lib/use-case/authorize-names";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { openTail } from "./tail/open-tail";
import type { SharedTail } from "./tail/shared-tail";

/**
 * The tail of a build's log. Its group stands in the pipeline, which may have been changed outside of the console, so
 * it is held against the actor's grants once more: throws `forbidden` for the group of other names.
 */
export async function openBuildLog(
  ctx: UseCaseContext,
  build: Pick<ImageBuild, "log" | "arn">,
): Promise<SharedTail> {
  await authorizeLog(ctx, build);
  const { log, arn } = build;
  return openTail(ctx, log, arn, { isKept: hasOwnGroup(build) });
}

/** Throws `forbidden`, on record, where the log is in a group that the actor's grants do not cover. */
export async function authorizeLog(ctx: UseCaseContext, { log }: Pick<ImageBuild, "log">): Promise<void> {
  await authorizeNames(ctx, "read-build-log", { logGroupName: log.group });
}

/**
 * Whether the group is that of the image alone. A stream is called by version and build only, so in any other group
 * it may be another image's, and must not be kept as this one's.
 */
export const hasOwnGroup = ({ log, arn }: Pick<ImageBuild, "log" | "arn">): boolean =>
  normalizeName(log.group) === `/aws/imagebuilder/${normalizeName(nameInArn(arn))}`;
