import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import type { UseCase } from "@/lib/image-builder/use-case-context";
import { readCursor } from "./tail/log-cursor";
import { openTail } from "./tail/open-tail";
import type { BuildLogMessage } from "./types";

export type ReadBuildLogInput = ImageBuildKey & {
  /** Where a viewer left off, from `BuildLogMessage.cursor`; absent for the whole log. */
  after?: string;
  /** Ends the reading when the viewer goes. */
  signal: AbortSignal;
};

/** A build's log from a cursor on: what is there at once, then each line as CloudWatch gives it. */
export async function readBuildLog({
  ctx,
  input: { after, signal, ...key },
}: UseCase<ReadBuildLogInput>): Promise<AsyncGenerator<BuildLogMessage>> {
  await authorize(ctx, "read-build-log", key.name);
  const { log, arn } = await getImageBuild({ ctx, input: key });
  return (await openTail(ctx, log, arn)).follow(readCursor(after), signal);
}
