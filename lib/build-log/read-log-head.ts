import "server-only";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { KeptLogs } from "./kept/kept-logs";
import type { LogHead } from "./reader/types";

/** What the tallest window shows at once, and not more than a page may weigh. */
const HEAD = { maxLines: 60, maxBytes: 24_000 };

/** How a kept log begins, so that a page has its first lines before any script runs; undefined when it is not kept. */
export const readLogHead = useCase(
  "read-log-head",
  imageBuildKeySchema,
  async ({ ctx, input }): Promise<LogHead | undefined> => {
    const key = { targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, input) };
    return new KeptLogs(ctx.database).head(key, HEAD);
  },
);
