import "server-only";
import { authorize } from "@/lib/auth/authorize";
import type { ResourceKey } from "@/lib/core/resource-names";
import type { DeletionPlan, ResourceReference } from "@/lib/definitions/types";
import type { UseCase, UseCaseContext } from "@/lib/use-case/use-case-context";
import { dependentsOf } from "./dependents-of";
import { findResource } from "./find-resource";

/**
 * What has to go before a resource can be deleted, in the order AWS takes it: what nothing names comes first, the
 * resource itself last.
 */
export async function planDeletion({ ctx, input }: UseCase<ResourceKey>): Promise<DeletionPlan> {
  await authorize(ctx, "plan-deletion", input.name);
  const { found } = await findResource(ctx, input);
  const order = new Map<string, ResourceReference>();
  const hidden = await dependentsFirst(ctx, found, order);
  return { order: [...order.values()], hidden };
}

async function dependentsFirst(
  ctx: UseCaseContext,
  resource: ResourceReference,
  order: Map<string, ResourceReference>,
): Promise<string | undefined> {
  const { kind, arn, name, version } = resource;
  if (kind === "image") return undefined;
  const found = await dependentsOf(ctx, { kind, arn, name, version });
  const reasons = [found.hidden];
  for (const dependent of found.usedBy) reasons.push(await dependentsFirst(ctx, dependent, order));
  order.set(arn, { kind, arn, name, version });
  return reasons.find((reason) => reason !== undefined);
}
