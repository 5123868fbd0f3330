import {
  AutoScalingClient,
  CancelInstanceRefreshCommand,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  EnterStandbyCommand,
  RollbackInstanceRefreshCommand,
  SetDesiredCapacityCommand,
  SetInstanceProtectionCommand,
  StartInstanceRefreshCommand,
  type StartInstanceRefreshCommandInput,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  CopyImageCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeregisterImageCommand,
  DescribeImagesCommand,
  DescribeInstanceImageMetadataCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
  ModifyLaunchTemplateCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { beforeEach, expect, test } from "vitest";
import { createSimulator, type Simulator } from "../../simulator";
import { clientConfig, type ManualClock, manualClock } from "../../testing";

const MINUTE_MS = 60_000;
const GROUP = { AutoScalingGroupName: "web" };
let clock: ManualClock;
let simulator: Simulator;
let scaling: AutoScalingClient;
let ec2: EC2Client;
let ssm: SSMClient;
let amis: string[];

/** Two AMIs and a template whose versions 1 and 2 name them; version 1 is the default. */
beforeEach(async () => {
  clock = manualClock(Date.parse("2026-01-01T00:00:00Z"));
  simulator = createSimulator({ seed: "empty", speed: 1, clock });
  const config = clientConfig(simulator, { account: "222222222222" });
  [scaling, ec2, ssm] = [new AutoScalingClient(config), new EC2Client(config), new SSMClient(config)];
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  amis = [];
  for (const Name of ["old", "new"]) {
    const copy = { Name, SourceImageId: Images?.[0]?.ImageId ?? "", SourceRegion: "us-east-1" };
    amis.push((await ec2.send(new CopyImageCommand(copy))).ImageId ?? "");
  }
  const [old, fresh] = amis;
  await ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: "web", LaunchTemplateData: { ImageId: old } }),
  );
  await ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName: "web",
      LaunchTemplateData: { ImageId: fresh },
    }),
  );
});

const template = (Version: string) => ({ LaunchTemplateName: "web", Version });

async function createGroup(count = 4, Version = "1") {
  const size = { MinSize: 0, MaxSize: 20, DesiredCapacity: count };
  await scaling.send(
    new CreateAutoScalingGroupCommand({ ...GROUP, ...size, LaunchTemplate: template(Version) }),
  );
}

const start = (input: Partial<StartInstanceRefreshCommandInput> = {}) =>
  scaling.send(
    new StartInstanceRefreshCommand({
      ...GROUP,
      DesiredConfiguration: { LaunchTemplate: template("2") },
      ...input,
    }),
  );

const refresh = async () =>
  (await scaling.send(new DescribeInstanceRefreshesCommand(GROUP))).InstanceRefreshes?.[0];
const group = async () =>
  (await scaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ["web"] })))
    .AutoScalingGroups?.[0];

/** How many instances of the group run each AMI, by EC2's word. */
async function running() {
  const { InstanceImageMetadata = [] } = await ec2.send(
    new DescribeInstanceImageMetadataCommand({
      Filters: [{ Name: "instance-state-name", Values: ["running"] }],
    }),
  );
  const names = InstanceImageMetadata.map(({ ImageMetadata }) => ImageMetadata?.Name);
  return {
    old: names.filter((one) => one === "old").length,
    new: names.filter((one) => one === "new").length,
  };
}

test("a refresh replaces batch by batch and then sets the group's template", async () => {
  await createGroup();
  await start({ Preferences: { MinHealthyPercentage: 50, InstanceWarmup: 120 } });
  expect(await refresh()).toMatchObject({ Status: "Pending", InstancesToUpdate: 4 });
  clock.advance(MINUTE_MS);
  expect((await group())?.Instances?.map((one) => one.LifecycleState).sort()).toEqual([
    "InService",
    "InService",
    "Pending",
    "Pending",
    "Terminating",
    "Terminating",
  ]);
  clock.advance(3 * MINUTE_MS);
  expect(await refresh()).toMatchObject({
    Status: "InProgress",
    PercentageComplete: 50,
    InstancesToUpdate: 2,
  });
  expect((await group())?.LaunchTemplate?.Version).toBe("1");
  clock.advance(3 * MINUTE_MS);
  expect(await refresh()).toMatchObject({
    Status: "Successful",
    PercentageComplete: 100,
    InstancesToUpdate: 0,
  });
  expect((await group())?.LaunchTemplate?.Version).toBe("2");
  expect(await running()).toEqual({ old: 0, new: 4 });
});

test("a maintenance policy above 100% starts before it ends", async () => {
  await createGroup();
  const InstanceMaintenancePolicy = { MinHealthyPercentage: 100, MaxHealthyPercentage: 150 };
  await scaling.send(new UpdateAutoScalingGroupCommand({ ...GROUP, InstanceMaintenancePolicy }));
  await start();
  clock.advance(MINUTE_MS / 2);
  expect((await group())?.Instances?.map((one) => one.LifecycleState).sort()).toEqual([
    "InService",
    "InService",
    "InService",
    "InService",
    "Pending",
    "Pending",
  ]);
});

test("checkpoints hold, bake time follows the last instance, and a last checkpoint below 100 ends it", async () => {
  await createGroup();
  const Preferences = { CheckpointPercentages: [50, 100], CheckpointDelay: 600, BakeTime: 300 };
  await start({ Preferences });
  clock.advance(5 * MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status: "InProgress", PercentageComplete: 50 });
  expect((await refresh())?.StatusReason).toContain("Checkpoint");
  clock.advance(9 * MINUTE_MS + 10_000);
  expect(await refresh()).toMatchObject({ Status: "Baking", PercentageComplete: 100 });
  clock.advance(5 * MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status: "Successful" });
  await start({
    DesiredConfiguration: { LaunchTemplate: template("1") },
    Preferences: { CheckpointPercentages: [25] },
  });
  clock.advance(10 * MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status: "Successful" });
  expect(await running()).toEqual({ old: 1, new: 3 });
});

test("a cancelled refresh ends its batch and leaves what is done", async () => {
  await createGroup();
  await start();
  clock.advance(90_000);
  await scaling.send(new CancelInstanceRefreshCommand(GROUP));
  expect(await refresh()).toMatchObject({ Status: "Cancelling" });
  clock.advance(MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status: "Cancelled", PercentageComplete: 50 });
  expect(await running()).toEqual({ old: 2, new: 2 });
  expect((await group())?.LaunchTemplate?.Version).toBe("1");
  await expect(scaling.send(new CancelInstanceRefreshCommand(GROUP))).rejects.toThrow("No in progress");
});

test("an alarm fails a refresh, or rolls it back when it is told to", async () => {
  const alarm = (alarms: string[]) =>
    simulator.handle(
      new Request("http://localhost/_simulator/trouble", { method: "PUT", body: JSON.stringify({ alarms }) }),
    );
  await createGroup();
  const AlarmSpecification = { Alarms: ["5xx"] };
  await start({ Preferences: { AlarmSpecification } });
  clock.advance(90_000);
  await alarm(["5xx"]);
  expect(await refresh()).toMatchObject({ Status: "Failed", StatusReason: expect.stringContaining("5xx") });
  await alarm([]);
  await start({ Preferences: { AlarmSpecification, AutoRollback: true, SkipMatching: true } });
  clock.advance(90_000);
  await alarm(["5xx"]);
  expect(await refresh()).toMatchObject({
    Status: "RollbackInProgress",
    RollbackDetails: { RollbackReason: expect.stringContaining("5xx") },
  });
  clock.advance(10 * MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status: "RollbackSuccessful", PercentageComplete: 100 });
  expect((await group())?.LaunchTemplate?.Version).toBe("1");
});

test("a person rolls back", async () => {
  await createGroup();
  await start();
  clock.advance(2 * MINUTE_MS);
  await scaling.send(new RollbackInstanceRefreshCommand(GROUP));
  clock.advance(10 * MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status: "RollbackSuccessful" });
  expect(await running()).toEqual({ old: 4, new: 0 });
});

test.each([
  ["$Default", {}],
  ["$Latest", {}],
  ["1", { DesiredConfiguration: undefined }],
])("a group on %s with %o cannot go back", async (version, input) => {
  await createGroup(2, version);
  await expect(start({ ...input, Preferences: { AutoRollback: true } })).rejects.toThrow("auto rollback");
  await start(input);
  clock.advance(30_000);
  await expect(scaling.send(new RollbackInstanceRefreshCommand(GROUP))).rejects.toMatchObject({
    name: "IrreversibleInstanceRefreshFault",
  });
});

test("a group whose AMI is a parameter starts what the parameter holds, and cannot go back", async () => {
  const Name = "/images/web";
  const [old, fresh] = amis;
  await ssm.send(new PutParameterCommand({ Name, Value: old, DataType: "aws:ec2:image", Type: "String" }));
  const LaunchTemplateData = { ImageId: `resolve:ssm:${Name}` };
  await ec2.send(new CreateLaunchTemplateVersionCommand({ LaunchTemplateName: "web", LaunchTemplateData }));
  await createGroup(2, "3");
  expect(await running()).toEqual({ old: 2, new: 0 });
  await ssm.send(new PutParameterCommand({ Name, Value: fresh, Overwrite: true }));
  const versions = { LaunchTemplateName: "web", Versions: ["3"] };
  const imageId = async (ResolveAlias: boolean) =>
    (await ec2.send(new DescribeLaunchTemplateVersionsCommand({ ...versions, ResolveAlias })))
      .LaunchTemplateVersions?.[0]?.LaunchTemplateData?.ImageId;
  expect([await imageId(false), await imageId(true)]).toEqual([`resolve:ssm:${Name}`, fresh]);
  await start({ DesiredConfiguration: { LaunchTemplate: template("3") } });
  clock.advance(MINUTE_MS / 2);
  await expect(scaling.send(new RollbackInstanceRefreshCommand(GROUP))).rejects.toThrow("parameter");
  clock.advance(10 * MINUTE_MS);
  expect(await running()).toEqual({ old: 0, new: 2 });
});

test("a group that scales out after its default moved is mixed", async () => {
  await createGroup(2, "$Default");
  await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName: "web", DefaultVersion: "2" }));
  await scaling.send(new SetDesiredCapacityCommand({ ...GROUP, DesiredCapacity: 3 }));
  expect(await running()).toEqual({ old: 2, new: 1 });
});

test("overrides with an AMI or a template of their own come first", async () => {
  const MixedInstancesPolicy = {
    LaunchTemplate: {
      LaunchTemplateSpecification: template("1"),
      Overrides: [
        { InstanceType: "m7i.large", ImageId: amis[1] },
        { InstanceType: "m6i.large", LaunchTemplateSpecification: template("2") },
        { InstanceType: "c7i.large" },
      ],
    },
  };
  await scaling.send(
    new CreateAutoScalingGroupCommand({ ...GROUP, MinSize: 3, MaxSize: 3, MixedInstancesPolicy }),
  );
  expect(await running()).toEqual({ old: 1, new: 2 });
  expect((await group())?.Instances?.map((one) => one.ImageId)).toEqual([amis[1], undefined, undefined]);
});

test("a launch configuration starts its AMI; EC2 tells of it when it is deregistered", async () => {
  const configuration = { LaunchConfigurationName: "web-2019", ImageId: amis[0], InstanceType: "m5.large" };
  await scaling.send(new CreateLaunchConfigurationCommand(configuration));
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      ...GROUP,
      MinSize: 1,
      MaxSize: 1,
      LaunchConfigurationName: "web-2019",
    }),
  );
  await ec2.send(new DeregisterImageCommand({ ImageId: amis[0] }));
  const { InstanceImageMetadata } = await ec2.send(new DescribeInstanceImageMetadataCommand({}));
  expect(InstanceImageMetadata?.[0]?.ImageMetadata).toMatchObject({ Name: "old", State: "deregistered" });
});

test("what cannot start keeps the refresh waiting, then fails it", async () => {
  await createGroup(2);
  await ec2.send(new DeregisterImageCommand({ ImageId: amis[1] }));
  await start();
  clock.advance(MINUTE_MS);
  expect(await refresh()).toMatchObject({
    Status: "InProgress",
    StatusReason: expect.stringContaining("does not exist"),
  });
  expect(await running()).toEqual({ old: 2, new: 0 });
  clock.advance(60 * MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status: "Failed" });
});

test.each([
  ["Wait", "Failed", { old: 1, new: 2 }],
  ["Ignore", "Successful", { old: 1, new: 2 }],
  ["Refresh", "Successful", { old: 0, new: 3 }],
] as const)("instances protected from scale in: %s", async (choice, Status, left) => {
  await createGroup(3);
  const id = (await group())?.Instances?.[0]?.InstanceId ?? "";
  const protection = { ...GROUP, InstanceIds: [id], ProtectedFromScaleIn: true };
  await scaling.send(new SetInstanceProtectionCommand(protection));
  await start({ Preferences: { ScaleInProtectedInstances: choice } });
  clock.advance(90 * MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status });
  expect(await running()).toEqual(left);
});

test.each([
  ["Wait", "Failed", { old: 1, new: 2 }],
  ["Ignore", "Successful", { old: 1, new: 2 }],
  ["Terminate", "Successful", { old: 0, new: 2 }],
] as const)("instances in standby: %s", async (choice, Status, left) => {
  await createGroup(3);
  const id = (await group())?.Instances?.[0]?.InstanceId ?? "";
  await scaling.send(
    new EnterStandbyCommand({ ...GROUP, InstanceIds: [id], ShouldDecrementDesiredCapacity: true }),
  );
  await start({ Preferences: { StandbyInstances: choice } });
  clock.advance(90 * MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status });
  expect(await running()).toEqual(left);
});

test("skip matching leaves what runs the version already; two refreshes at once are refused", async () => {
  await createGroup(2, "2");
  await start({ Preferences: { SkipMatching: true } });
  await expect(start()).rejects.toMatchObject({ name: "InstanceRefreshInProgressFault" });
  clock.advance(MINUTE_MS);
  expect(await refresh()).toMatchObject({ Status: "Successful", InstancesToUpdate: 0 });
});

test.each([
  [{ MinHealthyPercentage: 101 }],
  [{ MaxHealthyPercentage: 120 }],
  [{ MinHealthyPercentage: 50, MaxHealthyPercentage: 200 }],
  [{ CheckpointPercentages: [50, 20] }],
  [{ CheckpointPercentages: [0, 100] }],
  [{ CheckpointDelay: 172_801 }],
  [{ BakeTime: 172_801 }],
])("refuses %j", async (Preferences) => {
  await createGroup(1);
  await expect(start({ Preferences })).rejects.toMatchObject({ name: "ValidationError" });
});

test("an instance that is ended in EC2 is replaced by the group", async () => {
  await createGroup(2);
  const ids = (await group())?.Instances?.map((one) => one.InstanceId ?? "") ?? [];
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: ids.slice(0, 1) }));
  const after = (await group())?.Instances?.map((one) => one.InstanceId) ?? [];
  expect(after).toHaveLength(2);
  expect(after).not.toContain(ids[0]);
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({ InstanceIds: ids.slice(0, 1) }),
  );
  expect(Reservations[0]?.Instances?.[0]?.State?.Name).toBe("terminated");
});
