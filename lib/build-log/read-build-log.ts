import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { KeptLogs } from "./kept/kept-logs";
import { readCursor } from "./tail/log-cursor";
import { openTail } from "./tail/open-tail";
import type { BuildLogMessage } from "./types";

export type ReadBuildLogInput = ImageBuildKey & {
  /** Where a viewer left off, from `BuildLogMessage.cursor`; absent for the whole log. */
  after?: string;
  /** Ends the reading when the viewer goes. */
  signal: AbortSignal;
  /** The reader gets a kept log by its parts, and is told how many there are instead of given lines. */
  byParts?: boolean;
};

/** A build's log from a cursor on: what is there at once, then each line as CloudWatch gives it. */
export async function readBuildLog({
  ctx,
  input: { after, signal, byParts = false, ...key },
}: UseCase<ReadBuildLogInput>): Promise<AsyncGenerator<BuildLogMessage>> {
  await authorize(ctx, "read-build-log", key.name);
  if (byParts && !after) {
    const keptKey = { targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, key) };
    // CloudWatch has the log too: a database that is away must not keep anyone from reading.
    const parts = await new KeptLogs(ctx.database).partCount(keptKey).catch(() => 0);
    if (parts > 0) return keptLog(parts);
  }
  const { log, arn } = await getImageBuild({ ctx, input: key });
  return (await openTail(ctx, log, arn)).follow(readCursor(after), signal);
}

async function* keptLog(parts: number): AsyncGenerator<BuildLogMessage> {
  yield { kind: "kept", parts };
}
