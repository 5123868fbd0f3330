import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { arnOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { KeptLogs } from "./kept/kept-logs";
import type { LogHead } from "./reader/types";

/** What the tallest window shows at once, and not more than a page may weigh. */
const HEAD = { maxLines: 60, maxBytes: 24_000 };

/** How a kept log begins, so that a page has its first lines before any script runs; undefined when it is not kept. */
export async function readLogHead({ ctx, input }: UseCase<ImageBuildKey>): Promise<LogHead | undefined> {
  await authorize(ctx, "read-log-head", input.name);
  const key = { targetId: ctx.target.id, imageArn: arnOfBuild(ctx.target, input) };
  return new KeptLogs(ctx.database).head(key, HEAD);
}
