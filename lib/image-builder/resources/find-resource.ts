import "server-only";
import { imageBuilderArn, parseImageBuilderArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import { normalizeName } from "@/lib/core/name-rule";
import type { ResourceKey } from "@/lib/core/resource-names";
import { RESOURCE_OWNERS } from "@/lib/core/resource-names";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import { compareVersions } from "@/lib/definitions/resource-versions";
import type { ResourceSummary } from "@/lib/definitions/types";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { allResources } from "./all-resources";

/**
 * The resource a page's address means and the versions beside it, newest first. The list is read because
 * a name may be written in several ways and have several versions. Throws `not-found`.
 */
export async function findResource(
  ctx: UseCaseContext,
  { kind, name, version, owner: ownerText = "Self" }: ResourceKey,
): Promise<{ found: ResourceSummary; versions: ResourceSummary[] }> {
  const owner = RESOURCE_OWNERS.find((known) => known === ownerText) ?? "Self";
  const wanted = normalizeName(name);
  const versions = (await allResources(ctx, kind, owner))
    .filter((row) => row.name === name || parseImageBuilderArn(row.arn)?.name === wanted)
    .toSorted((a, b) => compareVersions(b.version, a.version));
  const found = versions.find((row) => version === undefined || row.version === version);
  if (found) return { found, versions };
  // What was made a moment ago may not be listed yet; of a workflow the ARN cannot be told without its type.
  if (owner === "Self" && kind !== "workflow" && (version !== undefined || !KIND_FACTS[kind].versioned)) {
    const arn = imageBuilderArn(ctx.target, kind, name, version);
    return { found: { kind, arn, name, version, tags: {} }, versions };
  }
  throw new ConsoleFailure({
    code: "not-found",
    message: `${ctx.target.label} has no ${KIND_FACTS[kind].one} "${name}"${version ? ` ${version}` : ""} in ${ctx.target.region}.`,
  });
}
