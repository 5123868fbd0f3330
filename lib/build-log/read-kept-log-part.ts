import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/image-builder/action-result";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import type { ImageBuildKey } from "@/lib/image-builder/image-builds/types";
import type { UseCase } from "@/lib/image-builder/use-case-context";
import { type KeptLogFile, KeptLogs } from "./kept/kept-logs";

export type ReadKeptLogPartInput = ImageBuildKey & { part: number; file: KeptLogFile };

/** A file of one part of a kept log, as it lies in the database: gzip. Throws `not-found` where there is none. */
export async function readKeptLogPart({
  ctx,
  input: { part, file, ...key },
}: UseCase<ReadKeptLogPartInput>): Promise<Buffer> {
  await authorize(ctx, "read-kept-log-part", key.name);
  const imageArn = arnOfBuild(ctx.target, key);
  const found = await new KeptLogs(ctx.database).file({ targetId: ctx.target.id, imageArn }, part, file);
  if (found) return found;
  throw new ConsoleFailure({ code: "not-found", message: `No part ${part} of this log is kept.` });
}
