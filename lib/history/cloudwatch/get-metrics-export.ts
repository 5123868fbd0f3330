import "server-only";
import { and, asc, eq, sql } from "drizzle-orm";
import { permits } from "@/lib/auth/permissions";
import { historyPipelines } from "@/lib/db/history-schema";
import { metricBuilds, metricPipelines, metricTargets } from "@/lib/db/metrics-schema";
import { metricStatements } from "@/lib/image-builder/aws-permissions/policy-of-role";
import { noInput, useCase } from "@/lib/use-case/use-case";
import { rankPipelines } from "./choose-pipelines";
import type { MetricsExport } from "./types";

const MOST_LEFT_OUT = 50;

/** What is sent to CloudWatch of this target, when last, and what AWS said against it. */
export const getMetricsExport = useCase(
  "get-metrics-export",
  noInput,
  async ({ ctx }): Promise<MetricsExport> => {
    const { orm } = await ctx.database();
    const targetId = ctx.target.id;
    const most = ctx.target.cloudWatchPipelines;
    const [chosen, ranked, [state], [counts]] = await Promise.all([
      orm
        .select({ name: metricPipelines.pipeline, days: historyPipelines.freshWithinDays })
        .from(metricPipelines)
        .leftJoin(
          historyPipelines,
          and(
            eq(historyPipelines.targetId, metricPipelines.targetId),
            eq(historyPipelines.pipeline, metricPipelines.pipeline),
          ),
        )
        .where(eq(metricPipelines.targetId, targetId))
        .orderBy(asc(metricPipelines.pipeline)),
      rankPipelines(orm, { targetId, now: new Date(ctx.clock.now()) }),
      orm.select().from(metricTargets).where(eq(metricTargets.targetId, targetId)),
      orm
        .select({
          counted: sql<number>`count(*) filter (where ${metricBuilds.sentAt} is not null)::int`,
          inDoubt: sql<number>`count(*) filter (where ${metricBuilds.sentAt} is null)::int`,
        })
        .from(metricBuilds)
        .where(eq(metricBuilds.targetId, targetId)),
    ]);
    const isSeen = (name: string) => permits(ctx.actor, "get-pipeline", targetId, name);
    const own = most === undefined ? [] : chosen;
    const names = new Set(own.map(({ name }) => name));
    const leftOut = ranked.filter((name) => !names.has(name) && isSeen(name)).toSorted();
    return {
      ...(most !== undefined && { most }),
      pipelines: own
        .filter(({ name }) => isSeen(name))
        .map(({ name, days }) => ({
          name,
          freshWithinDays: days ?? ctx.settings.history.freshWithinDays,
        })),
      leftOut: leftOut.slice(0, MOST_LEFT_OUT),
      leftOutCount: leftOut.length,
      counted: counts?.counted ?? 0,
      inDoubt: counts?.inDoubt ?? 0,
      ...(state?.sentAt && { sentAt: state.sentAt.toISOString() }),
      ...(most !== undefined &&
        state?.mistake && {
          mistake: {
            message: state.mistake,
            since: (state.mistakeSince ?? state.since ?? new Date(ctx.clock.now())).toISOString(),
            ...(state.missingAction && { missingAction: state.missingAction }),
            ...(state.nextAt && { nextTryAt: state.nextAt.toISOString() }),
          },
        }),
      statements: JSON.stringify(metricStatements(), undefined, 2),
    };
  },
);
