import "server-only";
import { z } from "zod";
import { canonicalText } from "@/lib/core/canonical-text";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { withWholeLog } from "./read-whole-log";
import type { LogExcerpt } from "./types";

const BEFORE = 9;
const AFTER = 3;
/** A line may be a megabyte of JSON: what does not fit beside an editor is read in the log. */
const MOST_TEXT = 400;

const inputSchema = imageBuildKeySchema.extend({ line: z.number().int().min(1) });

/** The lines around line `line`, from 1, of a build's log; none where the log is gone. */
export const readLogExcerpt = useCase(
  "read-log-excerpt",
  inputSchema,
  async ({ ctx, input: { line, ...key } }): Promise<LogExcerpt> => {
    const build = await getImageBuild({ ctx, input: key });
    return withWholeLog(ctx, build, (log) => {
      if (!log) return { lines: [] };
      const first = Math.max(1, line - BEFORE);
      const last = Math.min(log.store.lineCount, line + AFTER);
      const count = Math.max(0, last - first + 1);
      return {
        lines: Array.from({ length: count }, (_, index) => ({
          number: first + index,
          text: canonicalText(log.line(first + index - 1), MOST_TEXT),
        })),
      };
    });
  },
);
