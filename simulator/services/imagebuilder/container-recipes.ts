import type { ContainerRecipeSummary } from "@aws-sdk/client-imagebuilder";
import { formatArn, normaliseName, parseArn } from "./arns";
import { documentText } from "./document-source";
import { alreadyExists, hasDependents, invalidRequest, missing, notFound } from "./exceptions";
import {
  type Call,
  filtered,
  type ImageBuilderHandlers,
  type InputOf,
  isoDate,
  once,
  page,
  stopIfDryRun,
} from "./handlers";
import { ownedBy } from "./owned-versions";
import { resolveParentImage } from "./parent-image";
import { checkBlockDevices, checkRecipeComponents } from "./recipe-components";
import { assignVersion } from "./recipes";
import type { ContainerRecipeRow } from "./resource-rows";
import { isShared } from "./sharing";
import { type ImageBuilderStore, newestFirst, resolveVersion } from "./store";
import { latestVersionReferences } from "./versions";

export const containerRecipes = {
  CreateContainerRecipe: (call, input) =>
    once(call, "CreateContainerRecipe", input, () => {
      const recipe = putRecipe(call, input);
      return {
        requestId: call.requestId,
        clientToken: input.clientToken,
        containerRecipeArn: recipe.arn,
        latestVersionReferences: latestVersionReferences(recipe.arn, recipe.version),
      };
    }),

  GetContainerRecipe({ store, requestId }, { containerRecipeArn }) {
    const containerRecipe = findContainerRecipe(store, containerRecipeArn) ?? notFound(containerRecipeArn);
    return {
      requestId,
      containerRecipe,
      latestVersionReferences: latestVersionReferences(containerRecipe.arn, containerRecipe.version),
    };
  },

  DeleteContainerRecipe({ store, requestId }, { containerRecipeArn = "" }) {
    const recipe = store.containerRecipes.get(containerRecipeArn) ?? notFound(containerRecipeArn);
    if (isRecipeUsed(store, recipe) || isShared(store, recipe.arn)) hasDependents(recipe.arn);
    store.containerRecipes.delete(recipe.arn);
    store.policies.delete(recipe.arn);
    return { requestId, containerRecipeArn };
  },

  ListContainerRecipes({ store, requestId }, input) {
    const listed = filtered(ownedBy(input.owner, store.containerRecipes, []), input.filters, {
      containerType: (row) => row.containerType,
      name: (row) => row.name,
      parentImage: (row) => row.parentImage,
      platform: (row) => row.platform,
    });
    const { items, nextToken } = page(
      "ListContainerRecipes",
      listed.toSorted(newestFirst).map(toSummary),
      input,
    );
    return { requestId, containerRecipeSummaryList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

export function findContainerRecipe(
  store: ImageBuilderStore,
  arn: string | undefined,
): ContainerRecipeRow | undefined {
  return resolveVersion(store.containerRecipes.values(), arn ?? "");
}

function putRecipe(
  { store, account, region, now }: Call,
  input: InputOf<"CreateContainerRecipe">,
): ContainerRecipeRow {
  const { name = "", semanticVersion = "", parentImage = "", targetRepository, components } = input;
  const key = { region, account, kind: "container-recipe" as const, name: normaliseName(name) };
  const version = assignVersion(semanticVersion, key.name, [...store.containerRecipes.values()]);
  const arn = formatArn({ ...key, version });
  const template = documentText(
    store,
    { data: input.dockerfileTemplateData, uri: input.dockerfileTemplateUri },
    { data: "dockerfileTemplateData", uri: "dockerfileTemplateUri" },
  );
  checkRepository(store, targetRepository?.repositoryName);
  const base = containerBase(store, input, now);
  checkRecipeComponents(store, components, base);
  checkBlockDevices(input.instanceConfiguration?.blockDeviceMappings);
  if (store.containerRecipes.has(arn)) alreadyExists("ContainerRecipe", arn);
  stopIfDryRun(input);
  return store.containerRecipes.put({
    arn,
    containerType: input.containerType,
    name,
    version,
    description: input.description,
    platform: base.platform,
    owner: account,
    components,
    instanceConfiguration: input.instanceConfiguration,
    dockerfileTemplateData: template,
    kmsKeyId: input.kmsKeyId,
    encrypted: true,
    parentImage,
    dateCreated: isoDate(now),
    tags: input.tags ?? {},
    workingDirectory: input.workingDirectory ?? (base.platform === "Windows" ? "C:/" : "/tmp"),
    targetRepository,
  });
}

/** An image from a registry tells nothing about its platform, so the caller has to. */
function containerBase(store: ImageBuilderStore, input: InputOf<"CreateContainerRecipe">, now: number) {
  const { parentImage = "", platformOverride, imageOsVersionOverride } = input;
  if (parseArn(parentImage)) {
    const { platform, osVersion } = resolveParentImage(store, parentImage, now);
    return { platform: platformOverride ?? platform, osVersion: imageOsVersionOverride ?? osVersion };
  }
  if (!platformOverride) {
    invalidRequest(
      "The parameter 'platformOverride' is required when the parent image comes from a registry.",
    );
  }
  return { platform: platformOverride ?? "Linux", osVersion: imageOsVersionOverride };
}

function checkRepository(store: ImageBuilderStore, repositoryName: string | undefined): void {
  if (repositoryName && store.scope.here.ecr.repositories.has(repositoryName)) return;
  missing(`The repository '${repositoryName}' does not exist in Region ${store.region}.`);
}

function isRecipeUsed(store: ImageBuilderStore, recipe: ContainerRecipeRow): boolean {
  return [...store.pipelines.values()].some(
    ({ containerRecipeArn }) =>
      containerRecipeArn && findContainerRecipe(store, containerRecipeArn)?.arn === recipe.arn,
  );
}

function toSummary(row: ContainerRecipeRow): ContainerRecipeSummary {
  const { arn, containerType, name, platform, owner, parentImage, dateCreated, tags } = row;
  const instanceImage = row.instanceConfiguration?.image;
  return { arn, containerType, name, platform, owner, parentImage, dateCreated, instanceImage, tags };
}
