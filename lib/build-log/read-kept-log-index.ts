import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { KeptLogs } from "./kept/kept-logs";

/**
 * A kept log's `LogIndex` as JSON, gzip: all that a page needs to scroll, jump and fold before the text has come.
 * Throws `not-found` where the log is not kept.
 */
export const readKeptLogIndex = useCase(
  "read-kept-log-index",
  imageBuildKeySchema,
  async ({ ctx, input }): Promise<Uint8Array> => {
    const key = { targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, input) };
    const index = await new KeptLogs(ctx.database).index(key);
    if (index) return index;
    throw new ConsoleFailure({ code: "not-found", message: "The console doesn't keep this log." });
  },
);
