import type { ImageRecipeSummary } from "@aws-sdk/client-imagebuilder";
import { formatArn, normaliseName, parseArn } from "./arns";
import { alreadyExists, hasDependents, invalidVersion, notFound } from "./exceptions";
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
import { checkAmiTags, checkInstance, checkWatermarks } from "./recipe-rules";
import type { ImageRecipeRow } from "./resource-rows";
import { isShared, reachable, sharedWith } from "./sharing";
import { type ImageBuilderStore, newestFirst, resolveVersion } from "./store";
import { isNewVersion, latestVersionReferences, nextVersion } from "./versions";

export const recipes = {
  CreateImageRecipe: (call, input) =>
    once(call, "CreateImageRecipe", input, () => {
      const recipe = putRecipe(call, input);
      return {
        requestId: call.requestId,
        clientToken: input.clientToken,
        imageRecipeArn: recipe.arn,
        latestVersionReferences: latestVersionReferences(recipe.arn, recipe.version),
      };
    }),

  GetImageRecipe({ store, requestId }, { imageRecipeArn }) {
    const imageRecipe = findImageRecipe(store, imageRecipeArn) ?? notFound(imageRecipeArn);
    return {
      requestId,
      imageRecipe,
      latestVersionReferences: latestVersionReferences(imageRecipe.arn, imageRecipe.version),
    };
  },

  DeleteImageRecipe({ store, requestId }, { imageRecipeArn = "" }) {
    const recipe = store.imageRecipes.get(imageRecipeArn) ?? notFound(imageRecipeArn);
    if (isRecipeUsed(store, recipe) || isShared(store, recipe.arn)) hasDependents(recipe.arn);
    store.imageRecipes.delete(recipe.arn);
    store.policies.delete(recipe.arn);
    return { requestId, imageRecipeArn };
  },

  ListImageRecipes({ store, requestId }, input) {
    const listed = filtered(
      ownedBy(input.owner, {
        own: store.imageRecipes,
        shared: () => sharedWith(store, "ImageRecipe", ({ imageRecipes }) => imageRecipes.values()),
      }),
      input.filters,
      {
        name: (row) => row.name,
        parentImage: (row) => row.parentImage,
        platform: (row) => row.platform,
      },
    );
    const { items, nextToken } = page("ListImageRecipes", listed.toSorted(newestFirst).map(toSummary), input);
    return { requestId, imageRecipeSummaryList: items, nextToken };
  },
} satisfies Partial<ImageBuilderHandlers>;

export function findImageRecipe(
  store: ImageBuilderStore,
  arn: string | undefined,
): ImageRecipeRow | undefined {
  return resolveVersion(
    reachable(store, "ImageRecipe", arn, ({ imageRecipes }) => imageRecipes.values()),
    arn ?? "",
  );
}

function putRecipe(
  { store, account, region, now }: Call,
  input: InputOf<"CreateImageRecipe">,
): ImageRecipeRow {
  const {
    clientToken: _token,
    semanticVersion = "",
    name = "",
    parentImage = "",
    tags = {},
    ...rest
  } = input;
  const key = { region, account, kind: "image-recipe" as const, name: normaliseName(name) };
  const version = assignVersion(semanticVersion, key.name, [...store.imageRecipes.values()]);
  const arn = formatArn({ ...key, version });
  const base = resolveParentImage(store, parentImage, now);
  checkRecipeComponents(store, input.components, base);
  checkBlockDevices(input.blockDeviceMappings);
  checkWatermarks(input);
  checkAmiTags(input.amiTags);
  checkInstance(input, base.platform);
  if (store.imageRecipes.has(arn)) alreadyExists("ImageRecipe", arn);
  stopIfDryRun(input);
  return store.imageRecipes.put({
    arn,
    type: "AMI",
    name,
    version,
    platform: base.platform,
    owner: account,
    parentImage,
    workingDirectory: base.platform === "Windows" ? "C:/" : "/tmp",
    ...rest,
    dateCreated: isoDate(now),
    tags,
  });
}

/** The version itself, or for a wildcard the next free one. `name` is normalized. */
export function assignVersion(
  semanticVersion: string,
  name: string,
  existing: { arn: string; version: string }[],
): string {
  if (!isNewVersion(semanticVersion)) {
    invalidVersion("The supplied semantic version does not follow the required format");
  }
  const own = existing.filter((row) => parseArn(row.arn)?.name === name).map((row) => row.version);
  return nextVersion(semanticVersion, own);
}

function isRecipeUsed(store: ImageBuilderStore, recipe: ImageRecipeRow): boolean {
  return [...store.pipelines.values()].some(
    ({ imageRecipeArn }) => imageRecipeArn && findImageRecipe(store, imageRecipeArn)?.arn === recipe.arn,
  );
}

function toSummary({
  arn,
  name,
  platform,
  owner,
  parentImage,
  dateCreated,
  tags,
}: ImageRecipeRow): ImageRecipeSummary {
  return { arn, name, platform, owner, parentImage, dateCreated, tags };
}
