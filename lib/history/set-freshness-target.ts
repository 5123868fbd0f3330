import "server-only";
import { and, eq } from "drizzle-orm";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "@/lib/core/failure";
import { historyPipelines } from "@/lib/db/history-schema";
import { recordWrite } from "@/lib/use-case/record-write";
import type { UseCase } from "@/lib/use-case/use-case-context";
import { freshnessTargetSchema } from "./schemas";

/** Sets how old a pipeline's newest good image may be; without days the console's own target holds again. */
export async function setFreshnessTarget({
  ctx,
  input,
}: UseCase<{ name: string; days?: number }>): Promise<null> {
  await authorize(ctx, "set-freshness-target", input.name);
  const { name, days = null } = freshnessTargetSchema.parse(input);
  const { orm } = await ctx.database();
  const ofPipeline = and(eq(historyPipelines.targetId, ctx.target.id), eq(historyPipelines.pipeline, name));

  return recordWrite(ctx, "set-freshness-target", { resource: name, input: { name, days } }, async () => {
    const [before] = await orm
      .select({ days: historyPipelines.freshWithinDays })
      .from(historyPipelines)
      .where(ofPipeline);
    if (!before)
      throw new ConsoleFailure({ code: "not-found", message: `The history has no builds of ${name} yet.` });
    await orm.update(historyPipelines).set({ freshWithinDays: days }).where(ofPipeline);
    return { value: null, before, after: { days } };
  });
}
