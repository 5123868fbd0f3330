import type { ContainerRecipeSummary } from "@aws-sdk/client-imagebuilder";
import { containerPlatforms, marketplaceAccount, templateVariables } from "goldsmith-languages/container";
import { formatArn, normaliseName, parseArn } from "./arns";
import { documentText } from "./document-source";
import {
  alreadyExists,
  hasDependents,
  invalidCombination,
  invalidRequest,
  invalidValue,
  missing,
  notFound,
} from "./exceptions";
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
import { type ParentImage, resolveParentImage } from "./parent-image";
import { checkBlockDevices, checkRecipeComponents } from "./recipe-components";
import { refuseWatermarks } from "./recipe-rules";
import { assignVersion } from "./recipes";
import type { ContainerRecipeRow } from "./resource-rows";
import { isShared, reachable, sharedWith } from "./sharing";
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
    const listed = filtered(
      ownedBy(input.owner, {
        own: store.containerRecipes,
        shared: () =>
          sharedWith(store, "ContainerRecipe", ({ containerRecipes }) => containerRecipes.values()),
      }),
      input.filters,
      {
        containerType: (row) => row.containerType,
        name: (row) => row.name,
        parentImage: (row) => row.parentImage,
        platform: (row) => row.platform,
      },
    );
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
  return resolveVersion(
    reachable(store, "ContainerRecipe", arn, ({ containerRecipes }) => containerRecipes.values()),
    arn ?? "",
  );
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
  checkTemplate(template, (components ?? []).length > 0);
  if (components?.some(({ componentArn = "" }) => componentArn.split(":")[4] === marketplaceAccount))
    invalidCombination("Container Recipes must not contain marketplace components");
  checkRepository(store, targetRepository?.repositoryName);
  const base = containerBase(store, input, now);
  checkRecipeComponents(store, components, base);
  checkBlockDevices(input.instanceConfiguration?.blockDeviceMappings);
  refuseWatermarks(input);
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

/**
 * What an image from a registry does not say the caller may: Image Builder reads its manifest otherwise.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/create-container-recipes.html
 */
function containerBase(store: ImageBuilderStore, input: InputOf<"CreateContainerRecipe">, now: number) {
  const { parentImage = "", platformOverride, imageOsVersionOverride } = input;
  const ofImage = parseArn(parentImage) !== undefined;
  const { platform, osVersion } = ofImage
    ? resolveParentImage(store, parentImage, now)
    : registryImage(parentImage);
  if (ofImage && platformOverride) {
    invalidCombination(
      "You cannot specify a platform override when using an Image Builder Image as your parent",
    );
  }
  const base = { platform: platformOverride ?? platform, osVersion: imageOsVersionOverride ?? osVersion };
  if (!containerPlatforms.some((known) => known === base.platform))
    invalidValue("platformOverride", "Container Recipes don't currently support the macOS platform");
  if (!ofImage && platformOverride === "Windows" && !imageOsVersionOverride) {
    invalidCombination(
      "You must specify an image OsVersion override when using ECR Repositories as your parent image for Windows Platform",
    );
  }
  return base;
}

/** Differs from AWS: there are no manifests here, so the name of the image tells. */
const registryImage = (reference: string): Pick<ParentImage, "platform" | "osVersion"> => ({
  platform: /windows|nanoserver|servercore/i.test(reference) ? "Windows" : "Linux",
});

/** What Image Builder fills in, between three braces; the order is that of the list. */
function checkTemplate(template: string, hasComponents: boolean): void {
  const found = [...template.matchAll(/(?<!\{)\{{3}\s*imagebuilder:(\w*)\s*\}{3}(?!\})/g)].map(
    ([, name = ""]) => name,
  );
  const bare = template.replaceAll(/(?<!\{)\{{3}\s*imagebuilder:\w*\s*\}{3}(?!\})/g, "");
  const stray = /\{+\s*imagebuilder:\w*\s*\}+/.exec(bare)?.[0];
  const unknown = found.find((name) => !templateVariables.some((variable) => variable.name === name));
  const lacking = templateVariables.find(
    ({ name, needed }) => (needed === "always" || hasComponents) && !found.includes(name),
  );
  const places = templateVariables.map(({ name }) => found.indexOf(name)).filter((place) => place >= 0);
  const isOrdered = places.every((place, index) => place >= (places[index - 1] ?? 0));
  const reason = stray
    ? `'${stray}' must be written with three braces`
    : unknown !== undefined
      ? `'imagebuilder:${unknown}' is not a supported variable`
      : lacking
        ? `the variable '{{{ imagebuilder:${lacking.name} }}}' is missing`
        : isOrdered
          ? undefined
          : "its variables are out of order";
  if (reason) invalidRequest(`The Dockerfile template is not valid: ${reason}.`);
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
