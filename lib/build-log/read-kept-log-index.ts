import "server-only";
import { shareOf } from "@/lib/core/actor";
import { ConsoleFailure } from "@/lib/core/failure";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { KeptLogs } from "./kept/kept-logs";
import { wholeLogs } from "./whole-logs";

/** A part of a log as it is kept and unpacked, and what is known of its lines, roughly. */
const HELD_BYTES = 16 * 1024 * 1024;

/**
 * A kept log's `LogIndex` as JSON, gzip: all that a page needs to scroll, jump and fold before the text has come.
 * Throws `not-found` where the log is not kept.
 */
export const readKeptLogIndex = useCase(
  "read-kept-log-index",
  imageBuildKeySchema,
  async ({ ctx, input }): Promise<Uint8Array> => {
    const key = { targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, input) };
    // To make one, the whole log is read: that has its turn and its room, and is one for all who ask.
    const work = { key: `index ${key.targetId} ${key.imageArn}`, person: shareOf(ctx.actor), isFinal: true };
    const index = await new KeptLogs(ctx.database).index(key, (make) =>
      wholeLogs().use(
        work,
        (hold) => {
          hold(HELD_BYTES);
          return make();
        },
        (made) => made,
      ),
    );
    if (index) return index;
    throw new ConsoleFailure({ code: "not-found", message: "The console doesn't keep this log." });
  },
);
