import "server-only";
import { GetImageCommand } from "@aws-sdk/client-imagebuilder";
import { followsNewest, isOfTarget, parseImageBuilderArn, versionArnOf } from "@/lib/core/arn";
import { ConsoleFailure } from "@/lib/core/failure";
import type { ResourceKind } from "@/lib/core/resource-names";
import { isJsonObject } from "@/lib/definitions/json-object";
import { referencesOf, refersTo } from "@/lib/definitions/resource-references";
import { compareVersions } from "@/lib/definitions/resource-versions";
import type { Json, JsonObject, ResourceReference } from "@/lib/definitions/types";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import { keyOfBuild } from "@/lib/image-builder/image-builds/image-build-key";
import { pipelineBuilds } from "@/lib/image-builder/image-builds/pipeline-builds";
import { toImageBuildSummary, toInstant } from "@/lib/image-builder/image-builds/to-image-build-summary";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import { findPipeline } from "@/lib/image-builder/pipelines/find-pipeline";
import { allResources } from "@/lib/image-builder/resources/all-resources";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { keptCleanUp } from "./clean-up-rows";
import type { Made, MadeImage } from "./types";

type MadeResource = Made["resources"][number];
export type FoundMade = {
  made: Made;
  isGone: boolean;
  begun?: { at: string; by: string };
  /** What could not be read, in sentences. */
  doubts: string[];
};

/**
 * What a pipeline made and what it is made of: as AWS says it now, and as it was when a clean-up of it began. Throws
 * `not-found` where there is no such pipeline and no clean-up of one.
 */
export async function readMade(ctx: UseCaseContext, name: string): Promise<FoundMade> {
  const [found, kept] = await Promise.all([
    findPipeline(ctx, name).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    ),
    keptCleanUp(ctx, name),
  ]);
  const begun = kept && { at: kept.startedAt.toISOString(), by: kept.startedBy };
  if ("error" in found) {
    const { error } = found;
    if (!kept || !(error instanceof ConsoleFailure) || error.detail.code !== "not-found") throw error;
    return { made: await imagesReadAgain(ctx, kept.made, []), isGone: true, begun, doubts: [] };
  }
  const { pipeline, raw } = found.value;
  const now = await madeBy(ctx, { ...pipeline, name: pipeline.name ?? name }, raw as JsonObject);
  // A pipeline that was made anew under an old name has nothing to do with the clean-up of the one before.
  const createdAt = toInstant(pipeline.dateCreated);
  if (!kept || (createdAt !== undefined && Date.parse(createdAt) > kept.startedAt.getTime()))
    return { ...now, isGone: false };
  return { ...now, made: await imagesReadAgain(ctx, kept.made, [now.made]), isGone: false, begun };
}

async function madeBy(
  ctx: UseCaseContext,
  pipeline: Parameters<typeof pipelineBuilds>[1] & { name: string },
  content: JsonObject,
): Promise<{ made: Made; doubts: string[] }> {
  const doubts: string[] = [];
  const orDoubt = async <Value>(what: string, reading: Promise<Value[]>): Promise<Value[]> => {
    const { value, reason } = await unlessFailed(reading, []);
    if (reason) doubts.push(`${what} could not be read, so they are not part of this plan. ${reason}`);
    return value;
  };
  const builds = await pipelineBuilds(ctx, pipeline, { among: 1, sinceMs: 0 });
  const images = builds.map(toMadeImage);
  const named = await orDoubt(
    "The resources of the pipeline",
    ownOf(ctx, referencesOf("image-pipeline", content)),
  );
  const built = await orDoubt("The recipes of its builds", recipesOfBuilds(ctx, images));
  const recipes = distinct([...named.filter(isRecipe), ...built], ({ arn }) => arn);
  const inRecipes = await Promise.all(
    recipes.map(async ({ kind, arn }) => {
      const names = unlessGone(readResource(ctx, kind, arn), {}).then((recipe) =>
        ownOf(ctx, referencesOf(kind, recipe)),
      );
      return orDoubt("Components of its recipes", names);
    }),
  );
  const resources = [
    { kind: "image-pipeline" as const, arn: pipeline.arn, name: pipeline.name },
    ...named,
    ...recipes,
    ...inRecipes.flat(),
  ];
  const distribution = named.find(({ kind }) => kind === "distribution-configuration");
  const goesTo = distribution
    ? await orDoubt(
        "The launch templates and parameters of its distribution",
        unlessGone<JsonObject, JsonObject>(readResource(ctx, distribution.kind, distribution.arn), {}).then(
          ({ distributions }) => listOf(distributions),
        ),
      )
    : [];
  const image = images[0]?.name ?? recipes[0]?.name ?? pipeline.name;
  return {
    made: {
      images,
      amis: amisOf(ctx, images),
      snapshots: [],
      templates: goesTo.flatMap(({ region, launchTemplateConfigurations }) =>
        listOf(launchTemplateConfigurations).map(({ launchTemplateId, accountId }) => ({
          region: String(region),
          accountId: String(accountId ?? ctx.target.accountId),
          templateId: String(launchTemplateId),
          image,
        })),
      ),
      parameters: goesTo.flatMap(({ region, ssmParameterConfigurations }) =>
        listOf(ssmParameterConfigurations).map(({ parameterName, amiAccountId }) => ({
          region: String(region),
          accountId: String(amiAccountId ?? ctx.target.accountId),
          parameter: String(parameterName),
          image,
        })),
      ),
      resources: distinct(resources, ({ kind, arn }) => `${kind} ${arn}`),
    },
    doubts,
  };
}

const isRecipe = ({ kind }: MadeResource) => kind === "image-recipe" || kind === "container-recipe";
const listOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value) ? value.filter(isJsonObject) : [];

/**
 * What of the account references mean now: of one that follows the newest version, that version alone. One whose list
 * could not be read is taken as it is written, where it names one version.
 */
async function ownOf(ctx: UseCaseContext, references: ResourceReference[]): Promise<MadeResource[]> {
  const own = references.filter(({ arn }) => isOfTarget(arn, ctx.target));
  const found = await Promise.all(
    own.map(async ({ kind, ...reference }): Promise<MadeResource[]> => {
      if (kind === "image") return [];
      const { value } = await unlessFailed(allResources(ctx, kind), undefined);
      if (!value) {
        if (followsNewest(reference.version)) return [];
        const arn = versionArnOf(reference.arn);
        return [
          toReference({ kind, arn, name: reference.name, version: parseImageBuilderArn(arn)?.version }),
        ];
      }
      const rows = value.filter((row) => refersTo({ kind, ...reference }, row));
      const [newest] = rows.toSorted((a, b) => compareVersions(b.version, a.version));
      return newest ? [toReference(newest)] : [];
    }),
  );
  return found.flat();
}

const toReference = ({ kind, arn, name, version }: MadeResource): MadeResource => ({
  kind,
  arn,
  name,
  ...(version && { version }),
});

/** The recipe versions that builds were made from: an image has the name and version of its recipe. */
async function recipesOfBuilds(ctx: UseCaseContext, images: MadeImage[]): Promise<MadeResource[]> {
  if (images.length === 0) return [];
  const built = new Set(images.map(({ name, version }) => `${name} ${version}`));
  const kinds: ResourceKind[] = ["image-recipe", "container-recipe"];
  const rows = (await Promise.all(kinds.map((kind) => allResources(ctx, kind)))).flat();
  return rows
    .filter(({ arn, version }) => built.has(`${parseImageBuilderArn(arn)?.name} ${version}`))
    .map(toReference);
}

const toMadeImage = (build: ImageBuildSummary): MadeImage => ({
  arn: build.arn,
  name: build.name,
  version: build.version,
  build: build.build,
  isUnderWay: isInFlight(build.status),
  amis: build.amis,
  containers: build.containers.flatMap(({ imageUris }) => imageUris),
});

const amisOf = ({ target }: UseCaseContext, images: MadeImage[]): Made["amis"] =>
  images.flatMap(({ name, amis }) =>
    amis.map(({ region, amiId, accountId = target.accountId }) => ({
      region,
      amiId,
      accountId,
      image: name,
    })),
  );

/** What was kept and what is there now, in one; builds that AWS no longer lists are asked for one by one. */
async function imagesReadAgain(ctx: UseCaseContext, kept: Made, now: Made[]): Promise<Made> {
  const listed = now.flatMap(({ images }) => images);
  const known = new Set(listed.map(({ arn }) => arn));
  const rest = await Promise.all(
    kept.images.filter(({ arn }) => !known.has(arn)).map((image) => imageNow(ctx, image)),
  );
  const both = [kept, ...now];
  const all = <Row>(rows: (made: Made) => Row[], key: (row: Row) => string) =>
    distinct(both.flatMap(rows), key);
  return {
    images: [...listed, ...rest.flat()],
    amis: all(
      (made) => made.amis,
      ({ region, amiId }) => `${region} ${amiId}`,
    ),
    snapshots: all(
      (made) => made.snapshots,
      ({ region, snapshotId }) => `${region} ${snapshotId}`,
    ),
    templates: all(
      (made) => made.templates,
      ({ region, templateId }) => `${region} ${templateId}`,
    ),
    parameters: all(
      (made) => made.parameters,
      ({ region, parameter }) => `${region} ${parameter}`,
    ),
    resources: all(
      (made) => made.resources,
      ({ kind, arn }) => `${kind} ${arn}`,
    ),
  };
}

async function imageNow(ctx: UseCaseContext, image: MadeImage): Promise<MadeImage[]> {
  const command = new GetImageCommand({ imageBuildVersionArn: image.arn });
  const { value, reason } = await unlessFailed(unlessGone(ctx.aws.imageBuilder.read(command), undefined), {
    image: undefined,
  });
  if (reason) return [{ ...image, unread: `It could not be read. ${reason}` }];
  const summary = value?.image && keyOfBuild(image.arn) && toImageBuildSummary(value.image);
  return summary ? [toMadeImage(summary)] : [];
}

const distinct = <Row>(rows: Row[], key: (row: Row) => string): Row[] => [
  ...new Map(rows.map((row) => [key(row), row])).values(),
];
