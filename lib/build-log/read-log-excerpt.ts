import "server-only";
import { z } from "zod";
import { canonicalText } from "@/lib/core/canonical-text";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { failedNodeOf } from "./parser/failed-node";
import { type WholeLog, withWholeLog } from "./read-whole-log";
import type { LogExcerpt } from "./types";

const BEFORE = 9;
const AFTER = 3;
/** A line may be a megabyte of JSON: what does not fit beside an editor is read in the log. */
const MOST_TEXT = 400;

const inputSchema = imageBuildKeySchema.extend({ line: z.number().int().min(1).optional() });

/**
 * The lines around line `line`, from 1, of a build's log, or those with which the first step that failed ends; none
 * where the log is gone or no step failed.
 */
export const readLogExcerpt = useCase(
  "read-log-excerpt",
  inputSchema,
  async ({ ctx, input: { line, ...key } }): Promise<LogExcerpt> => {
    const build = await getImageBuild({ ctx, input: key });
    return withWholeLog(ctx, build, (log) => {
      if (!log) return { lines: [] };
      const [first, last] = line === undefined ? endOfFailure(log) : [line - BEFORE, line + AFTER];
      const from = Math.max(1, first);
      const count = Math.max(0, Math.min(log.store.lineCount, last) - from + 1);
      return {
        lines: Array.from({ length: count }, (_, index) => ({
          number: from + index,
          text: canonicalText(log.line(from + index - 1), MOST_TEXT),
        })),
      };
    });
  },
);

/** First and last line, from 1, of what the first failed step said at its end. */
function endOfFailure({ tree }: WholeLog): [first: number, last: number] {
  const failed = failedNodeOf(tree);
  if (!failed) return [1, 0];
  const { firstLine, lastLine } = failed;
  return [Math.max(firstLine, lastLine - BEFORE - AFTER) + 1, lastLine + 1];
}
