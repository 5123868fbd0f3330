import { describe, expect, it } from "vitest";
import { newFactory } from "./factory-fixture";

/**
 * Refusals of AWS that people wrote down in public bug reports, word for word. What stands in `<>` is the account's.
 * aws-cdk#19909, cdk-github-runners#964 and #812, terraform-aws-ec2-image-builder#106, pulumi#6343, aws-cdk#29910,
 * modernisation-platform-ami-builds#549.
 */
const component = (steps: string) => ({
  name: "bad",
  semanticVersion: "1.0.0",
  platform: "Linux" as const,
  data: `schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n${steps}`,
});
const LOAD_KEYS =
  "      - name: Loading ssh keys\n        action: ExecuteBash\n        inputs:\n          commands:\n            - ls\n";
const NO_INPUTS = "      - name: Download\n        action: S3Download\n        inputs: []\n";
const NAME = "web {{ imagebuilder:buildDate }}";

type Factory = Awaited<ReturnType<typeof newFactory>>;
const CASES: [what: string, call: (factory: Factory) => Promise<unknown>, code: string, message: string][] = [
  [
    "a step name with spaces",
    ({ client }) => client.createComponent(component(LOAD_KEYS)),
    "InvalidParameterValueException",
    "The value supplied for parameter 'data' is not valid. Invalid step name 'Loading ssh keys' in phase 'build'. Allowed characters are combinations of numbers [0-9], english letters [a-z,A-Z] and special characters [-_].",
  ],
  [
    "a step without inputs",
    ({ client }) => client.createComponent(component(NO_INPUTS)),
    "InvalidParameterValueException",
    "The value supplied for parameter 'data' is not valid. Parsing step 'Download' in phase 'build' failed. Error: Action S3Download has no inputs; it requires an 'inputs'",
  ],
  [
    "a parameter that a component lacks",
    ({ client, componentArn }) =>
      client.createImageRecipe({
        name: "bad",
        semanticVersion: "1.0.0",
        parentImage: "ami-0123456789abcdef0",
        components: [{ componentArn, parameters: [{ name: "S3BucketName", value: ["a"] }] }],
      }),
    "InvalidParameterCombinationException",
    "The value supplied for parameter 'components[0].parameters' is not valid. The following parameters are not defined in the provided component: S3BucketName",
  ],
  [
    "a recipe that is there",
    ({ client }) =>
      client.createImageRecipe({
        name: "Web Base",
        semanticVersion: "1.0.0",
        parentImage: "ami-0123456789abcdef0",
      }),
    "ResourceAlreadyExistsException",
    "The following resource 'ImageRecipe' already exists: 'arn:aws:imagebuilder:us-east-1:222222222222:image-recipe/web-base/1.0.0'.",
  ],
  [
    "a Region that nothing goes to",
    ({ client }) =>
      client.createDistributionConfiguration({ name: "bad", distributions: [{ region: "us-east-1" }] }),
    "InvalidParameterValueException",
    "The value supplied for parameter 'distributions[0]' is not valid. One or more outputs should be provided for each region in a distribution configuration.",
  ],
  [
    "a BUILD workflow without ImageId",
    async ({ client, imageRecipeArn, infrastructureConfigurationArn }) => {
      const { workflowBuildVersionArn } = await client.createWorkflow({
        name: "mute",
        semanticVersion: "1.0.0",
        type: "BUILD",
        data: "schemaVersion: 1.0\nsteps:\n  - name: Wait\n    action: WaitForAction\n",
      });
      return client.createImagePipeline({
        name: "bad",
        imageRecipeArn,
        infrastructureConfigurationArn,
        executionRole: "arn:aws:iam::222222222222:role/ImageBuilderExecution",
        workflows: [{ workflowArn: workflowBuildVersionArn }],
      });
    },
    "InvalidParameterValueException",
    "The value supplied for parameter 'workflows' is not valid. Build workflow must have output named ImageId to build AMI. Workflow ARN: arn:aws:imagebuilder:us-east-1:222222222222:workflow/build/mute/1.0.0/1.",
  ],
  [
    "a managed workflow of one version",
    ({ client, imageRecipeArn, infrastructureConfigurationArn }) =>
      client.createImage({
        imageRecipeArn,
        infrastructureConfigurationArn,
        executionRole: "arn:aws:iam::222222222222:role/ImageBuilderExecution",
        workflows: [{ workflowArn: "arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/1.0.1/1" }],
      }),
    "InvalidParameterValueException",
    "The value supplied for parameter 'workflows' is not valid. AWS managed workflows must have latest version 'x.x.x' for 'arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/1.0.1/1'",
  ],
];

describe("a refusal is in AWS's words", () => {
  it.each(CASES)("of %s", async (_, call, name, message) => {
    await expect(call(await newFactory())).rejects.toMatchObject({ name, message });
  });

  it("and a region that something goes to is taken", async () => {
    const { client } = await newFactory();
    const distributions = [{ region: "us-east-1", amiDistributionConfiguration: { name: NAME } }];
    await expect(
      client.createDistributionConfiguration({ name: "good", distributions }),
    ).resolves.toBeDefined();
  });
});
