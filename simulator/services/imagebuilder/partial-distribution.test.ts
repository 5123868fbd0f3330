import { EC2 } from "@aws-sdk/client-ec2";
import { IAM } from "@aws-sdk/client-iam";
import { KMS } from "@aws-sdk/client-kms";
import { S3 } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { clientConfig } from "../../testing";
import {
  BASE_IMAGE,
  buildToTheEnd,
  type Factory,
  letIn,
  newFactory,
  rawImage,
  refusal,
} from "./factory-fixture";

const name = "web-{{ imagebuilder:buildDate }}";
const home = { region: "us-east-1", amiDistributionConfiguration: { name } };
const OTHER = "333333333333";

async function distribute(factory: Factory, distributions: object[], recipe: object = {}) {
  const { client, infrastructureConfigurationArn } = factory;
  const { distributionConfigurationArn } = await client.createDistributionConfiguration({
    name: "targets",
    distributions: distributions as [],
  });
  const made = await client.createImageRecipe({
    name: "Partly",
    semanticVersion: "1.0.0",
    parentImage: BASE_IMAGE,
    ...recipe,
  });
  const { imageBuildVersionArn } = await client.createImage({
    imageRecipeArn: made.imageRecipeArn,
    infrastructureConfigurationArn,
    distributionConfigurationArn,
  });
  await buildToTheEnd(factory, imageBuildVersionArn);
  return rawImage(factory, imageBuildVersionArn);
}

const failuresOf = (image: Awaited<ReturnType<typeof rawImage>>) =>
  image.state.failureContext?.distributionFailure?.regionFailures;
const encrypted = { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: true } }] };

describe("a distribution that reaches some of its targets", () => {
  it("names the account that has not allowed it, and keeps the AMIs of the others", async () => {
    const factory = await newFactory();
    const away = { region: "eu-west-1", amiDistributionConfiguration: { name, targetAccountIds: [OTHER] } };
    const image = await distribute(factory, [home, away]);
    expect(image.state.status).toBe("FAILED");
    expect(image.state.failureContext).toMatchObject({
      imageStatus: "DISTRIBUTING",
      failedStep: "DistributeImage",
      workflowExecutionId: expect.stringMatching(/^wf-/),
      stepExecutionId: expect.stringMatching(/^step-/),
    });
    expect(failuresOf(image)).toEqual([
      {
        region: "eu-west-1",
        targetAccountId: OTHER,
        status: "FAILED",
        errorMessage: expect.stringContaining(
          `arn:aws:iam::${OTHER}:role/EC2ImageBuilderDistributionCrossAccountRole`,
        ),
      },
    ]);
    expect(image.outputResources.amis).toMatchObject([{ region: "us-east-1", accountId: "222222222222" }]);
  });

  it("takes RetryImage once the account has allowed it, and no sooner", async () => {
    const factory = await newFactory();
    const away = { region: "eu-west-1", amiDistributionConfiguration: { name, targetAccountIds: [OTHER] } };
    const { arn: imageBuildVersionArn } = await distribute(factory, [home, away]);
    await factory.client.retryImage({ imageBuildVersionArn });
    expect((await buildToTheEnd(factory, imageBuildVersionArn))?.state?.status).toBe("FAILED");
    await letIn(factory, OTHER);
    await factory.client.retryImage({ imageBuildVersionArn });
    const image = await buildToTheEnd(factory, imageBuildVersionArn);
    expect(image?.state?.status).toBe("AVAILABLE");
    expect(image?.outputResources?.amis?.map(({ accountId }) => accountId)).toContain(OTHER);
    const { workflowExecutions } = await factory.client.listWorkflowExecutions({ imageBuildVersionArn });
    expect(workflowExecutions?.map(({ type, retried }) => `${type} ${retried}`)).toEqual([
      "BUILD false",
      "TEST false",
      "DISTRIBUTION true",
      "DISTRIBUTION true",
      "DISTRIBUTION false",
    ]);
  });

  it("names the Region that does not have the key, and uses the key where it is", async () => {
    const factory = await newFactory();
    const { KeyMetadata } = await new KMS(factory.config).createKey({});
    const kmsKeyId = KeyMetadata?.Arn;
    const image = await distribute(factory, [
      { region: "us-east-1", amiDistributionConfiguration: { name, kmsKeyId } },
      { region: "eu-west-1", amiDistributionConfiguration: { name, kmsKeyId } },
    ]);
    expect(failuresOf(image)).toMatchObject([
      {
        region: "eu-west-1",
        errorMessage: expect.stringContaining(`Given key ID is not accessible: ${kmsKeyId}`),
      },
    ]);
    const { Images } = await new EC2(factory.config).describeImages({ Owners: ["self"] });
    expect(Images?.[0]?.BlockDeviceMappings?.[0]?.Ebs?.Encrypted).toBe(true);
  });

  it("does not share what the default key encrypts", async () => {
    const factory = await newFactory();
    const shared = { name, launchPermission: { userIds: [OTHER] } };
    const image = await distribute(
      factory,
      [{ region: "us-east-1", amiDistributionConfiguration: shared }],
      encrypted,
    );
    expect(failuresOf(image)?.[0].errorMessage).toContain("AWS Managed CMK can't be shared");
  });

  it("does not go to a Region that is not enabled", async () => {
    const image = await distribute(await newFactory(), [
      home,
      { region: "af-south-1", amiDistributionConfiguration: { name } },
    ]);
    expect(failuresOf(image)).toMatchObject([{ region: "af-south-1", status: "FAILED" }]);
  });
});

describe("what follows the copies", () => {
  const exported = {
    roleName: "vmimport",
    diskImageFormat: "VMDK" as const,
    s3Bucket: "exports",
    s3Prefix: "images/",
  };

  it("writes the exported disk into its bucket", async () => {
    const factory = await newFactory();
    const s3 = new S3(factory.config);
    await s3.createBucket({ Bucket: exported.s3Bucket });
    const Statement = [
      { Effect: "Allow", Principal: { Service: "vmie.amazonaws.com" }, Action: "sts:AssumeRole" },
    ];
    await new IAM(factory.config).createRole({
      RoleName: exported.roleName,
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }),
    });
    const image = await distribute(factory, [{ ...home, s3ExportConfiguration: exported }]);
    expect(image.state.status).toBe("AVAILABLE");
    const { Contents } = await s3.listObjectsV2({ Bucket: exported.s3Bucket });
    expect(Contents?.map(({ Key }) => Key)).toEqual([
      `images/export-${image.outputResources.amis[0].image}.vmdk`,
    ]);
  });

  it("fails while INTEGRATING where the export may not be written, and cannot be retried", async () => {
    const factory = await newFactory();
    const image = await distribute(factory, [{ ...home, s3ExportConfiguration: exported }]);
    expect(image.state.failureContext.imageStatus).toBe("INTEGRATING");
    expect(failuresOf(image)).toMatchObject([{ imageConfigurationStep: "EXPORT_AMI" }]);
    expect(image.outputResources.amis).toHaveLength(1);
    const retry = factory.client.retryImage({ imageBuildVersionArn: image.arn });
    expect(await refusal(retry)).toContain("InvalidRequestException");
  });

  it.each([
    [undefined, 2],
    [true, 2],
    [false, 1],
  ])(
    "makes a launch template version, with setDefaultVersion %s the default is %i",
    async (setDefaultVersion, standard) => {
      const factory = await newFactory();
      const ec2 = new EC2(factory.config);
      const { LaunchTemplate } = await ec2.createLaunchTemplate({
        LaunchTemplateName: "web",
        LaunchTemplateData: { InstanceType: "m7i.large", ImageId: "ami-0123456789abcdef0" },
      });
      const launchTemplateId = LaunchTemplate?.LaunchTemplateId;
      const image = await distribute(factory, [
        { ...home, launchTemplateConfigurations: [{ launchTemplateId, setDefaultVersion }] },
      ]);
      const { LaunchTemplates } = await ec2.describeLaunchTemplates({});
      expect(LaunchTemplates).toMatchObject([{ LatestVersionNumber: 2, DefaultVersionNumber: standard }]);
      const { LaunchTemplateVersions } = await ec2.describeLaunchTemplateVersions({
        LaunchTemplateId: launchTemplateId,
        Versions: ["$Latest"],
      });
      expect(LaunchTemplateVersions?.[0]?.LaunchTemplateData).toMatchObject({
        ImageId: image.outputResources.amis[0].image,
        InstanceType: "m7i.large",
      });
    },
  );

  it("shares and tags the AMIs as the configuration says", async () => {
    const factory = await newFactory();
    const launchPermission = {
      userIds: [OTHER],
      organizationArns: ["arn:aws:organizations::222222222222:organization/o-0123456789"],
    };
    const amiTags = { team: "web" };
    await distribute(factory, [
      { region: "us-east-1", amiDistributionConfiguration: { name, amiTags, launchPermission } },
    ]);
    const ec2 = new EC2(factory.config);
    const { Images } = await ec2.describeImages({ Owners: ["self"] });
    expect(Images?.[0]?.Tags).toContainEqual({ Key: "team", Value: "web" });
    const { LaunchPermissions } = await ec2.describeImageAttribute({
      ImageId: Images?.[0]?.ImageId,
      Attribute: "launchPermission",
    });
    expect(LaunchPermissions).toEqual([
      { UserId: OTHER },
      { OrganizationArn: launchPermission.organizationArns[0] },
    ]);
    const theirs = new EC2(clientConfig(factory.simulator, { account: OTHER }));
    const seen = await theirs.describeImages({ ImageIds: [Images?.[0]?.ImageId ?? ""] });
    expect(seen.Images).toHaveLength(1);
  });
});

describe("watermarks", () => {
  it("are on the AMI and its copies", async () => {
    const factory = await withWatermarks();
    const image = await distribute(factory, [home, { ...home, region: "eu-west-1" }]);
    expect(image.imageRecipe.amiWatermarks).toEqual(["approved"]);
    for (const region of ["us-east-1", "eu-west-1"]) {
      const ec2 = new EC2(clientConfig(factory.simulator, { region }));
      const { Images } = await ec2.describeImages({ Owners: ["self"] });
      expect(Images?.[0]?.ImageWatermarks).toMatchObject([{ WatermarkKey: "222222222222:approved" }]);
    }
  });

  it.each([
    ["59 with watermarks and public", ["all"], true],
    ["59 with watermarks and private", [], false],
  ])("refuse an image when it is created: %s", async (_, userGroups, isRefused) => {
    const factory = await withWatermarks();
    const launchPermission = userGroups.length > 0 ? { userGroups } : { userIds: ["333333333333"] };
    const open = { name, launchPermission };
    const made = distribute(factory, [{ region: "us-east-1", amiDistributionConfiguration: open }]);
    if (isRefused) await expect(made).rejects.toMatchObject({ name: "InvalidParameterCombinationException" });
    else expect((await made).state.status).toBe("AVAILABLE");
  });

  /** The SDK does not know the member yet, and drops it: it is laid into the request as it is sent. */
  async function withWatermarks(): Promise<Factory> {
    const factory = await newFactory();
    factory.client.middlewareStack.add(
      (next) => async (args) => {
        const request = args.request as { path: string; body: Uint8Array };
        if (request.path === "/CreateImageRecipe") {
          const body = JSON.parse(new TextDecoder().decode(request.body));
          request.body = new TextEncoder().encode(JSON.stringify({ ...body, amiWatermarks: ["approved"] }));
        }
        return next(args);
      },
      { step: "build", priority: "low" },
    );
    return factory;
  }
});
