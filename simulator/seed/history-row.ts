import type { BuildType, ContainerRecipe, ImageRecipe } from "@aws-sdk/client-imagebuilder";
import { DAY_MS } from "../engine/clock";
import type { BuildFault, Intervention } from "../factory/types";
import { formatArn, normaliseName } from "../services/imagebuilder/arns";
import { documentKey } from "../services/imagebuilder/document-facts";
import type { ImageBuildRow } from "../services/imagebuilder/image-build-row";
import { componentsInUse, parentOf } from "../services/imagebuilder/start-build";
import type { ImageBuilderStore } from "../services/imagebuilder/store";
import { APPROVAL_WORKFLOW, approvalWorkflowArn, EXECUTION_ROLE } from "./demo-approval";
import { pipelineArn, recipeArn } from "./demo-arns";
import type { DemoPipeline } from "./demo-types";

export interface PastRun {
  startedAt: number;
  seededAt: number;
  remembered: Remembered;
  /** The last build number given, by recipe version. */
  numbers: Map<string, number>;
  buildType: BuildType;
  history: boolean;
  faults?: BuildFault[];
  interventions?: Intervention[];
}

type Recipe = ImageRecipe | ContainerRecipe;

export interface Remembered {
  parent(recipe: Recipe, at: number): ReturnType<typeof parentOf>;
  components(recipe: Recipe): ReturnType<typeof componentsInUse>;
}

/** Base images change by the day and components not at all: each is resolved once, not for every build. */
export function rememberResolved(store: ImageBuilderStore): Remembered {
  const parents = new Map<string, ReturnType<typeof parentOf>>();
  const components = new Map<string, ReturnType<typeof componentsInUse>>();
  return {
    parent(recipe, at) {
      const key = `${recipe.parentImage} ${Math.floor(at / DAY_MS)}`;
      const known = parents.get(key) ?? parentOf(store, recipe, at);
      parents.set(key, known);
      return known;
    },
    components(recipe) {
      const known = components.get(recipe.arn ?? "") ?? componentsInUse(store, recipe.components);
      components.set(recipe.arn ?? "", known);
      return known;
    },
  };
}

/** A build of the past, from the recipe version of its day and the base image of its day. */
export function historyRow(store: ImageBuilderStore, pipeline: DemoPipeline, run: PastRun): ImageBuildRow {
  const { startedAt, seededAt, numbers } = run;
  const age = (seededAt - startedAt) / DAY_MS;
  const versions = pipeline.recipe.versions;
  const { version } = versions.findLast(({ daysAgo }) => daysAgo >= age) ?? { version: "1.0.0" };
  const arn = recipeArn(pipeline, version);
  const imageRecipe = store.imageRecipes.get(arn);
  const containerRecipe = store.containerRecipes.get(arn);
  const recipe = imageRecipe ?? containerRecipe;
  const { pipeline: row, infrastructure, distribution } = settingsOf(store, pipeline);
  if (!recipe) throw new Error(`The demo has no recipe ${arn}.`);
  const buildNumber = (numbers.get(arn) ?? 0) + 1;
  numbers.set(arn, buildNumber);
  const { region, account } = store;
  return {
    arn: formatArn({
      region,
      account,
      kind: "image",
      name: normaliseName(recipe.name),
      version,
      build: buildNumber,
    }),
    name: recipe.name,
    version,
    buildNumber,
    ...run.remembered.parent(recipe, startedAt),
    type: containerRecipe ? "DOCKER" : "AMI",
    startedAt,
    speed: 1,
    buildType: run.buildType,
    imageSource: "CUSTOM",
    pipeline: { arn: row.arn, name: row.name },
    ...(imageRecipe && { imageRecipe }),
    ...(containerRecipe && { containerRecipe }),
    infrastructure,
    distribution,
    tests: row.imageTestsConfiguration ?? {},
    metadataEnabled: true,
    ...(row.imageScanningConfiguration && { scanning: row.imageScanningConfiguration }),
    ...(row.workflows && {
      workflows: row.workflows,
      executionRole: EXECUTION_ROLE,
      usedWorkflows: APPROVAL,
    }),
    tags: run.buildType === "USER_INITIATED" ? { "requested-by": "a.berger@platform.example" } : {},
    components: run.remembered.components(recipe),
    ...(run.history && { history: true }),
    ...(run.faults && { faults: run.faults }),
    ...(run.interventions && { interventions: run.interventions }),
  };
}

const APPROVAL = [
  { arn: approvalWorkflowArn(), type: "BUILD" as const, document: documentKey(APPROVAL_WORKFLOW.document) },
];

function settingsOf(store: ImageBuilderStore, { name }: DemoPipeline) {
  const pipeline = store.pipelines.get(pipelineArn(name));
  const infrastructure = store.infrastructures.get(pipeline?.infrastructureConfigurationArn ?? "");
  const distribution = store.distributions.get(pipeline?.distributionConfigurationArn ?? "");
  if (!pipeline || !infrastructure || !distribution) throw new Error(`The demo has no pipeline ${name}.`);
  return { pipeline, infrastructure, distribution };
}
