import { EC2 } from "@aws-sdk/client-ec2";
import { SSM } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { clientConfig } from "../../testing";
import { buildToTheEnd, type Factory, letIn, newFactory, refusal } from "./factory-fixture";

const ami = { name: "web-{{ imagebuilder:buildDate }}" };

async function distribute(factory: Factory, distributions: object[]) {
  const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
  const { distributionConfigurationArn } = await client.createDistributionConfiguration({
    name: "everywhere",
    distributions: distributions as [],
  });
  const build = { imageRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn };
  const { imageBuildVersionArn } = await client.createImage(build);
  return buildToTheEnd(factory, imageBuildVersionArn);
}

describe("distribution", () => {
  it("brings AMIs to the Regions and accounts it names", async () => {
    const factory = await newFactory();
    await letIn(factory, "333333333333");
    const image = await distribute(factory, [
      { region: "us-east-1", amiDistributionConfiguration: ami },
      {
        region: "eu-west-1",
        amiDistributionConfiguration: {
          ...ami,
          targetAccountIds: ["333333333333"],
          amiTags: { team: "web" },
        },
      },
    ]);
    expect(image?.outputResources?.amis?.map(({ region, accountId }) => `${region} ${accountId}`)).toEqual([
      "us-east-1 222222222222",
      "eu-west-1 333333333333",
    ]);
    const there = clientConfig(factory.simulator, { account: "333333333333", region: "eu-west-1" });
    const { Images } = await new EC2(there).describeImages({ Owners: ["self"] });
    expect(Images).toHaveLength(1);
    expect(Images?.[0]?.Tags).toContainEqual({ Key: "team", Value: "web" });
  });

  it("writes SSM parameters under /imagebuilder/", async () => {
    const factory = await newFactory();
    const image = await distribute(factory, [
      {
        region: "us-east-1",
        amiDistributionConfiguration: ami,
        ssmParameterConfigurations: [{ parameterName: "/imagebuilder/web/latest" }],
      },
    ]);
    const { Parameter } = await new SSM(factory.config).getParameter({ Name: "/imagebuilder/web/latest" });
    expect(Parameter?.Value).toBe(image?.outputResources?.amis?.[0]?.image);
  });

  it("fails in the Region whose launch template is missing, and keeps the AMI", async () => {
    const factory = await newFactory();
    const image = await distribute(factory, [
      {
        region: "us-east-1",
        amiDistributionConfiguration: ami,
        launchTemplateConfigurations: [{ launchTemplateId: "lt-00000000000000000" }],
      },
    ]);
    expect(image?.state?.status).toBe("FAILED");
    expect(image?.state?.reason).toContain("lt-00000000000000000");
    expect(image?.outputResources?.amis).toHaveLength(1);
  });

  it.each([
    [
      "a Region twice",
      Array(2).fill({ region: "us-east-1", amiDistributionConfiguration: {} }),
      "more than once",
    ],
    [
      "an AMI name without the build date",
      [{ region: "us-east-1", amiDistributionConfiguration: { name: "web" } }],
      "imagebuilder:buildDate",
    ],
  ])("is refused with %s", async (_what, distributions, words) => {
    const { client } = await newFactory();
    expect(await refusal(client.createDistributionConfiguration({ name: "wrong", distributions }))).toContain(
      words,
    );
  });
});

describe("images that are not built", () => {
  it("go out again with DistributeImage, by the distribution workflow alone", async () => {
    const factory = await newFactory();
    const first = await distribute(factory, [{ region: "us-east-1", amiDistributionConfiguration: ami }]);
    const { imageBuildVersionArn } = await factory.client.distributeImage({
      sourceImage: first?.arn,
      distributionConfigurationArn: first?.distributionConfiguration?.arn,
      executionRole: "ImageBuilderWorkflowExecutionRole",
    });
    const image = await buildToTheEnd(factory, imageBuildVersionArn);
    expect(image?.state?.status).toBe("AVAILABLE");
    const { workflowExecutions } = await factory.client.listWorkflowExecutions({ imageBuildVersionArn });
    expect(workflowExecutions?.map(({ type }) => type)).toEqual(["DISTRIBUTION"]);
  });

  it("are imported from a task, PENDING and then AVAILABLE", async () => {
    const factory = await newFactory();
    const { imageArn } = await factory.client.importVmImage({
      name: "imported",
      semanticVersion: "1.0.0",
      platform: "Linux",
      vmImportTaskId: "import-ami-0123456789abcdef0",
    });
    const { image } = await factory.client.getImage({ imageBuildVersionArn: imageArn });
    expect(image).toMatchObject({ state: { status: "PENDING" }, buildType: "IMPORT" });
    expect((await buildToTheEnd(factory, imageArn))?.state?.status).toBe("AVAILABLE");
  });
});
