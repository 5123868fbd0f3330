import "server-only";
import { z } from "zod";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { KeptLogs } from "./kept/kept-logs";
import { openBuildLog } from "./open-build-log";
import { readCursor } from "./tail/log-cursor";
import type { BuildLogMessage } from "./types";

const inputSchema = imageBuildKeySchema.extend({
  /** Where a viewer left off, from `BuildLogMessage.cursor`; absent for the whole log. */
  after: z.string().optional(),
  /** Ends the reading when the viewer goes. */
  signal: z.instanceof(AbortSignal),
  /** The reader gets a kept log by its parts, and is told how many there are instead of given lines. */
  byParts: z.boolean().default(false),
});

/** A build's log from a cursor on: what is there at once, then each line as CloudWatch gives it. */
export const readBuildLog = useCase(
  "read-build-log",
  inputSchema,
  async ({ ctx, input: { after, signal, byParts, ...key } }): Promise<AsyncGenerator<BuildLogMessage>> => {
    if (byParts && !after) {
      const keptKey = { targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, key) };
      // CloudWatch has the log too: a database that is away must not keep anyone from reading.
      const parts = await new KeptLogs(ctx.database).partCount(keptKey).catch(() => 0);
      if (parts > 0) return keptLog(parts);
    }
    const build = await getImageBuild({ ctx, input: key });
    return (await openBuildLog(ctx, build)).follow(readCursor(after), signal);
  },
);

async function* keptLog(parts: number): AsyncGenerator<BuildLogMessage> {
  yield { kind: "kept", parts };
}
