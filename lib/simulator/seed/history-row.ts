import type { BuildType } from "@aws-sdk/client-imagebuilder";
import type { BuildFault, Intervention } from "../build/types";
import { formatArn, normaliseName } from "../services/imagebuilder/arns";
import { documentKey } from "../services/imagebuilder/document-facts";
import type { ImageBuildRow } from "../services/imagebuilder/image-build-row";
import { componentsInUse, parentOf } from "../services/imagebuilder/start-build";
import type { ImageBuilderStore } from "../services/imagebuilder/store";
import { APPROVAL_WORKFLOW, approvalWorkflowArn, EXECUTION_ROLE } from "./demo-approval";
import { pipelineArn, recipeArn } from "./demo-arns";
import type { DemoPipeline } from "./demo-types";

const DAY_MS = 86_400_000;

interface PastRun {
  startedAt: number;
  seededAt: number;
  /** The last build number given, by recipe version. */
  numbers: Map<string, number>;
  buildType: BuildType;
  history: boolean;
  faults?: BuildFault[];
  interventions?: Intervention[];
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
    ...parentOf(store, recipe, startedAt),
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
    components: componentsInUse(store, recipe.components),
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
