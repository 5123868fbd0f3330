import type { DraftContent } from "@/lib/image-builder/pipeline-drafts/types";

/**
 * Whether anything the recipe names can become newer by itself: a base image or component by `x`. Undefined when
 * the recipe is one that exists, whose content the draft does not hold.
 */
export function canDependenciesChange(
  recipe: DraftContent["recipe"],
  ownComponents: DraftContent["components"],
): boolean | undefined {
  if (recipe.use === "existing") return undefined;
  const { parentImage = "", components = [] } = recipe.input;
  const isFollowed = (arn: string) => /\/[^/]*x[^/]*$/.test(arn) && arn.startsWith("arn:");
  if (parentImage.startsWith("ssm:") || isFollowed(parentImage)) return true;
  return ownComponents.length > 0 && components.length === 0
    ? undefined
    : components.some(({ componentArn = "" }) => isFollowed(componentArn));
}
