import "server-only";
import { z } from "zod";
import { atVersion } from "@/lib/core/arn";
import { refersTo, toReference } from "@/lib/definitions/resource-references";
import { compareVersions, nextVersion } from "@/lib/definitions/resource-versions";
import { toResourceSummary } from "@/lib/definitions/to-resource-summary";
import type { Json, JsonObject, Resource, ResourceReference, ResourceSummary } from "@/lib/definitions/types";
import { toCreateInput, writableMembers } from "@/lib/definitions/writable-members";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { dependentsOf } from "@/lib/image-builder/resources/dependents-of";
import { getResource } from "@/lib/image-builder/resources/get-resource";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { followsByItself, type MovedVersion, replaceReference } from "./replace-reference";
import type { MovePlan, MoveStep } from "./types";

const inputSchema = z.object({
  kind: z.enum(
    ["component", "workflow", "image-recipe", "container-recipe"],
    "Only components, workflows, and recipes have versions to update.",
  ),
  name: z.string(),
  from: z.string(),
  to: z.string(),
  /** `to` does not exist yet: what is asked is what there would be to do if it did. */
  isPlanned: z.boolean().default(false),
});
type Versions = { from: MovedVersion; to: MovedVersion };

/**
 * What it takes to have every recipe and pipeline use version `to` of a component, workflow or recipe in place of `from`,
 * recipes before the pipelines that use them. It is read from AWS each time, so a plan that was carried out in
 * part says what is left.
 */
export const planVersionMove = useCase(
  "plan-version-move",
  inputSchema,
  async ({ ctx, input: { kind, name, from, to, isPlanned } }): Promise<MovePlan> => {
    const reading = getResource({ ctx, input: { kind, name, version: from } });
    const [old, wanted] = await Promise.all([
      reading,
      isPlanned
        ? reading.then((resource) => asVersion(resource, to))
        : getResource({ ctx, input: { kind, name, version: to } }),
    ]);
    const move: Versions = { from: old, to: wanted };
    const dependents = [...old.usedBy, ...wanted.usedBy];
    const { steps, hidden } =
      kind === "component"
        ? await recipeSteps(ctx, dependents, move, wanted)
        : { steps: await pipelineSteps(ctx, dependents, move), hidden: undefined };
    return { name: old.name, from, to, steps, hidden: old.usedByHidden ?? hidden };
  },
);

/** A version that nobody has made yet, and that nothing uses. */
const asVersion = (resource: Resource, version: string): Resource => ({
  ...resource,
  version,
  arn: atVersion(resource.arn, version),
  buildArn: atVersion(resource.arn, version, "1"),
  usedBy: [],
});

/** One step for each recipe that uses the old version or used it before, each with its pipelines. */
async function recipeSteps(
  ctx: UseCaseContext,
  dependents: ResourceReference[],
  move: Versions,
  wanted: Resource,
): Promise<{ steps: MoveStep[]; hidden?: string }> {
  const recipes = uniqueBy(dependents, ({ kind, name }) => `${kind} ${name}`);
  const found = await Promise.all(
    recipes.map(async ({ kind, name }) => {
      if (!isRecipeKind(kind)) return { steps: [] };
      const all = (await allResources(ctx, kind)).filter((row) => row.name === name);
      const versions = all.toSorted((a, b) => compareVersions(b.version, a.version));
      return recipeWithPipelines(ctx, kind, versions, move, wanted);
    }),
  );
  return {
    steps: found.flatMap(({ steps }) => steps),
    hidden: found.flatMap(({ hidden }) => hidden ?? [])[0],
  };
}

async function recipeWithPipelines(
  ctx: UseCaseContext,
  kind: RecipeKind,
  versions: ResourceSummary[],
  move: Versions,
  wanted: Resource,
): Promise<{ steps: MoveStep[]; hidden?: string }> {
  const [newest] = versions;
  if (!newest) return { steps: [] };
  const contents = await Promise.all(versions.map((row) => readResource(ctx, kind, row.arn)));
  const uses = (content: JsonObject, version: MovedVersion) =>
    (content.components as JsonObject[] | undefined)?.some(({ componentArn }) =>
      namesVersion(componentArn, version.arn),
    ) ?? false;
  const moved = versions.find((_, index) => uses(contents[index] ?? {}, move.to));
  const [content = {}] = contents;
  const isLeft = uses(content, move.from) && !uses(content, move.to);
  if (!moved && !isLeft) return { steps: [] };

  const newVersion = moved ? moved.version : nextVersion(versions.map(({ version }) => version));
  const before = toCreateInput(kind, content);
  const after = { ...replaceReference(before, move), semanticVersion: newVersion ?? "" };
  const byItself = followsByItself(content, move);
  const recipe: MoveStep = {
    id: `${kind} ${newest.name}`,
    kind,
    name: newest.name,
    version: newest.version,
    newVersion,
    state: byItself ? "follows by itself" : moved ? "done" : "to do",
    ...(!byItself && !moved && { change: { before, after }, problem: parameterProblem(after, wanted) }),
  };
  if (byItself) return { steps: [recipe] };

  const target = moved?.arn ?? atVersion(newest.arn, newVersion);
  const old = versions.filter((_, index) => uses(contents[index] ?? {}, move.from));
  const usersOfEach = await Promise.all(
    [...old, ...(moved ? [moved] : [])].map((row) => dependentsOf(ctx, row)),
  );
  const pipelines = uniqueBy(
    usersOfEach.flatMap(({ usedBy }) => usedBy).filter(({ kind }) => kind === "image-pipeline"),
    ({ arn }) => arn,
  );
  const steps = await Promise.all(
    pipelines.map((pipeline) => {
      // Of the recipe's versions a pipeline names one.
      const from = old.map(({ arn }) => ({ arn }));
      return pipelineStep(ctx, pipeline, from, { arn: target }, recipe.id);
    }),
  );
  return { steps: [recipe, ...steps], hidden: usersOfEach.flatMap(({ hidden }) => hidden ?? [])[0] };
}

async function pipelineSteps(
  ctx: UseCaseContext,
  dependents: ResourceReference[],
  move: Versions,
): Promise<MoveStep[]> {
  // Lifecycle policies name recipes too, and are left: theirs is a choice of its own.
  const users = dependents.filter(({ kind }) => kind === "image-pipeline");
  const pipelines = uniqueBy(users, ({ arn }) => arn);
  return Promise.all(pipelines.map((pipeline) => pipelineStep(ctx, pipeline, [move.from], move.to)));
}

async function pipelineStep(
  ctx: UseCaseContext,
  { arn, name }: ResourceReference,
  from: MovedVersion[],
  to: MovedVersion,
  after?: string,
): Promise<MoveStep> {
  const content = await readResource(ctx, "image-pipeline", arn);
  const before = writableMembers("image-pipeline", content);
  const changed = from.reduce((value, each) => replaceReference(value, { from: each, to }), before);
  const { updatedAt, createdAt } = toResourceSummary("image-pipeline", content) ?? {};
  const step = { id: arn, kind: "image-pipeline" as const, name, ...(after && { after }) };
  if (JSON.stringify(changed) !== JSON.stringify(before)) {
    return { ...step, state: "to do", change: { before, after: changed, basedOn: updatedAt ?? createdAt } };
  }
  const byItself = from.some((each) => followsByItself(content, { from: each, to }));
  return { ...step, state: byItself ? "follows by itself" : "done" };
}

/** AWS requires a value for every parameter without a default, and none for one the component lacks. */
function parameterProblem(recipe: JsonObject, { name, version, content, arn }: Resource): string | undefined {
  const used = (recipe.components as JsonObject[] | undefined)?.find(({ componentArn }) =>
    namesVersion(componentArn, arn),
  );
  const given = namesIn(used?.parameters);
  const known = (Array.isArray(content.parameters) ? content.parameters : []) as JsonObject[];
  const unknown = given.find((each) => !known.some((parameter) => parameter.name === each));
  if (unknown) return `The recipe sets the parameter ${unknown}, which ${name} ${version} doesn't have.`;
  const missing = known.find(
    ({ name: each, defaultValue }) => defaultValue === undefined && !given.includes(String(each)),
  );
  return (
    missing &&
    `${name} ${version} requires a value for ${String(missing.name)}, which the recipe doesn't set.`
  );
}

const namesIn = (parameters: Json | undefined): string[] =>
  Array.isArray(parameters) ? parameters.map((each) => String((each as JsonObject).name)) : [];

type RecipeKind = Exclude<MoveStep["kind"], "image-pipeline">;
const isRecipeKind = (kind: string): kind is RecipeKind =>
  kind === "image-recipe" || kind === "container-recipe";

function namesVersion(reference: Json | undefined, arn: string): boolean {
  const [from, to] = [toReference(String(reference)), toReference(arn)];
  return (
    from !== undefined && to !== undefined && to.kind !== "image" && refersTo(from, { ...to, kind: to.kind })
  );
}

function uniqueBy<Item>(items: Item[], keyOf: (item: Item) => string): Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
