import {
  CopyImageCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeregisterImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeInstanceTypesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeRegionsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  DisableImageCommand,
  EC2Client,
  EnableImageDeprecationCommand,
  type LaunchPermissionModifications,
  ModifyImageAttributeCommand,
} from "@aws-sdk/client-ec2";
import { beforeEach, expect, test } from "vitest";
import { clientConfig, createSimulator, manualClock, type Simulator } from "../../testing";

const clock = manualClock(Date.UTC(2026, 10, 20));
let simulator: Simulator;
let ec2: EC2Client;

beforeEach(() => {
  simulator = createSimulator({ clock, seed: "empty" });
  ec2 = new EC2Client(clientConfig(simulator));
});

async function givenImage(name = "web") {
  const { Images: [base] = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const copy = { Name: name, SourceImageId: base?.ImageId, SourceRegion: "us-east-1" };
  return (await ec2.send(new CopyImageCommand(copy))).ImageId ?? "";
}

test("an account never seen before has a default VPC with subnets and a security group", async () => {
  const { Vpcs: [vpc] = [] } = await ec2.send(new DescribeVpcsCommand({}));
  expect(vpc).toMatchObject({ IsDefault: true, CidrBlock: "172.31.0.0/16", OwnerId: "222222222222" });
  const Filters = [{ Name: "vpc-id", Values: [vpc?.VpcId ?? ""] }];
  const subnets = await ec2.send(new DescribeSubnetsCommand({ Filters }));
  expect(subnets.Subnets?.map((row) => row.AvailabilityZone)).toContain("us-east-1a");
  const groups = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  expect(groups.SecurityGroups?.map((row) => row.GroupName)).toEqual(["default"]);
});

test("filters take wildcards, and a filter nobody knows is refused", async () => {
  const named = (Name: string, value: string) =>
    new DescribeImagesCommand({ Filters: [{ Name, Values: [value] }] });
  const found = await ec2.send(named("name", "windows-server-2022-*"));
  expect(found.Images?.every((image) => String(image.Platform) === "windows")).toBe(true);
  expect(found.Images?.length).toBeGreaterThan(0);
  await expect(ec2.send(named("colour", "red"))).rejects.toMatchObject({ name: "InvalidParameterValue" });
});

test("a shared image is seen by the account it is shared with, and no other", async () => {
  const ImageId = await givenImage();
  const other = new EC2Client(clientConfig(simulator, { account: "333333333333" }));
  const seen = () => other.send(new DescribeImagesCommand({ ExecutableUsers: ["self"] }));
  expect((await seen()).Images).toEqual([]);
  const LaunchPermission = { Add: [{ UserId: "333333333333" }] };
  await ec2.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission }));
  expect((await seen()).Images?.map((image) => image.ImageId)).toEqual([ImageId]);
  const attribute = await ec2.send(
    new DescribeImageAttributeCommand({ ImageId, Attribute: "launchPermission" }),
  );
  expect(attribute.LaunchPermissions).toEqual([{ UserId: "333333333333" }]);
});

test("an image is shared with an organization and a unit of it, and an ARN of neither is refused", async () => {
  const ImageId = await givenImage();
  const OrganizationArn = "arn:aws:organizations::222222222222:organization/o-exampleorgid";
  const OrganizationalUnitArn = "arn:aws:organizations::222222222222:ou/o-exampleorgid/ou-abcd-12345678";
  const change = (LaunchPermission: LaunchPermissionModifications) =>
    ec2.send(new ModifyImageAttributeCommand({ ImageId, LaunchPermission }));
  const holders = async () => {
    const command = new DescribeImageAttributeCommand({ ImageId, Attribute: "launchPermission" });
    return (await ec2.send(command)).LaunchPermissions;
  };
  await change({ Add: [{ OrganizationArn }, { OrganizationalUnitArn }] });
  expect(await holders()).toEqual([{ OrganizationArn }, { OrganizationalUnitArn }]);
  await change({ Remove: [{ OrganizationArn }] });
  // As the CLI's own options send it.
  await ec2.send(
    new ModifyImageAttributeCommand({ ImageId, OperationType: "add", OrganizationArns: [OrganizationArn] }),
  );
  expect(await holders()).toEqual([{ OrganizationalUnitArn }, { OrganizationArn }]);
  const wrong = [
    { OrganizationArn: OrganizationalUnitArn },
    { OrganizationalUnitArn: "Sandbox" },
    { UserId: "1111-2222-3333" },
  ];
  for (const holder of wrong) {
    const refused = change({ Add: [holder] });
    await expect(refused).rejects.toMatchObject({ name: "InvalidAMIAttributeItemValue" });
  }
  expect(await holders()).toHaveLength(2);
});

test("an image is deprecated, disabled, tagged and deregistered", async () => {
  const ImageId = await givenImage();
  await ec2.send(new EnableImageDeprecationCommand({ ImageId, DeprecateAt: new Date(Date.UTC(2027, 0, 1)) }));
  await ec2.send(new CreateTagsCommand({ Resources: [ImageId], Tags: [{ Key: "stage", Value: "gold" }] }));
  await ec2.send(new DisableImageCommand({ ImageId }));
  const look = () => ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }));
  expect((await look()).Images?.[0]).toMatchObject({
    State: "disabled",
    DeprecationTime: "2027-01-01T00:00:00.000Z",
    Tags: [{ Key: "stage", Value: "gold" }],
  });
  await ec2.send(new DeregisterImageCommand({ ImageId }));
  await expect(look()).rejects.toMatchObject({
    name: "InvalidAMIID.NotFound",
    $metadata: { httpStatusCode: 400 },
  });
});

test("a copy to another Region has its own id and keeps its source", async () => {
  const SourceImageId = await givenImage();
  const ireland = new EC2Client(clientConfig(simulator, { region: "eu-west-1" }));
  const { ImageId } = await ireland.send(
    new CopyImageCommand({ Name: "web", SourceImageId, SourceRegion: "us-east-1" }),
  );
  const { Images: [copy] = [] } = await ireland.send(new DescribeImagesCommand({ Owners: ["self"] }));
  expect(copy).toMatchObject({ ImageId, SourceImageId, SourceImageRegion: "us-east-1" });
  expect(ImageId).not.toBe(SourceImageId);
});

test("a dry run says that it would have worked and changes nothing", async () => {
  const ImageId = await givenImage();
  const dry = new DeregisterImageCommand({ ImageId, DryRun: true });
  await expect(ec2.send(dry)).rejects.toMatchObject({
    name: "DryRunOperation",
    $metadata: { httpStatusCode: 412 },
  });
  expect((await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }))).Images).toHaveLength(1);
});

test("launch templates have versions with a default and a latest", async () => {
  const LaunchTemplateName = "nodes";
  const LaunchTemplateData = { InstanceType: "m7i.large" as const };
  await ec2.send(new CreateLaunchTemplateCommand({ LaunchTemplateName, LaunchTemplateData }));
  const next = {
    LaunchTemplateName,
    SourceVersion: "1",
    LaunchTemplateData: { ImageId: "ami-0123456789abcdef0" },
  };
  await ec2.send(new CreateLaunchTemplateVersionCommand(next));
  const { LaunchTemplateVersions } = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions: ["$Default", "$Latest"] }),
  );
  expect(LaunchTemplateVersions?.map((row) => [row.VersionNumber, row.DefaultVersion])).toEqual([
    [1, true],
    [2, false],
  ]);
  expect(LaunchTemplateVersions?.[1]?.LaunchTemplateData).toEqual({
    InstanceType: "m7i.large",
    ImageId: "ami-0123456789abcdef0",
  });
});

test("Regions and instance types are what a picker needs", async () => {
  const { Regions } = await ec2.send(new DescribeRegionsCommand({}));
  expect(Regions?.map((row) => row.RegionName)).toContain("eu-central-1");
  const arm = { Name: "processor-info.supported-architecture", Values: ["arm64"] };
  const { InstanceTypes } = await ec2.send(new DescribeInstanceTypesCommand({ Filters: [arm] }));
  expect(InstanceTypes?.some((row) => row.InstanceType === "m7g.large")).toBe(true);
  expect(InstanceTypes?.some((row) => row.InstanceType === "m7i.large")).toBe(false);
});
