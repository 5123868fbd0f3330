import {
  CreateComponentCommand,
  CreateImagePipelineCommand,
  type CreateImagePipelineRequest,
  CreateImageRecipeCommand,
  CreateInfrastructureConfigurationCommand,
  type ImagebuilderClient,
} from "@aws-sdk/client-imagebuilder";

const DOCUMENT = `name: hello
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: SayHello
        action: ExecuteBash
        inputs:
          commands:
            - COMMAND
`;

/** Creates a pipeline with one component of one command, as a user of the AWS CLI would. Gives its ARN. */
export async function createSamplePipeline(
  client: ImagebuilderClient,
  {
    name,
    command = "echo hello",
    parentImage = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
    ...settings
  }: { name: string; command?: string; parentImage?: string } & Partial<CreateImagePipelineRequest>,
): Promise<string> {
  const { componentBuildVersionArn: componentArn } = await client.send(
    new CreateComponentCommand({
      name: `${name} component`,
      semanticVersion: "1.0.0",
      platform: "Linux",
      data: DOCUMENT.replace("COMMAND", command),
    }),
  );
  const { imageRecipeArn } = await client.send(
    new CreateImageRecipeCommand({
      name: `${name} recipe`,
      semanticVersion: "1.0.0",
      parentImage,
      components: [{ componentArn }],
    }),
  );
  const { infrastructureConfigurationArn } = await client.send(
    new CreateInfrastructureConfigurationCommand({
      name: `${name} infrastructure`,
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
    }),
  );
  const { imagePipelineArn = "" } = await client.send(
    new CreateImagePipelineCommand({ name, imageRecipeArn, infrastructureConfigurationArn, ...settings }),
  );
  return imagePipelineArn;
}
