import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import type { Account } from "./account";
import { region, simulatorPort } from "./server";

const run = promisify(execFile);

export const hasAwsCli = () => spawnSync("aws", ["--version"]).status === 0;

/** One call of the AWS CLI, whose own models of AWS are a second opinion beside the SDK's. */
export async function awsCli(account: Account, service: string, operation: string, input: object) {
  const endpoint = `http://127.0.0.1:${simulatorPort}`;
  const parameters = ["--endpoint-url", endpoint, "--output", "json", service, operation];
  const { stdout } = await run("aws", [...parameters, "--cli-input-json", JSON.stringify(input)], {
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: account.accountId,
      AWS_SECRET_ACCESS_KEY: "any",
      AWS_DEFAULT_REGION: region,
      AWS_PAGER: "",
    },
  });
  return JSON.parse(stdout) as Record<string, string>;
}

/** The same pipeline as `createPipeline` makes, by the CLI. @returns its ARN. */
export async function createPipelineByCli(account: Account, name: string, document: string) {
  const create = (operation: string, input: object) => awsCli(account, "imagebuilder", operation, input);
  const version = { name, semanticVersion: "1.0.0" };
  const { componentBuildVersionArn } = await create("create-component", {
    ...version,
    platform: "Linux",
    data: document,
  });
  const { imageRecipeArn } = await create("create-image-recipe", {
    ...version,
    components: [{ componentArn: componentBuildVersionArn }],
    parentImage: `arn:aws:imagebuilder:${region}:aws:image/amazon-linux-2023-x86/x.x.x`,
  });
  const { infrastructureConfigurationArn } = await create("create-infrastructure-configuration", {
    name,
    instanceProfileName: "EC2InstanceProfileForImageBuilder",
  });
  const pipeline = await create("create-image-pipeline", {
    name,
    imageRecipeArn,
    infrastructureConfigurationArn,
  });
  return pipeline.imagePipelineArn ?? "";
}
