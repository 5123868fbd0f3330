import "server-only";
import { GetImageCommand, type Image } from "@aws-sdk/client-imagebuilder";
import { rawJson } from "@/lib/aws/raw-json";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { sharedAnswer } from "@/lib/use-case/shared-answer";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { buildFailure } from "./build-failure";
import { buildStages } from "./build-stages";
import { isInFlight } from "./build-status";
import { readBuildWorkflows } from "./build-workflows";
import { arnOfBuild } from "./image-build-key";
import { imageBuildKeySchema } from "./schemas";
import { toImageBuildSummary } from "./to-image-build-summary";
import type { ImageBuild, WorkflowExecution } from "./types";

const ENDED_FRESH_FOR_MS = 15_000;

/** One build with its stages, workflow steps, outputs, place of its log and, when it failed, what failed. */
export const getImageBuild = useCase("get-image-build", imageBuildKeySchema, ({ ctx, input: key }) =>
  sharedAnswer(ctx, `get-image-build ${key.name} ${key.version} ${key.build}`, () => describeBuild(ctx, key)),
);

async function describeBuild(ctx: UseCaseContext, key: ImageBuildKey): Promise<ImageBuild> {
  const arn = arnOfBuild(ctx.target, key);
  const answer = await ctx.aws.imageBuilder.read(new GetImageCommand({ imageBuildVersionArn: arn }), {
    freshForMs: ({ image }) => (isInFlight(image?.state?.status ?? "") ? 1_500 : ENDED_FRESH_FOR_MS),
  });
  const { image } = answer;
  const summary = image && toImageBuildSummary(image);
  if (!summary) throw new ConsoleFailure({ code: "not-found", message: `AWS has no build ${arn}.` });

  const { status, createdAt, reason } = summary;
  const ended = !isInFlight(status);
  const workflows = await unlessFailed(readBuildWorkflows(ctx, arn, { buildEnded: ended }), []);
  const context = failureContextIn(rawJson(answer));
  const failure = buildFailure({ status, reason, context, workflows: workflows.value });
  const endedAt = ended ? endOf(workflows.value) : undefined;
  return {
    ...summary,
    stages: buildStages({ status, createdAt, workflows: workflows.value, failedIn: failure?.stage }),
    workflows: workflows.value,
    failure,
    log: logOf(image, key),
    ...recipeOf(image),
    infrastructure: image.infrastructureConfiguration?.name,
    distribution: image.distributionConfiguration?.name,
    instanceTypes: image.infrastructureConfiguration?.instanceTypes ?? [],
    launchTemplates: launchTemplatesOf(image),
    volumeGiB: volumeGiBOf(image),
    isScanned: image.imageScanningConfiguration?.imageScanningEnabled === true,
    endedAt,
    durationMs: endedAt ? Date.parse(endedAt) - Date.parse(createdAt) : undefined,
    tags: image.tags ?? {},
    hidden: workflows.reason ? [{ part: "workflows", reason: workflows.reason }] : [],
  };
}

/**
 * The group keeps the name as it was written, the ARN does not; a pipeline may name another group. No group may
 * have spaces: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
 */
const logOf = ({ name = "", loggingConfiguration }: Image, { version, build }: ImageBuildKey) => ({
  group: loggingConfiguration?.logGroupName ?? `/aws/imagebuilder/${name.replaceAll(" ", "-")}`,
  stream: `${version}/${build}`,
});

function recipeOf({
  imageRecipe,
  containerRecipe,
}: Image): Pick<ImageBuild, "recipe" | "parentImage" | "components"> {
  const recipe = imageRecipe ?? containerRecipe;
  const components = (recipe?.components ?? []).flatMap(({ componentArn = "" }) => {
    const { name, version } = parseImageBuilderArn(componentArn) ?? {};
    return name && version ? [{ arn: componentArn, name, version }] : [];
  });
  if (!recipe?.name || !recipe.version) return { components };
  const kind = imageRecipe ? "image-recipe" : "container-recipe";
  return {
    recipe: { kind, name: recipe.name, version: recipe.version },
    parentImage: recipe.parentImage,
    components,
  };
}

const launchTemplatesOf = ({ distributionConfiguration }: Image): ImageBuild["launchTemplates"] =>
  (distributionConfiguration?.distributions ?? []).flatMap(
    ({ region = "", launchTemplateConfigurations = [] }) =>
      launchTemplateConfigurations.flatMap(({ launchTemplateId }) =>
        launchTemplateId ? [{ region, launchTemplateId }] : [],
      ),
  );

/** Undefined where the recipe leaves the size to the parent image. */
function volumeGiBOf({ imageRecipe }: Image): number | undefined {
  const sizes = (imageRecipe?.blockDeviceMappings ?? []).flatMap(({ ebs }) => ebs?.volumeSize ?? []);
  return sizes.length > 0 ? sizes.reduce((sum, size) => sum + size, 0) : undefined;
}

function failureContextIn(raw: Record<string, unknown> | undefined): unknown {
  const image = raw?.image as { state?: { failureContext?: unknown } } | undefined;
  return image?.state?.failureContext;
}

function endOf(workflows: WorkflowExecution[]): string | undefined {
  return workflows
    .flatMap(({ endedAt = [] }) => endedAt)
    .toSorted()
    .at(-1);
}
