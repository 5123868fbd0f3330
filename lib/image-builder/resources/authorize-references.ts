import "server-only";
import { authorize } from "@/lib/auth/authorize";
import { type Action, permits } from "@/lib/auth/permissions";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceKind } from "@/lib/core/resource-names";
import { referencesOf, toReference } from "@/lib/definitions/resource-references";
import type { JsonObject, ResourceReference } from "@/lib/definitions/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";

/** What it takes to see a resource of each kind that another one can name. */
const seeing = ({ kind }: Pick<ResourceReference, "kind">): Action => {
  if (kind === "image") return "get-image-versions";
  return kind === "image-pipeline" ? "get-pipeline" : "get-resource";
};

/** Whether the actor may see what a reference means; what belongs to Amazon or another account, everybody may. */
export function maySee(ctx: UseCaseContext, { kind, arn, name }: ResourceReference): boolean {
  const owner = parseImageBuilderArn(arn)?.accountId;
  const isOwn = owner === undefined || owner === ctx.target.accountId;
  return !isOwn || permits(ctx.actor, seeing({ kind }), ctx.target.id, name);
}

/**
 * Whoever uses a resource in one of their own reads what it holds, in the page of theirs or in its log: only what
 * they may see may be named. What stood in `before` already is nobody's news. Throws `forbidden`.
 */
export async function authorizeReferences(
  ctx: UseCaseContext,
  kind: ResourceKind,
  content: JsonObject,
  before: JsonObject = {},
): Promise<void> {
  const known = new Set(referencesOf(kind, before).map(({ arn, name }) => `${arn} ${name}`));
  for (const reference of referencesOf(kind, content)) {
    if (!known.has(`${reference.arn} ${reference.name}`)) await authorizeReference(ctx, reference);
  }
}

/** The same for one resource by its ARN. */
export async function authorizeArn(ctx: UseCaseContext, arn: string): Promise<void> {
  const reference = toReference(arn);
  if (reference) await authorizeReference(ctx, reference);
}

async function authorizeReference(ctx: UseCaseContext, reference: ResourceReference): Promise<void> {
  if (!maySee(ctx, reference)) await authorize(ctx, seeing(reference), reference.name);
}
