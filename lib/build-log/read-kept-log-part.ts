import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/image-builder/action-result";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import type { UseCase } from "@/lib/image-builder/use-case-context";
import { type KeptLogFile, KeptLogs } from "./kept/kept-logs";

export type ReadKeptLogPartInput = ImageBuildKey & { part: number; file: KeptLogFile };

/** More than any log has; what is larger, or no number, is not worth a query that the database would refuse. */
const MAX_PARTS = 1_000_000;

/** A file of one part of a kept log, as it lies in the database: gzip. Throws `not-found` where there is none. */
export async function readKeptLogPart({
  ctx,
  input: { part, file, ...key },
}: UseCase<ReadKeptLogPartInput>): Promise<Buffer> {
  await authorize(ctx, "read-kept-log-part", key.name);
  if (Number.isInteger(part) && part >= 0 && part < MAX_PARTS) {
    const imageArn = arnOfBuild(ctx.target, key);
    const found = await new KeptLogs(ctx.database).file({ targetId: ctx.target.id, imageArn }, part, file);
    if (found) return found;
  }
  throw new ConsoleFailure({ code: "not-found", message: `No part ${part} of this log is kept.` });
}
