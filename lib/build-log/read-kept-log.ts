import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { type KeptLogPart, KeptLogs } from "./kept/kept-logs";

export type ReadKeptLogInput = ImageBuildKey & {
  /** The part to begin with, from 0. */
  first: number;
};

/** More than any log has; what is larger, or no number, is not worth a query that the database would refuse. */
const MAX_PARTS = 1_000_000;

/**
 * The parts of a kept log in order, as they lie in the database: gzip. Throws `not-found` where the first one that
 * is asked for is not there.
 */
export async function readKeptLog({
  ctx,
  input: { first, ...key },
}: UseCase<ReadKeptLogInput>): Promise<AsyncGenerator<KeptLogPart>> {
  await authorize(ctx, "read-kept-log", key.name);
  if (Number.isInteger(first) && first >= 0 && first < MAX_PARTS) {
    const logs = new KeptLogs(ctx.database);
    const kept = { targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, key) };
    const part = await logs.part(kept, first);
    if (part) return logs.partsFrom(kept, first, part);
  }
  throw new ConsoleFailure({ code: "not-found", message: `No part ${first} of this log is kept.` });
}
