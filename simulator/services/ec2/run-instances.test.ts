import {
  CopyImageCommand,
  DescribeImagesCommand,
  DescribeInstanceStatusCommand,
  DescribeInstancesCommand,
  DescribeInstanceTypeOfferingsCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  StartInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { beforeEach, expect, test } from "vitest";
import { clientConfig, createSimulator, manualClock } from "../../testing";

const clock = manualClock(Date.UTC(2026, 10, 20));
let ec2: EC2Client;
let request: RunInstancesCommandInput;

beforeEach(async () => {
  ec2 = new EC2Client(clientConfig(createSimulator({ clock, seed: "empty", speed: 1 })));
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const base = Images.find(({ Architecture }) => Architecture === "x86_64");
  const copied = await ec2.send(
    new CopyImageCommand({ Name: "web", SourceImageId: base?.ImageId, SourceRegion: "us-east-1" }),
  );
  request = {
    ImageId: copied.ImageId,
    InstanceType: "t3.micro",
    MinCount: 1,
    MaxCount: 1,
    ClientToken: "once",
  };
});

const run = (more: Partial<RunInstancesCommandInput> = {}) =>
  ec2.send(new RunInstancesCommand({ ...request, ...more }));
const stateOf = async (id: string) => {
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  return Reservations?.[0]?.Instances?.[0]?.State?.Name;
};
const subnetIn = async (zone: string) => {
  const Filters = [{ Name: "availability-zone", Values: [zone] }];
  return (await ec2.send(new DescribeSubnetsCommand({ Filters }))).Subnets?.[0]?.SubnetId;
};

test("an instance starts, passes its checks, stops and starts again", async () => {
  const tags = [{ Key: "Name", Value: "web" }];
  const SubnetId = await subnetIn("us-east-1b");
  const { Instances = [] } = await run({
    SubnetId,
    TagSpecifications: [{ ResourceType: "instance", Tags: tags }],
  });
  const [started] = Instances;
  const id = started?.InstanceId ?? "";
  expect(started).toMatchObject({
    State: { Name: "pending" },
    SubnetId,
    Placement: { AvailabilityZone: "us-east-1b" },
    Tags: tags,
    ClientToken: "once",
  });
  clock.advance(60_000);
  expect(await stateOf(id)).toBe("running");
  const checks = async () => {
    const { InstanceStatuses } = await ec2.send(new DescribeInstanceStatusCommand({ InstanceIds: [id] }));
    return InstanceStatuses?.[0]?.InstanceStatus?.Status;
  };
  expect(await checks()).toBe("initializing");
  clock.advance(180_000);
  expect(await checks()).toBe("ok");
  const { StoppingInstances } = await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  expect(StoppingInstances).toMatchObject([
    { PreviousState: { Name: "running" }, CurrentState: { Name: "stopping" } },
  ]);
  await expect(ec2.send(new StartInstancesCommand({ InstanceIds: [id] }))).rejects.toMatchObject({
    name: "IncorrectInstanceState",
  });
  clock.advance(60_000);
  expect(await stateOf(id)).toBe("stopped");
  await ec2.send(new StartInstancesCommand({ InstanceIds: [id] }));
  clock.advance(60_000);
  expect(await stateOf(id)).toBe("running");
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  clock.advance(60_000);
  expect(await stateOf(id)).toBe("terminated");
  await expect(ec2.send(new StopInstancesCommand({ InstanceIds: [id] }))).rejects.toMatchObject({
    name: "IncorrectInstanceState",
  });
});

test("a client token starts instances once", async () => {
  const [first, again] = [await run(), await run()];
  expect(again.Instances?.[0]?.InstanceId).toBe(first.Instances?.[0]?.InstanceId);
  await expect(run({ InstanceType: "t3.small" })).rejects.toMatchObject({
    name: "IdempotentParameterMismatch",
  });
  const other = await run({ ClientToken: "twice" });
  expect(other.Instances?.[0]?.InstanceId).not.toBe(first.Instances?.[0]?.InstanceId);
  const found = await ec2.send(
    new DescribeInstancesCommand({ Filters: [{ Name: "client-token", Values: ["once"] }] }),
  );
  expect(found.Reservations).toHaveLength(1);
});

test("a refused launch keeps its token free", async () => {
  await expect(run({ KeyName: "none" })).rejects.toMatchObject({ name: "InvalidKeyPair.NotFound" });
  expect((await run()).Instances).toHaveLength(1);
});

test.each<[string, Partial<RunInstancesCommandInput>]>([
  ["InvalidAMIID.NotFound", { ImageId: "ami-00000000000000000" }],
  ["MissingParameter", { ImageId: undefined }],
  ["InvalidParameterValue", { InstanceType: "x1.none" as never }],
  ["InvalidParameterValue", { InstanceType: "t4g.micro" }],
  ["InvalidSubnetID.NotFound", { SubnetId: "subnet-00000000" }],
  ["InvalidGroup.NotFound", { SecurityGroupIds: ["sg-00000000"] }],
  ["InvalidParameterValue", { IamInstanceProfile: { Name: "none" } }],
  ["InvalidParameterValue", { MinCount: 2 }],
  ["VcpuLimitExceeded", { MaxCount: 20_000 }],
  [
    "InvalidParameterValue",
    { TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "aws:owner", Value: "me" }] }] },
  ],
])("a launch is refused with %s for %j", async (name, more) => {
  await expect(run(more)).rejects.toMatchObject({ name });
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
  expect(Reservations).toEqual([]);
});

test("a type starts in the zones that offer it and in no other", async () => {
  const { InstanceTypeOfferings = [] } = await ec2.send(
    new DescribeInstanceTypeOfferingsCommand({
      LocationType: "availability-zone",
      Filters: [{ Name: "instance-type", Values: ["m7i.large"] }],
    }),
  );
  const offered = InstanceTypeOfferings.map(({ Location }) => Location);
  expect(offered).not.toContain("us-east-1f");
  await expect(
    run({ InstanceType: "m7i.large", SubnetId: await subnetIn("us-east-1f") }),
  ).rejects.toMatchObject({ name: "Unsupported" });
  await run({ InstanceType: "m7i.large", SubnetId: await subnetIn(offered[0] ?? "") });
});

test("a client token copies an AMI once", async () => {
  const copy = { Name: "copy", SourceImageId: request.ImageId, SourceRegion: "us-east-1", ClientToken: "c" };
  const [first, again] = [
    await ec2.send(new CopyImageCommand(copy)),
    await ec2.send(new CopyImageCommand(copy)),
  ];
  expect(again.ImageId).toBe(first.ImageId);
  await expect(ec2.send(new CopyImageCommand({ ...copy, Name: "other" }))).rejects.toMatchObject({
    name: "IdempotentParameterMismatch",
  });
});
