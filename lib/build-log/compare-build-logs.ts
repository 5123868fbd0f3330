import "server-only";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { DAY_MS } from "@/lib/core/time";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { pipelineBuilds } from "@/lib/image-builder/image-builds/pipeline-builds";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { findPipeline } from "@/lib/image-builder/pipelines/find-pipeline";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { compareLogs } from "./compare/compare-logs";
import type { BuildLogComparison } from "./compare/types";
import { withWholeLog } from "./read-whole-log";

/** Older good builds say little about today's. */
const LOOK_BACK_MS = 90 * DAY_MS;
/** Was good once, also if it has been retired since. */
const GOOD = new Set(["AVAILABLE", "DEPRECATED", "DISABLED"]);

const inputSchema = imageBuildKeySchema.extend({ before: imageBuildKeySchema.optional() });

/** A build's log beside that of `before`, or of the last successful build of its pipeline. */
export const compareBuildLogs = useCase(
  "compare-build-logs",
  inputSchema,
  async ({ ctx, input: { before: wanted, ...key } }): Promise<BuildLogComparison> => {
    const build = await getImageBuild({ ctx, input: key });
    const before = wanted ?? (await lastGoodBuild(ctx, build));
    if (!before) {
      return {
        reason: build.pipelineName
          ? `${build.pipelineName} has no good build in the 90 days before this one.`
          : "This build belongs to no pipeline, so there is no earlier one to compare it with.",
      };
    }
    const earlierBuild = await getImageBuild({ ctx, input: before });
    return withWholeLog(ctx, earlierBuild, (earlier) =>
      withWholeLog(ctx, build, (later): BuildLogComparison => {
        if (!earlier || !later) {
          const { name, version, build: number } = earlier ? key : before;
          return { before, reason: `The log of ${name} ${version}/${number} is no longer available.` };
        }
        return { before, comparison: compareLogs(earlier, later) };
      }),
    );
  },
);

async function lastGoodBuild(
  ctx: UseCaseContext,
  { pipelineName, createdAt, arn }: ImageBuild,
): Promise<ImageBuildKey | undefined> {
  if (!pipelineName) return undefined;
  const { pipeline } = await findPipeline(ctx, pipelineName);
  const sinceMs = Date.parse(createdAt) - LOOK_BACK_MS;
  const builds = await pipelineBuilds(ctx, pipeline, { among: 1, sinceMs });
  const good = builds.find((each) => GOOD.has(each.status) && each.arn !== arn && each.createdAt < createdAt);
  return good && { name: good.name, version: good.version, build: good.build };
}
