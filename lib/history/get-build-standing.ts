import "server-only";
import { getImageBuild } from "@/lib/image-builder/image-builds/get-image-build";
import { imageBuildKeySchema } from "@/lib/image-builder/image-builds/schemas";
import { useCase } from "@/lib/use-case/use-case";
import { historyQuestionSchema } from "./schemas";
import { HistoryScope, rangeOf } from "./statistics/history-scope";
import { measureBuilds } from "./statistics/measure-durations";
import { whoStartedBuild } from "./sync/who-started-build";
import type { BuildStanding } from "./types";

const DAYS = 90;

/** Who started a build in this console, and how long successful builds of its pipeline usually take. */
export const getBuildStanding = useCase(
  "get-build-standing",
  imageBuildKeySchema,
  async ({ ctx, input: key }): Promise<BuildStanding> => {
    const build = await getImageBuild({ ctx, input: key });
    const { orm } = await ctx.database();
    const question = historyQuestionSchema.parse({ days: DAYS, pipeline: build.pipelineName });
    const range = rangeOf(question, { timeZone: ctx.settings.history.timeZone, nowMs: ctx.clock.now() });
    const [startedBy, usual] = await Promise.all([
      whoStartedBuild(ctx, build),
      // Of all pipelines together, no number says whether this build was slow.
      build.pipelineName ? measureBuilds(orm, HistoryScope.of(ctx, question), range) : undefined,
    ]);
    return { startedBy, usual };
  },
);
