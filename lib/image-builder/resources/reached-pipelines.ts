import "server-only";
import { referencesOf, refersTo } from "@/lib/definitions/resource-references";
import type { JsonObject, ResourceReference } from "@/lib/definitions/types";
import { maySee } from "@/lib/use-case/authorize-names";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { allPipelines } from "../pipelines/all-pipelines";

/** Pipelines that run one of these recipes, of what the actor may see; `hidden`: why some are missing. */
export async function reachedPipelines(
  ctx: UseCaseContext,
  usedBy: ResourceReference[],
): Promise<{ pipelines: ResourceReference[]; hidden?: string }> {
  const recipes = usedBy.filter(({ kind }) => kind === "image-recipe" || kind === "container-recipe");
  if (recipes.length === 0) return { pipelines: [] };
  const { value, reason } = await unlessFailed(allPipelines(ctx), []);
  const all = value.flatMap(({ arn, name = "", ...content }): ResourceReference[] => {
    const names = referencesOf("image-pipeline", content as unknown as JsonObject);
    const runs = recipes.some((recipe) => names.some((reference) => refersTo(reference, recipe)));
    return runs ? [{ kind: "image-pipeline", arn, name }] : [];
  });
  const pipelines = all.filter((each) => maySee(ctx, each));
  const others = all.length - pipelines.length;
  const hidden = [
    ...(reason ? [reason] : []),
    ...(others > 0 ? [`${others} more ${others === 1 ? "pipeline" : "pipelines"} outside your role.`] : []),
  ];
  return { pipelines, ...(hidden.length > 0 && { hidden: hidden.join(" ") }) };
}
