import "server-only";
import { resourceKeySchema } from "@/lib/definitions/schemas";
import type { DeletionPlan, ResourceReference } from "@/lib/definitions/types";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { dependentsOf } from "./dependents-of";
import { findResource } from "./find-resource";

/**
 * What has to go before a resource can be deleted, in the order AWS takes it: what nothing names comes first, the
 * resource itself last.
 */
export const planDeletion = useCase(
  "plan-deletion",
  resourceKeySchema,
  async ({ ctx, input: key }): Promise<DeletionPlan> => {
    const { found } = await findResource(ctx, key);
    const order = new Map<string, ResourceReference>();
    const hidden = await dependentsFirst(ctx, found, order);
    return { order: [...order.values()], hidden };
  },
);

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
