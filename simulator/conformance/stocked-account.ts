import { ECR } from "@aws-sdk/client-ecr";
import { type CreateImageCommandInput, Imagebuilder, type WorkflowType } from "@aws-sdk/client-imagebuilder";
import { MINUTE_MS } from "../engine/clock";
import { startSimulator } from "../index";
import { httpClientConfig, manualClock } from "../testing";

export const BASE_IMAGE = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x";
export const INSTANCE_PROFILE = "EC2InstanceProfileForImageBuilder";
export const EXECUTION_ROLE = "ImageBuilderExecutionRole";
const REPOSITORY = "conformance";

/** An account of a simulator behind HTTP, with a clock that tests move and words for what they need in it. */
export type StockedAccount = Awaited<ReturnType<typeof stockAccount>>;

/** Starts a simulator on a free port; `close` ends it. */
export async function startStock() {
  const clock = manualClock(Date.UTC(2026, 10, 21, 10, 30));
  const { url, close } = await startSimulator({ port: 0, clock, seed: "empty", speed: 25 });
  return { url, clock, close };
}

export async function stockAccount(
  { url, clock }: Pick<Awaited<ReturnType<typeof startStock>>, "url" | "clock">,
  account = "222222222222",
) {
  const config = httpClientConfig(url, { account });
  const client = new Imagebuilder(config);
  await new ECR(config).createRepository({ repositoryName: REPOSITORY });
  let made = 0;
  /** A name that nothing in the account has. */
  const fresh = (kind: string) => `${kind} ${++made}`;

  async function component(text = documentOf("build", "echo built"), name = fresh("component")) {
    const input = { name, semanticVersion: "1.0.0", platform: "Linux" as const, data: text };
    return (await client.createComponent(input)).componentBuildVersionArn ?? "";
  }

  async function recipe(documents: string[] = [], name = fresh("recipe"), settings: object = {}) {
    const components = [];
    for (const text of documents) components.push({ componentArn: await component(text) });
    const input = {
      name,
      semanticVersion: "1.0.0",
      parentImage: BASE_IMAGE,
      ...(components.length > 0 && { components }),
      ...settings,
    };
    return (await client.createImageRecipe(input)).imageRecipeArn ?? "";
  }

  const containerRecipeInput = (name = fresh("container recipe")) => ({
    containerType: "DOCKER" as const,
    name,
    semanticVersion: "1.0.0",
    parentImage: "public.ecr.aws/amazonlinux/amazonlinux:2023",
    platformOverride: "Linux" as const,
    components: [{ componentArn: "arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x" }],
    dockerfileTemplateData:
      "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
    targetRepository: { service: "ECR" as const, repositoryName: REPOSITORY },
  });

  async function containerRecipe(name?: string) {
    return (await client.createContainerRecipe(containerRecipeInput(name))).containerRecipeArn ?? "";
  }

  async function infrastructure(settings: object = {}) {
    const input = { name: fresh("infrastructure"), instanceProfileName: INSTANCE_PROFILE, ...settings };
    return (await client.createInfrastructureConfiguration(input)).infrastructureConfigurationArn ?? "";
  }

  async function distribution(
    distributions: object[] = [{ region: "us-east-1", amiDistributionConfiguration: {} }],
  ) {
    const input = { name: fresh("distribution"), distributions: distributions as { region: string }[] };
    return (await client.createDistributionConfiguration(input)).distributionConfigurationArn ?? "";
  }

  async function workflow(data: string, type: WorkflowType = "BUILD", name = fresh("workflow")) {
    const input = { name, semanticVersion: "1.0.0", type, data };
    return (await client.createWorkflow(input)).workflowBuildVersionArn ?? "";
  }

  const policyInput = (name = fresh("policy"), recipeName = "none") => ({
    name,
    executionRole: EXECUTION_ROLE,
    resourceType: "AMI_IMAGE" as const,
    policyDetails: [
      {
        action: { type: "DELETE" as const, includeResources: { amis: true } },
        filter: { type: "COUNT" as const, value: 1 },
      },
    ],
    resourceSelection: { recipes: [{ name: recipeName, semanticVersion: "x.x.x" }] },
  });

  async function lifecyclePolicy() {
    return (await client.createLifecyclePolicy(policyInput())).lifecyclePolicyArn ?? "";
  }

  async function pipeline(settings: object = {}) {
    const input = {
      name: fresh("pipeline"),
      imageRecipeArn: await recipe(),
      infrastructureConfigurationArn: await infrastructure(),
      ...settings,
    };
    return (await client.createImagePipeline(input)).imagePipelineArn ?? "";
  }

  /** Starts a build; `settings` replace what it would be made from. */
  async function build(settings: Partial<CreateImageCommandInput> = {}) {
    const input = {
      ...(!settings.containerRecipeArn && { imageRecipeArn: settings.imageRecipeArn ?? (await recipe()) }),
      infrastructureConfigurationArn: await infrastructure(),
      ...settings,
    };
    return (await client.createImage(input)).imageBuildVersionArn ?? "";
  }

  /** Lets time pass until the build has ended, and gives the image. */
  async function ended(imageBuildVersionArn: string) {
    for (let minute = 0; minute < 60; minute++) {
      clock.advance(MINUTE_MS);
      const { image } = await client.getImage({ imageBuildVersionArn });
      if (["AVAILABLE", "FAILED", "CANCELLED"].includes(image?.state?.status ?? "")) return image;
    }
    throw new Error(`The build ${imageBuildVersionArn} did not end.`);
  }

  async function finishedBuild(settings: Partial<CreateImageCommandInput> = {}) {
    const arn = await build(settings);
    await ended(arn);
    return arn;
  }

  /** A build that has made its AMI and then failed its test. */
  async function failedTest() {
    return finishedBuild({ imageRecipeArn: await recipe([documentOf("test", "exit 1")]) });
  }

  /** A build whose workflow waits for an answer, and the step that does. */
  async function waitingBuild() {
    const workflowArn = await workflow(WAITING_WORKFLOW);
    const imageBuildVersionArn = await build({ workflows: [{ workflowArn }], executionRole: EXECUTION_ROLE });
    clock.advance(MINUTE_MS);
    const { steps = [] } = await client.listWaitingWorkflowSteps({});
    const step = steps.find((one) => one.imageBuildVersionArn === imageBuildVersionArn);
    return { imageBuildVersionArn, stepExecutionId: step?.stepExecutionId ?? "" };
  }

  /** An image that goes to DEPRECATED, and the lifecycle execution that is on it. */
  async function stateUpdate() {
    const resourceArn = await finishedBuild();
    const input = { resourceArn, state: { status: "DEPRECATED" as const } };
    const { lifecycleExecutionId = "" } = await client.startResourceStateUpdate(input);
    return { resourceArn, lifecycleExecutionId };
  }

  return {
    account,
    url,
    config,
    client,
    clock,
    fresh,
    component,
    recipe,
    containerRecipeInput,
    containerRecipe,
    infrastructure,
    distribution,
    workflow,
    policyInput,
    lifecyclePolicy,
    pipeline,
    build,
    ended,
    finishedBuild,
    failedTest,
    waitingBuild,
    stateUpdate,
  };
}

/** A component document of one phase with one command. */
export function documentOf(phase: "build" | "test", command: string): string {
  return `schemaVersion: 1.0
phases:
  - name: ${phase}
    steps:
      - name: Run
        action: ExecuteBash
        inputs:
          commands:
            - ${JSON.stringify(command)}
`;
}

export const WAITING_WORKFLOW = `name: waits
schemaVersion: 1.0
steps:
  - name: Approve
    action: WaitForAction
outputs:
  - name: ImageId
    value: "$.imagebuilder.imageId"
`;
