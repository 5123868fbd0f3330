import "server-only";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ResourceKind } from "@/lib/core/resource-names";
import { referencesOf, refersTo } from "@/lib/definitions/resource-references";
import type { ResourceReference } from "@/lib/definitions/types";
import { maySee } from "@/lib/use-case/authorize-names";
import { failureOfSource } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { allResources } from "./all-resources";
import { readResource } from "./read-resource";

/** Which kinds can name a kind: asked in this order. */
const NAMED_BY: Partial<Record<ResourceReference["kind"], readonly ResourceKind[]>> = {
  image: ["image-recipe", "container-recipe"],
  component: ["image-recipe", "container-recipe"],
  "image-recipe": ["image-pipeline", "lifecycle-policy"],
  "container-recipe": ["image-pipeline", "lifecycle-policy"],
  "infrastructure-configuration": ["image-pipeline"],
  "distribution-configuration": ["image-pipeline"],
  workflow: ["image-pipeline"],
};

type Named = Pick<ResourceReference, "kind" | "arn" | "name" | "version">;

/**
 * What of the account names the resource. AWS has no call for it: recipes, pipelines and policies are read, each
 * once while its answer is fresh. `hidden` says which of them AWS refused.
 */
export async function dependentsOf(
  ctx: UseCaseContext,
  resource: Named,
): Promise<{ usedBy: ResourceReference[]; hidden?: string }> {
  const kinds = NAMED_BY[resource.kind] ?? [];
  const found = await Promise.all(kinds.map((kind) => dependentsOfKind(ctx, kind, resource)));
  const hidden = found.flatMap(({ reason }) => reason ?? []);
  return {
    usedBy: found.flatMap(({ usedBy }) => usedBy),
    hidden: hidden.length > 0 ? hidden.join(" ") : undefined,
  };
}

async function dependentsOfKind(
  ctx: UseCaseContext,
  kind: ResourceKind,
  resource: Named,
): Promise<{ usedBy: ResourceReference[]; reason?: string }> {
  try {
    const rows = await allResources(ctx, kind);
    const checked = await Promise.all(
      rows.map(async (row) => {
        const content = await readResource(ctx, kind, row.arn).catch(goneMeanwhile);
        const names =
          content && referencesOf(kind, content).some((reference) => refersTo(reference, resource));
        return names ? [{ kind, arn: row.arn, name: row.name, version: row.version }] : [];
      }),
    );
    const usedBy = checked.flat();
    const seen = usedBy.filter((each) => maySee(ctx, each));
    return { usedBy: seen, reason: othersOf(usedBy.length - seen.length) };
  } catch (error) {
    const reason = failureOfSource(error);
    if (reason === undefined) throw error;
    return { usedBy: [], reason };
  }
}

/** That there is something else has to be known, or deleting would be refused without a reason; what it is, not. */
const othersOf = (count: number): string | undefined =>
  count > 0 ? `${count} more outside your role ${count === 1 ? "uses" : "use"} it.` : undefined;

function goneMeanwhile(error: unknown): undefined {
  if (error instanceof ConsoleFailure && error.detail.code === "not-found") return undefined;
  throw error;
}
