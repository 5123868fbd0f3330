import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { readWholeLog } from "./read-whole-log";

/** The number, from 1, of the line that a search found by its time and text; undefined when the log has it no more. */
export async function findLogLine({
  ctx,
  input: { at, message, ...key },
}: UseCase<ImageBuildKey & { at: number; message: string }>): Promise<number | undefined> {
  await authorize(ctx, "find-log-line", key.name);
  const log = await readWholeLog(ctx, await getImageBuild({ ctx, input: key }));
  const [wanted = ""] = message.split("\n");
  for (const { firstLine, lineCount, times } of log?.store.segments ?? []) {
    for (let index = 0; index < lineCount; index++) {
      // Only lines of that time are made into text.
      if (times[index] === at && log?.store.line(firstLine + index)?.text === wanted)
        return firstLine + index + 1;
    }
  }
  return undefined;
}
