import { ECR } from "@aws-sdk/client-ecr";
import { Inspector2 } from "@aws-sdk/client-inspector2";
import { describe, expect, it } from "vitest";
import { clientConfig } from "../../testing";
import { buildToTheEnd, type Factory, newFactory, refusal } from "./factory-fixture";

const repositoryName = "platform/base";
const executionRole = "ImageBuilderLifecycleRole";

async function withRepositories(regions: string[]) {
  const factory = await newFactory();
  for (const region of regions) {
    await new ECR(clientConfig(factory.simulator, { region })).createRepository({ repositoryName });
  }
  const { containerRecipeArn } = await factory.client.createContainerRecipe({
    containerType: "DOCKER",
    name: "Base",
    semanticVersion: "1.0.0",
    parentImage: "public.ecr.aws/amazonlinux/amazonlinux:2023",
    platformOverride: "Linux",
    components: [{ componentArn: factory.componentArn }],
    dockerfileTemplateData:
      "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
    targetRepository: { service: "ECR", repositoryName },
  });
  return { ...factory, containerRecipeArn };
}

async function build(
  factory: Factory & { containerRecipeArn: string | undefined },
  regions: string[],
  settings: object = {},
) {
  const { client, containerRecipeArn, infrastructureConfigurationArn } = factory;
  const { distributionConfigurationArn } = await client.createDistributionConfiguration({
    name: "registries",
    distributions: regions.map((region) => ({
      region,
      containerDistributionConfiguration: {
        containerTags: ["latest", "1.0.0"],
        targetRepository: { service: "ECR" as const, repositoryName },
      },
    })),
  });
  const run = { containerRecipeArn, infrastructureConfigurationArn, distributionConfigurationArn };
  const { imageBuildVersionArn } = await client.createImage({ ...run, ...settings });
  return buildToTheEnd(factory, imageBuildVersionArn);
}

describe("a container image", () => {
  it("is pushed to each Region's repository with its tags, and has no AMI", async () => {
    const regions = ["us-east-1", "eu-west-1"];
    const factory = await withRepositories(regions);
    const image = await build(factory, regions);
    expect(image).toMatchObject({ type: "DOCKER", state: { status: "AVAILABLE" } });
    expect(image?.outputResources?.containers).toEqual(
      regions.map((region) => ({
        region,
        imageUris: ["latest", "1.0.0"].map(
          (tag) => `222222222222.dkr.ecr.${region}.amazonaws.com/${repositoryName}:${tag}`,
        ),
      })),
    );
    expect(image?.outputResources?.amis).toEqual([]);
    for (const region of regions) {
      const ecr = new ECR(clientConfig(factory.simulator, { region }));
      const { imageDetails } = await ecr.describeImages({ repositoryName });
      expect(imageDetails).toMatchObject([{ imageTags: ["latest", "1.0.0"] }]);
    }
  });

  it("runs the container workflows", async () => {
    const factory = await withRepositories(["us-east-1"]);
    const image = await build(factory, ["us-east-1"]);
    const { workflowExecutions } = await factory.client.listWorkflowExecutions({
      imageBuildVersionArn: image?.arn,
    });
    const names = workflowExecutions?.map(
      ({ workflowBuildVersionArn }) => workflowBuildVersionArn?.split("/")[2],
    );
    expect(names).toEqual(["build-container", "test-container", "distribute-container"]);
  });

  it("fails in the Region that lacks the repository, and is in the others", async () => {
    const factory = await withRepositories(["us-east-1"]);
    const image = await build(factory, ["us-east-1", "eu-west-1"]);
    expect(image?.state?.status).toBe("FAILED");
    expect(image?.state?.reason).toContain("eu-west-1");
    expect(image?.outputResources?.containers?.map(({ region }) => region)).toEqual(["us-east-1"]);
    const retry = factory.client.retryImage({ imageBuildVersionArn: image?.arn });
    expect(await refusal(retry)).toContain("InvalidRequestException");
  });

  it("is deleted from its repository with the state DELETED, and can have no other", async () => {
    const factory = await withRepositories(["us-east-1"]);
    const image = await build(factory, ["us-east-1"]);
    const update = (status: "DEPRECATED" | "DELETED") =>
      factory.client.startResourceStateUpdate({
        resourceArn: image?.arn,
        state: { status },
        executionRole,
        ...(status === "DELETED" && { includeResources: { containers: true } }),
      });
    expect(await refusal(update("DEPRECATED"))).toContain("can only be DELETED");
    await update("DELETED");
    const { imageDetails } = await new ECR(factory.config).describeImages({ repositoryName });
    expect(imageDetails).toEqual([]);
  });

  it("is scanned where it is asked for, into the repository and with the tags that it names", async () => {
    const factory = await withRepositories(["us-east-1"]);
    const image = await build(factory, ["us-east-1"], {
      imageScanningConfiguration: {
        imageScanningEnabled: true,
        ecrConfiguration: { repositoryName: "scans", containerTags: ["scan"] },
      },
    });
    expect(image?.scanState?.status).toBe("COMPLETED");
    const { findings = [] } = await factory.client.listImageScanFindings({
      filters: [{ name: "imageBuildVersionArn", values: [image?.arn ?? ""] }],
    });
    expect(findings.length).toBeGreaterThan(0);
  });

  it("has no findings while Inspector does not scan container images", async () => {
    const factory = await withRepositories(["us-east-1"]);
    const inspector = new Inspector2(clientConfig(factory.simulator));
    const { accounts } = await inspector.disable({ resourceTypes: ["ECR"] });
    expect(accounts).toMatchObject([
      { status: "ENABLED", resourceStatus: { ec2: "ENABLED", ecr: "DISABLED" } },
    ]);
    const imageScanningConfiguration = { imageScanningEnabled: true };
    const image = await build(factory, ["us-east-1"], { imageScanningConfiguration });
    // The managed workflow goes on after its scan step.
    expect(image).toMatchObject({
      state: { status: "AVAILABLE" },
      scanState: { status: "FAILED", reason: expect.stringContaining("Amazon Inspector is not enabled") },
    });
    const status = await inspector.batchGetAccountStatus({ accountIds: ["222222222222", "333333333333"] });
    expect(status).toMatchObject({
      accounts: [{ resourceState: { ec2: { status: "ENABLED" }, ecr: { status: "DISABLED" } } }],
      failedAccounts: [{ accountId: "333333333333", errorCode: "ACCESS_DENIED" }],
    });
  });
});

describe("the findings of a scan", () => {
  async function scannedImage() {
    const factory = await newFactory();
    const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
    const { imagePipelineArn } = await client.createImagePipeline({
      name: "scanned",
      imageRecipeArn,
      infrastructureConfigurationArn,
      imageScanningConfiguration: { imageScanningEnabled: true },
    });
    const { imageBuildVersionArn = "" } = await client.startImagePipelineExecution({ imagePipelineArn });
    await buildToTheEnd(factory, imageBuildVersionArn);
    return { client, imageBuildVersionArn, imagePipelineArn: imagePipelineArn ?? "" };
  }

  it("are counted by account, image, pipeline and vulnerability as they are listed", async () => {
    const { client, imageBuildVersionArn, imagePipelineArn } = await scannedImage();
    const { findings = [] } = await client.listImageScanFindings({});
    const critical = findings.filter(({ severity }) => severity === "CRITICAL").length;
    const severityCounts = expect.objectContaining({ all: findings.length, critical });
    const counted = async (filter?: { name: string; values: string[] }) =>
      (await client.listImageScanFindingAggregations({ ...(filter && { filter }) })).responses;
    expect(await counted()).toMatchObject([
      { accountAggregation: { accountId: "222222222222", severityCounts } },
    ]);
    expect(await counted({ name: "imageBuildVersionArn", values: [imageBuildVersionArn] })).toMatchObject([
      { imageAggregation: { imageBuildVersionArn, severityCounts } },
    ]);
    expect(await counted({ name: "imagePipelineArn", values: [imagePipelineArn] })).toMatchObject([
      { imagePipelineAggregation: { imagePipelineArn, severityCounts } },
    ]);
    const vulnerabilityId = findings[0]?.packageVulnerabilityDetails?.vulnerabilityId ?? "";
    expect(await counted({ name: "vulnerabilityId", values: [vulnerabilityId] })).toMatchObject([
      { vulnerabilityIdAggregation: { vulnerabilityId, severityCounts: { all: 1 } } },
    ]);
  });

  it.each(["imageBuildVersionArn", "imagePipelineArn", "vulnerabilityId", "severity"])(
    "are filtered by %s",
    async (name) => {
      const { client } = await scannedImage();
      const { findings: all = [] } = await client.listImageScanFindings({});
      const partOf = (finding: (typeof all)[number] | undefined) =>
        ({
          imageBuildVersionArn: finding?.imageBuildVersionArn,
          imagePipelineArn: finding?.imagePipelineArn,
          vulnerabilityId: finding?.packageVulnerabilityDetails?.vulnerabilityId,
          severity: finding?.severity,
        })[name];
      const value = partOf(all[0]) ?? "";
      const { findings = [] } = await client.listImageScanFindings({ filters: [{ name, values: [value] }] });
      expect(findings).toEqual(all.filter((finding) => partOf(finding) === value));
      expect(findings.length).toBeGreaterThan(0);
    },
  );
});
