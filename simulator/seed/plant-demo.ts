import type { ComponentConfiguration } from "@aws-sdk/client-imagebuilder";
import { DAY_MS } from "../engine/clock";
import { DEMO_ACCOUNT, DEMO_REGION, type Seed } from "../engine/scope";
import { formatArn, normaliseName } from "../services/imagebuilder/arns";
import { componentFacts, documentKey, workflowParameters } from "../services/imagebuilder/document-facts";
import { findComponent } from "../services/imagebuilder/sharing";
import type { ImageBuilderStore } from "../services/imagebuilder/store";
import { APPROVAL_WORKFLOW, approvalWorkflowArn, EXECUTION_ROLE } from "./demo-approval";
import { DEMO_PLACE as here, pipelineArn, recipeArn } from "./demo-arns";
import { LINUX_DEMO_COMPONENTS } from "./demo-linux-components";
import { NODE_DEMO_COMPONENTS } from "./demo-node-components";
import { DEMO_PIPELINES } from "./demo-pipelines";
import { lastChangeOf } from "./demo-runs";
import { DEMO_DISTRIBUTIONS, DEMO_INFRASTRUCTURES } from "./demo-settings";
import type { DemoPipeline, DemoRecipeVersion } from "./demo-types";
import { WINDOWS_DEMO_COMPONENTS } from "./demo-windows-components";
import { plantFleet } from "./plant-fleet";
import { plantHistory } from "./plant-history";
import { plantLifecycle } from "./plant-lifecycle";
import { plantNeighbours } from "./plant-neighbours";

/** Fills the demo account: the image factory of a platform team, with 90 days behind it. */
export function plantDemo(store: ImageBuilderStore, seed: Seed): void {
  if (store.account !== DEMO_ACCOUNT || store.region !== DEMO_REGION || seed.kind !== "demo") return;
  const daysAgo = (days: number) => new Date(seed.seededAt - days * DAY_MS).toISOString();
  plantComponents(store, daysAgo);
  plantSettings(store, daysAgo);
  for (const pipeline of DEMO_PIPELINES) {
    for (const version of pipeline.recipe.versions) plantRecipe(store, pipeline, version, daysAgo);
    plantPipeline(store, pipeline, seed.seededAt, daysAgo);
  }
  plantLifecycle(store, daysAgo);
  plantNeighbours(store, daysAgo(120));
  plantHistory(store, seed);
  plantFleet(store, seed);
}

type DaysAgo = (days: number) => string;

function plantComponents(store: ImageBuilderStore, daysAgo: DaysAgo): void {
  for (const component of [...LINUX_DEMO_COMPONENTS, ...WINDOWS_DEMO_COMPONENTS, ...NODE_DEMO_COMPONENTS]) {
    const { name, description, platform, document } = component;
    const facts = componentFacts(document);
    store.documents.put({ key: documentKey(document), text: document });
    for (const { version, daysAgo: age, change } of component.versions) {
      store.components.put({
        arn: formatArn({ ...here, kind: "component", name: normaliseName(name), version, build: 1 }),
        name,
        version,
        description,
        changeDescription: change,
        ...facts,
        platform,
        state: { status: "ACTIVE" },
        owner: DEMO_ACCOUNT,
        data: document,
        encrypted: true,
        dateCreated: daysAgo(age),
        tags: { team: "platform" },
      });
    }
  }
}

function plantSettings(store: ImageBuilderStore, daysAgo: DaysAgo): void {
  for (const { name, ...infrastructure } of DEMO_INFRASTRUCTURES) {
    const arn = formatArn({ ...here, kind: "infrastructure-configuration", name });
    const dates = { dateCreated: daysAgo(230), dateUpdated: daysAgo(71) };
    store.infrastructures.put({ arn, name, terminateInstanceOnFailure: true, ...infrastructure, ...dates });
  }
  for (const { name, ...distribution } of DEMO_DISTRIBUTIONS) {
    const arn = formatArn({ ...here, kind: "distribution-configuration", name });
    const dates = { dateCreated: daysAgo(230), dateUpdated: daysAgo(58) };
    store.distributions.put({ arn, name, ...distribution, timeoutMinutes: 720, ...dates, tags: {} });
  }
  store.workflows.put({
    arn: approvalWorkflowArn(),
    name: APPROVAL_WORKFLOW.name,
    version: APPROVAL_WORKFLOW.version,
    description: APPROVAL_WORKFLOW.description,
    type: "BUILD",
    owner: DEMO_ACCOUNT,
    data: APPROVAL_WORKFLOW.document,
    parameters: workflowParameters(APPROVAL_WORKFLOW.document),
    dateCreated: daysAgo(101),
    tags: { team: "security" },
  });
  store.documents.put({ key: documentKey(APPROVAL_WORKFLOW.document), text: APPROVAL_WORKFLOW.document });
}

function plantRecipe(
  store: ImageBuilderStore,
  pipeline: DemoPipeline,
  { version, daysAgo: age, components }: DemoRecipeVersion,
  daysAgo: DaysAgo,
): void {
  const { name, description, parentImage, platform, blockDeviceMappings, container } = pipeline.recipe;
  const shared = {
    arn: recipeArn(pipeline, version),
    name,
    version,
    description,
    platform,
    owner: DEMO_ACCOUNT,
    components: components.map((reference) => componentConfiguration(store, reference)),
    parentImage,
    dateCreated: daysAgo(age),
    workingDirectory: platform === "Windows" ? "C:/" : "/tmp",
    tags: pipeline.tags,
  };
  if (!container) {
    store.imageRecipes.put({ ...shared, type: "AMI", ...(blockDeviceMappings && { blockDeviceMappings }) });
    return;
  }
  store.containerRecipes.put({
    ...shared,
    containerType: "DOCKER",
    encrypted: true,
    dockerfileTemplateData: container.dockerfile,
    targetRepository: { service: "ECR", repositoryName: container.repositoryName },
  });
}

/** `Name@1.2.0?Parameter=value` is an own component, `aws:name` the newest of a managed one. */
function componentConfiguration(store: ImageBuilderStore, reference: string): ComponentConfiguration {
  const [place = "", query] = reference.split("?");
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => ({ name, value: [value] }));
  const [name = "", version = "x.x.x"] = place.replace(/^aws:/, "").split("@");
  const account = place.startsWith("aws:") ? "aws" : DEMO_ACCOUNT;
  const componentArn = formatArn({ ...here, account, kind: "component", name: normaliseName(name), version });
  if (!findComponent(store, componentArn)) throw new Error(`The demo has no component ${reference}.`);
  return { componentArn, ...(parameters.length > 0 && { parameters }) };
}

function plantPipeline(
  store: ImageBuilderStore,
  pipeline: DemoPipeline,
  seededAt: number,
  daysAgo: DaysAgo,
): void {
  const { name, description, recipe, schedule, tags, disabledDaysAgo } = pipeline;
  const newest = recipe.versions.at(-1);
  const arn = recipeArn(pipeline, newest?.version ?? "1.0.0");
  store.pipelines.put({
    arn: pipelineArn(name),
    name,
    description,
    platform: recipe.platform,
    enhancedImageMetadataEnabled: true,
    ...(recipe.container ? { containerRecipeArn: arn } : { imageRecipeArn: arn }),
    infrastructureConfigurationArn: formatArn({
      ...here,
      kind: "infrastructure-configuration",
      name: pipeline.infrastructure,
    }),
    distributionConfigurationArn: formatArn({
      ...here,
      kind: "distribution-configuration",
      name: pipeline.distribution,
    }),
    imageTestsConfiguration: { imageTestsEnabled: pipeline.testsEnabled ?? true, timeoutMinutes: 720 },
    schedule,
    status: disabledDaysAgo === undefined ? "ENABLED" : "DISABLED",
    dateCreated: daysAgo(recipe.versions[0]?.daysAgo ?? 90),
    dateUpdated: new Date(lastChangeOf(pipeline, seededAt)).toISOString(),
    ...(pipeline.scanning && { imageScanningConfiguration: { imageScanningEnabled: true } }),
    ...(pipeline.approval && {
      workflows: [{ workflowArn: approvalWorkflowArn() }],
      executionRole: EXECUTION_ROLE,
    }),
    tags,
    scheduleCheckedAt: seededAt,
  });
}
