import "server-only";
import { z } from "zod";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { type WholeLog, withWholeLog } from "./read-whole-log";
import { lineKeyOf } from "./search/shown-message";

const inputSchema = imageBuildKeySchema.extend({ at: z.number().or(z.nan()), message: z.string() });

/** The number, from 1, of the line that a search found by its time and text; undefined when the log has it no more. */
export const findLogLine = useCase(
  "find-log-line",
  inputSchema,
  async ({ ctx, input: { at, message, ...key } }): Promise<number | undefined> => {
    const build = await getImageBuild({ ctx, input: key });
    return withWholeLog(ctx, build, (log) => lineAt(log, at, message));
  },
);

function lineAt(log: WholeLog | undefined, at: number, message: string): number | undefined {
  const wanted = lineKeyOf(message);
  for (const { firstLine, lineCount, times } of log?.store.segments ?? []) {
    for (let index = 0; index < lineCount; index++) {
      // Only lines of that time are made into text.
      if (times[index] === at && lineKeyOf(log?.store.line(firstLine + index)?.text ?? "") === wanted)
        return firstLine + index + 1;
    }
  }
  return undefined;
}
