import {
  GetComponentCommand,
  GetDistributionConfigurationCommand,
  GetImagePipelineCommand,
  GetImageRecipeCommand,
  GetInfrastructureConfigurationCommand,
  ListImagePipelinesCommand,
} from "@aws-sdk/client-imagebuilder";
import { test } from "@playwright/test";
import type { Account } from "./account";
import { awsCli, hasAwsCli } from "./aws-cli";

type Input = Record<string, unknown>;

/** What is read of a pipeline, by the CLI's name of each call, and the SDK's for a machine without the CLI. */
const reads = ({ imagebuilder }: Account) => ({
  "list-image-pipelines": (input: Input) => imagebuilder.send(new ListImagePipelinesCommand(input)),
  "get-image-pipeline": (input: Input) =>
    imagebuilder.send(new GetImagePipelineCommand({ imagePipelineArn: undefined, ...input })),
  "get-image-recipe": (input: Input) =>
    imagebuilder.send(new GetImageRecipeCommand({ imageRecipeArn: undefined, ...input })),
  "get-component": (input: Input) =>
    imagebuilder.send(new GetComponentCommand({ componentBuildVersionArn: undefined, ...input })),
  "get-infrastructure-configuration": (input: Input) =>
    imagebuilder.send(
      new GetInfrastructureConfigurationCommand({ infrastructureConfigurationArn: undefined, ...input }),
    ),
  "get-distribution-configuration": (input: Input) =>
    imagebuilder.send(
      new GetDistributionConfigurationCommand({ distributionConfigurationArn: undefined, ...input }),
    ),
});
type Reads = ReturnType<typeof reads>;

/**
 * A pipeline with its parts as AWS has them, found by its name. The AWS CLI reads it where there is one, so that the
 * console's own library is not its only witness; the test's output says which it was.
 */
export async function readBack(account: Account, name: string) {
  const byCli = hasAwsCli();
  const reader = byCli ? "the AWS CLI" : "the SDK, since there is no aws on the path";
  test.info().annotations.push({ type: "read back by", description: reader });
  process.stdout.write(`${name} is read back by ${reader}\n`);
  const read = <Operation extends keyof Reads>(operation: Operation, input: Input) =>
    (byCli
      ? awsCli(account, "imagebuilder", operation, input)
      : reads(account)[operation](input)) as ReturnType<Reads[Operation]>;

  const { imagePipelineList = [] } = await read("list-image-pipelines", {});
  const listed = imagePipelineList.find((one) => one.name === name);
  const { imagePipeline } = await read("get-image-pipeline", { imagePipelineArn: listed?.arn });
  const { imageRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn } =
    imagePipeline ?? {};
  const { imageRecipe } = await read("get-image-recipe", { imageRecipeArn });
  const { infrastructureConfiguration } = await read("get-infrastructure-configuration", {
    infrastructureConfigurationArn,
  });
  const { distributionConfiguration } = await read("get-distribution-configuration", {
    distributionConfigurationArn,
  });
  const [first] = imageRecipe?.components ?? [];
  const { component } = await read("get-component", { componentBuildVersionArn: first?.componentArn });
  return { imagePipeline, imageRecipe, infrastructureConfiguration, distributionConfiguration, component };
}
