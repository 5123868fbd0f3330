import "server-only";
import { and, eq } from "drizzle-orm";
import { ConsoleFailure } from "@/lib/core/failure";
import { historyPipelines } from "@/lib/db/history-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { freshnessTargetSchema } from "./schemas";

/** Sets how old a pipeline's latest successful image may be; without days the console's own target holds again. */
export const setFreshnessTarget = useCase(
  "set-freshness-target",
  freshnessTargetSchema,
  async ({ ctx, input: { name, days = null } }): Promise<null> => {
    const { orm } = await ctx.database();
    const ofPipeline = and(eq(historyPipelines.targetId, ctx.target.id), eq(historyPipelines.pipeline, name));

    return recordWrite(ctx, "set-freshness-target", { resource: name, input: { name, days } }, async () => {
      const [before] = await orm
        .select({ days: historyPipelines.freshWithinDays })
        .from(historyPipelines)
        .where(ofPipeline);
      if (!before)
        throw new ConsoleFailure({ code: "not-found", message: `No builds of ${name} are indexed yet.` });
      await orm.update(historyPipelines).set({ freshWithinDays: days }).where(ofPipeline);
      return { value: null, before, after: { days } };
    });
  },
);
