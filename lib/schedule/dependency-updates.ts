import { followsNewest, parseImageBuilderArn } from "@/lib/core/arn";

/**
 * Whether anything a recipe names can become newer by itself: its base image by `x` or a Systems Manager
 * parameter, or a component by `x`. Undefined while the recipe has no base image yet.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Schedule.html (pipelineExecutionStartCondition)
 */
export function canDependenciesChange(recipe: {
  parentImage?: string;
  components?: { componentArn?: string }[];
}): boolean | undefined {
  const { parentImage = "", components = [] } = recipe;
  if (parentImage === "") return undefined;
  return (
    parentImage.startsWith("ssm:") ||
    [parentImage, ...components.map(({ componentArn = "" }) => componentArn)].some(isFollowed)
  );
}

/** An ARN whose version has `x` in it, or that names none at all. */
function isFollowed(arn: string): boolean {
  const { kind, version = "x.x.x" } = parseImageBuilderArn(arn) ?? {};
  return (kind === "image" || kind === "component") && followsNewest(version);
}
