import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { permits } from "@/lib/auth/permissions";
import type { UseCase } from "@/lib/use-case/use-case-context";
import type { TargetSummary } from "./types";

/** The targets on which the actor may see anything. */
export async function listTargets({ ctx }: UseCase): Promise<TargetSummary[]> {
  await authorize(ctx, "list-targets");
  const mayList = (id: string) => permits(ctx.actor, "list-targets", id);
  return ctx.targets
    .filter(({ id }) => mayList(id))
    .map(({ id, label, accountId, region }) => ({ id, label, accountId, region }));
}
