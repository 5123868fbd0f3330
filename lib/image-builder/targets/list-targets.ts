import "server-only";
import { permits } from "@/lib/auth/permissions";
import { noInput, useCase } from "@/lib/use-case/use-case";
import type { TargetSummary } from "./types";

/** The targets on which the actor may see anything. */
export const listTargets = useCase("list-targets", noInput, async ({ ctx }): Promise<TargetSummary[]> => {
  const mayList = (id: string) => permits(ctx.actor, "list-targets", id);
  return ctx.targets
    .filter(({ id }) => mayList(id))
    .map(({ id, label, accountId, region, environment }) => ({
      ...{ id, label, accountId, region },
      ...(environment && { environment }),
    }));
});
