import { DescribeImagesCommand } from "@aws-sdk/client-ec2";
import {
  CreateComponentCommand,
  CreateImagePipelineCommand,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  GetImageCommand,
  GetImagePipelineCommand,
  StartImagePipelineExecutionCommand,
  UpdateImagePipelineCommand,
} from "@aws-sdk/client-imagebuilder";
import type { Account } from "./account";
import { region } from "./server";

/**
 * Makes a pipeline as any AWS client would: component, recipe, infrastructure, pipeline, all called `name`.
 * @returns its ARN.
 */
export async function createPipeline(account: Account, name: string, document: string): Promise<string> {
  const { imagebuilder } = account;
  const version = { semanticVersion: "1.0.0", name };
  const component = await imagebuilder.send(
    new CreateComponentCommand({ ...version, platform: "Linux", data: document }),
  );
  const recipe = await imagebuilder.send(
    new CreateImageRecipeCommand({
      ...version,
      components: [{ componentArn: component.componentBuildVersionArn }],
      parentImage: `arn:aws:imagebuilder:${region}:aws:image/amazon-linux-2023-x86/x.x.x`,
    }),
  );
  const infrastructure = await imagebuilder.send(
    new CreateInfrastructureConfigurationCommand({
      name,
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
    }),
  );
  const pipeline = await imagebuilder.send(
    new CreateImagePipelineCommand({
      name,
      imageRecipeArn: recipe.imageRecipeArn,
      infrastructureConfigurationArn: infrastructure.infrastructureConfigurationArn,
    }),
  );
  return present(pipeline.imagePipelineArn);
}

/** Has a pipeline run a workflow of the account's own in place of AWS's. */
export async function useWorkflow(
  account: Account,
  imagePipelineArn: string,
  workflowArn: string | undefined,
) {
  const { imagePipeline } = await account.imagebuilder.send(
    new GetImagePipelineCommand({ imagePipelineArn }),
  );
  await account.imagebuilder.send(
    new UpdateImagePipelineCommand({
      imagePipelineArn,
      imageRecipeArn: imagePipeline?.imageRecipeArn,
      infrastructureConfigurationArn: imagePipeline?.infrastructureConfigurationArn,
      workflows: [{ workflowArn }],
      executionRole: "ImageBuilderWorkflowExecutionRole",
    }),
  );
}

/** Starts a build as any AWS client would. @returns the ARN of the image build version. */
export async function startBuild(account: Account, imagePipelineArn: string): Promise<string> {
  const started = await account.imagebuilder.send(
    new StartImagePipelineExecutionCommand({ imagePipelineArn }),
  );
  return present(started.imageBuildVersionArn);
}

/** What AWS itself says about a build. */
export async function readState(account: Account, imageBuildVersionArn: string) {
  const { image } = await account.imagebuilder.send(new GetImageCommand({ imageBuildVersionArn }));
  return present(image?.state);
}

/** Ids of the AMIs that the account owns. */
export async function ownedAmis(account: Account): Promise<string[]> {
  const { Images = [] } = await account.ec2.send(new DescribeImagesCommand({ Owners: ["self"] }));
  return Images.map(({ ImageId }) => present(ImageId));
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("AWS left out a member that it always sends.");
  return value;
}
