import "server-only";
import { z } from "zod";
import { ConsoleFailure } from "@/lib/core/failure";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { KeptLogs } from "./kept/kept-logs";
import type { KeptLogPart } from "./kept/types";

const inputSchema = imageBuildKeySchema.extend({
  /** The part to begin with, from 0; what is no number is a part that is not there. */
  first: z.number().catch(-1),
  /** The part to end with; all that there are when left out. */
  last: z.number().optional().catch(undefined),
});

/** More than any log has; what is larger, or no number, is not worth a query that the database would refuse. */
const MAX_PARTS = 1_000_000;

/**
 * The parts of a kept log in order, as they lie in the database: gzip. Throws `not-found` where the first one that
 * is asked for is not there.
 */
export const readKeptLog = useCase(
  "read-kept-log",
  inputSchema,
  async ({ ctx, input: { first, last, ...key } }): Promise<AsyncGenerator<KeptLogPart>> => {
    if (Number.isInteger(first) && first >= 0 && first < MAX_PARTS) {
      const logs = new KeptLogs(ctx.database);
      const kept = { targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, key) };
      const part = await logs.part(kept, first);
      if (part) return logs.partsFrom(kept, first, part, last);
    }
    throw new ConsoleFailure({ code: "not-found", message: `No part ${first} of this log is kept.` });
  },
);
