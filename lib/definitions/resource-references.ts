import { isSameResource, parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceKind } from "@/lib/core/resource-names";
import { isJsonObject } from "./json-object";
import { versionMatches } from "./resource-versions";
import type { Json, JsonObject, ResourceReference } from "./types";

/** What a resource names in its content: a recipe its components and base image, a pipeline its parts. */
export function referencesOf(kind: ResourceKind, content: JsonObject): ResourceReference[] {
  const arns = ARNS_IN[kind](content).filter((arn) => typeof arn === "string");
  const references = arns.flatMap((arn) => toReference(arn) ?? []);
  return kind === "lifecycle-policy" ? [...references, ...selectedRecipes(content)] : references;
}

/** Whether `reference` means the resource; a reference with `x` in its version means every version it takes in. */
export function refersTo(
  reference: ResourceReference,
  resource: { kind: ResourceKind | "image"; arn: string; name: string; version?: string },
): boolean {
  // A lifecycle policy names recipes without an ARN.
  const sameBareName = reference.arn === "" && reference.name === resource.name;
  return (
    reference.kind === resource.kind &&
    (isSameResource(reference.arn, resource.arn) || sameBareName) &&
    versionMatches(reference.version, resource.version)
  );
}

/** A reference by its ARN; undefined for what is no resource of Image Builder, such as an AMI. */
export function toReference(arn: string): ResourceReference | undefined {
  const parsed = parseImageBuilderArn(arn);
  if (!parsed) return undefined;
  const kind = parsed.kind as ResourceReference["kind"];
  const version = parsed.version && (parsed.build ? `${parsed.version}/${parsed.build}` : parsed.version);
  return { kind, arn, name: parsed.name, version };
}

const ARNS_IN: Record<ResourceKind, (content: JsonObject) => (Json | undefined)[]> = {
  component: () => [],
  workflow: () => [],
  "infrastructure-configuration": () => [],
  "distribution-configuration": () => [],
  "lifecycle-policy": () => [],
  "image-recipe": ({ components, parentImage }) => [
    ...listOf(components).map(({ componentArn }) => componentArn),
    parentImage,
  ],
  "container-recipe": ({ components, parentImage }) => [
    ...listOf(components).map(({ componentArn }) => componentArn),
    parentImage,
  ],
  "image-pipeline": (content) => [
    content.imageRecipeArn,
    content.containerRecipeArn,
    content.infrastructureConfigurationArn,
    content.distributionConfigurationArn,
    ...listOf(content.workflows).map(({ workflowArn }) => workflowArn),
  ],
};

function selectedRecipes({ resourceSelection, resourceType }: JsonObject): ResourceReference[] {
  if (!isJsonObject(resourceSelection)) return [];
  return listOf(resourceSelection.recipes).map(({ name, semanticVersion }) => ({
    kind: resourceType === "CONTAINER_IMAGE" ? "container-recipe" : "image-recipe",
    arn: "",
    name: String(name),
    version: typeof semanticVersion === "string" ? semanticVersion : undefined,
  }));
}

const listOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];
