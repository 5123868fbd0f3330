import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DeleteAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  CreateLaunchTemplateVersionCommand,
  DescribeImagesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeSnapshotsCommand,
  EC2Client,
  EnableImageDeregistrationProtectionCommand,
  ModifyImageAttributeCommand,
} from "@aws-sdk/client-ec2";
import {
  CreateImageCommand,
  CreateImagePipelineCommand,
  CreateImageRecipeCommand,
  StartImagePipelineExecutionCommand,
} from "@aws-sdk/client-imagebuilder";
import { DescribeParametersCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { HOUR_MS } from "@/lib/core/time";
import { indexBuilds } from "@/lib/testing/index-builds";
import { createSampleFactory, SAMPLE_PARAMETER } from "@/lib/testing/sample-clean-up";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { beginCleanUp } from "./begin-clean-up";
import { planCleanUp } from "./plan-clean-up";
import { runCleanUpStep } from "./run-clean-up-step";
import type { CleanUpKind, CleanUpPlan } from "./types";

const region = "us-east-1";
const name = "web";
let testConsole: TestConsole;
let templateId: string;
let imagePipelineArn: string;

const optionsIn = (where: string) => ({
  endpoint: testConsole.simulatorUrl,
  region: where,
  credentials: { accessKeyId: testConsole.target.accountId, secretAccessKey: "any" },
});
const ec2 = () => new EC2Client(optionsIn(region));
const scaling = () => new AutoScalingClient(optionsIn(region));
const ssm = () => new SSMClient(optionsIn(region));

async function open(builds: number) {
  testConsole = await startTestConsole();
  const made = await createSampleFactory(
    {
      endpoint: testConsole.simulatorUrl,
      accountId: testConsole.target.accountId,
      region,
      imagebuilder: testConsole.imageBuilder,
    },
    builds,
  );
  ({ templateId, imagePipelineArn } = made);
  testConsole.clock.advance(3 * HOUR_MS);
  await indexBuilds(testConsole);
}
/** The console asks AWS anew of what it has known for longer than this. */
const STALE_MS = 60_000;
const plan = (ctx = testConsole.contextOf()): Promise<CleanUpPlan> => {
  testConsole.clock.advance(STALE_MS);
  return planCleanUp({ ctx, input: { name } });
};
const step = (id: string) => runCleanUpStep({ ctx: testConsole.contextOf(), input: { name, id } });
/** Runs everything that goes; gives the plan afterwards. */
async function run(): Promise<CleanUpPlan> {
  const { goes } = await plan();
  await beginCleanUp({ ctx: testConsole.contextOf(), input: { name } });
  for (const { id } of goes) await step(id);
  return plan();
}
async function setTrouble(trouble: object | undefined) {
  const url = `${testConsole.simulatorUrl}/_simulator/trouble?account=${testConsole.target.accountId}`;
  await fetch(url, trouble ? { method: "PUT", body: JSON.stringify(trouble) } : { method: "DELETE" });
}
/** What is left in the account of everything that a pipeline makes. */
async function left(): Promise<string[]> {
  const inRegion = async (where: string) => {
    const client = new EC2Client(optionsIn(where));
    const images = { Owners: ["self"], IncludeDisabled: true };
    const [{ Images = [] }, { Snapshots = [] }, { LaunchTemplates = [] }] = await Promise.all([
      client.send(new DescribeImagesCommand(images)),
      client.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"] })),
      client.send(new DescribeLaunchTemplatesCommand({})),
    ]);
    return [
      ...Images.map(() => "ami"),
      ...Snapshots.map(() => "snapshot"),
      ...LaunchTemplates.map(() => "template"),
    ];
  };
  const { Parameters = [] } = await ssm().send(new DescribeParametersCommand({}));
  const ours = Parameters.filter(({ Name = "" }) => !Name.startsWith("/aws/"));
  return [...(await inRegion(region)), ...(await inRegion("eu-west-1")), ...ours.map(() => "parameter")];
}
const kindsOf = (things: { kind: CleanUpKind }[]) => things.map(({ kind }) => kind).join(" ");
const amiOf = ({ goes, stays }: CleanUpPlan) => {
  const ami = [...goes, ...stays].find((one) => one.kind === "ami" && one.region === region);
  return ami?.at && "amiId" in ami.at ? ami.at.amiId : "";
};
async function createGroup() {
  const LaunchTemplate = { LaunchTemplateId: templateId, Version: "$Default" };
  const size = { MinSize: 0, MaxSize: 2, DesiredCapacity: 1 };
  await scaling().send(
    new CreateAutoScalingGroupCommand({ AutoScalingGroupName: "front", LaunchTemplate, ...size }),
  );
}
const deleteGroup = () =>
  scaling().send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: "front", ForceDelete: true }));

describe("a clean-up", () => {
  beforeEach(() => open(1), 60_000);
  afterEach(() => testConsole.close());

  it("goes on after a failure in the middle, also without the pipeline, to the empty account", async () => {
    const first = await plan();
    expect([kindsOf(first.goes), first.stays]).toEqual([
      "launch-template parameter ami ami snapshot snapshot image image-pipeline image-recipe infrastructure-configuration distribution-configuration component",
      [],
    ]);
    const idOf = (kind: CleanUpKind) => first.goes.find((one) => one.kind === kind)?.id ?? "";
    await expect(step(idOf("launch-template"))).rejects.toThrow("Begin the clean-up first");
    await beginCleanUp({ ctx: testConsole.contextOf(), input: { name } });
    await expect(step(idOf("snapshot"))).rejects.toThrow("has to be removed first");
    await setTrouble({ denied: ["imagebuilder:DeleteImageRecipe"] });
    const runAll = async () => {
      for (const { id } of first.goes) await step(id);
    };
    await expect(runAll()).rejects.toThrow("DeleteImageRecipe");
    const rest = await plan();
    expect([rest.isGone, kindsOf(rest.goes)]).toEqual([
      true,
      "image-recipe infrastructure-configuration distribution-configuration component",
    ]);
    await setTrouble(undefined);
    await runAll();
    expect([await left(), await plan()]).toMatchObject([[], { goes: [], stays: [] }]);
    const rows = await testConsole.auditRows();
    expect(rows.map(({ action, result }) => `${action} ${result}`)).toEqual([
      "set-pipeline-status succeeded",
      "begin-clean-up succeeded",
      "run-clean-up-step succeeded",
      "run-clean-up-step succeeded",
      ...["disable-ami", "deregister-ami", "disable-ami", "deregister-ami"].map((one) => `${one} succeeded`),
      "run-clean-up-step succeeded",
      "run-clean-up-step succeeded",
      "delete-image-build succeeded",
      "delete-resource succeeded",
      "delete-resource failed",
      ...Array(4).fill("delete-resource succeeded"),
    ]);
  }, 120_000);

  it("leaves what is used, and takes it once nobody uses it", async () => {
    await createGroup();
    const between = await run();
    expect(kindsOf(between.stays)).toBe("launch-template ami snapshot image image-recipe component");
    expect(between.stays[0]?.why).toEqual(["Used by the Auto Scaling group front."]);
    expect((await left()).toSorted()).toEqual(["ami", "snapshot", "template"]);
    await expect(step(between.stays[0]?.id ?? "")).rejects.toThrow("Used by the Auto Scaling group front");
    await deleteGroup();
    const end = await run();
    expect([end.goes, end.stays, await left()]).toEqual([[], [], []]);
  }, 120_000);
});

/** Every way in which something of the pipeline is used or not known: what stays then, and why. */
type Case = [what: string, kind: CleanUpKind, why: RegExp, begin: (amiId: string) => Promise<unknown>];
const USES: Case[] = [
  [
    "protected",
    "ami",
    /Deregistration protection is on/,
    (ImageId) => ec2().send(new EnableImageDeregistrationProtectionCommand({ ImageId })),
  ],
  [
    "shared",
    "ami",
    /Shared with 1 other/,
    (ImageId) =>
      ec2().send(
        new ModifyImageAttributeCommand({
          ImageId,
          LaunchPermission: { Add: [{ UserId: "333333333333" }] },
        }),
      ),
  ],
  [
    "launch configuration",
    "ami",
    /Used by the launch configuration old/,
    (ImageId) =>
      scaling().send(
        new CreateLaunchConfigurationCommand({
          LaunchConfigurationName: "old",
          ImageId,
          InstanceType: "t3.small",
        }),
      ),
  ],
  [
    "foreign parameter",
    "ami",
    /Used by the parameter \/team\/base/,
    (Value) => ssm().send(new PutParameterCommand({ Name: "/team/base", Value, Type: "String" })),
  ],
  [
    "recipe on the AMI",
    "ami",
    /Used by the image recipe on-ami 1\.0\.0/,
    (parentImage) => createRecipe("on-ami", parentImage),
  ],
  [
    "recipe on any version of the image",
    "ami",
    /Used by the image recipe on-image 1\.0\.0/,
    () => createRecipe("on-image", imageArn("x.x.x")),
  ],
  [
    "another pipeline with the same infrastructure",
    "infrastructure-configuration",
    /Used by the pipeline other/,
    () => createOtherPipeline(),
  ],
  [
    "an image that was built by hand",
    "image-recipe",
    /Used by the build web-recipe 1\.0\.0\/3, which this pipeline did not make/,
    () =>
      testConsole.imageBuilder.send(
        new CreateImageCommand({
          imageRecipeArn: arnOf("image-recipe/web-recipe/1.0.0"),
          infrastructureConfigurationArn: arnOf("infrastructure-configuration/web-infrastructure"),
        }),
      ),
  ],
  [
    "version of somebody else",
    "launch-template",
    /Version 4 of it holds no AMI of this pipeline/,
    () =>
      ec2().send(
        new CreateLaunchTemplateVersionCommand({
          LaunchTemplateId: templateId,
          LaunchTemplateData: { ImageId: "ami-0123456789abcdef0" },
        }),
      ),
  ],
  [
    "parameter with another AMI",
    "parameter",
    /It holds ami-0123456789abcdef0, which this pipeline did not make/,
    () =>
      ssm().send(
        new PutParameterCommand({
          Name: SAMPLE_PARAMETER,
          Value: "ami-0123456789abcdef0",
          Type: "String",
          Overwrite: true,
        }),
      ),
  ],
  ["group", "launch-template", /Used by the Auto Scaling group front/, createGroup],
];
const arnOf = (resource: string) =>
  `arn:aws:imagebuilder:${region}:${testConsole.target.accountId}:${resource}`;
const imageArn = (version: string) => arnOf(`image/web-recipe/${version}`);
const createRecipe = (recipe: string, parentImage: string) =>
  testConsole.imageBuilder.send(
    new CreateImageRecipeCommand({
      name: recipe,
      semanticVersion: "1.0.0",
      parentImage,
      components: [{ componentArn: arnOf("component/web-component/1.0.0/1") }],
    }),
  );
async function createOtherPipeline() {
  const base = "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x";
  const { imageRecipeArn } = await createRecipe("other", base);
  await testConsole.imageBuilder.send(
    new CreateImagePipelineCommand({
      name: "other",
      imageRecipeArn,
      infrastructureConfigurationArn: arnOf("infrastructure-configuration/web-infrastructure"),
    }),
  );
}
/** Calls that are refused, and what is not known then. */
const DENIED: [action: string, kind: CleanUpKind][] = [
  ["ec2:DescribeInstances", "ami"],
  ["ec2:DescribeImages", "ami"],
  ["ec2:DescribeImageAttribute", "ami"],
  ["ssm:DescribeParameters", "ami"],
  ["ec2:DescribeSnapshots", "snapshot"],
  ["autoscaling:DescribeAutoScalingGroups", "launch-template"],
  ["ssm:GetParameters", "parameter"],
  ["imagebuilder:GetImagePolicy", "image"],
  ["imagebuilder:ListContainerRecipes", "component"],
  ["imagebuilder:ListLifecyclePolicies", "image-recipe"],
  ["imagebuilder:ListImageBuildVersions", "image-recipe"],
  ["imagebuilder:ListDistributionConfigurations", "parameter"],
];

describe("what a clean-up leaves", () => {
  beforeAll(() => open(1), 60_000);
  afterAll(() => testConsole.close());

  it("is what a build that is under way makes and is made of", async () => {
    testConsole.clock.advance(STALE_MS);
    await testConsole.imageBuilder.send(new StartImagePipelineExecutionCommand({ imagePipelineArn }));
    const { goes, stays } = await planCleanUp({ ctx: testConsole.contextOf(), input: { name } });
    expect(stays.find((one) => one.kind === "image-pipeline")?.why).toEqual([
      "Its build web-recipe 1.0.0/2 is under way.",
    ]);
    expect(kindsOf(goes)).toBe("ami snapshot");
    testConsole.clock.advance(3 * HOUR_MS);
  });

  it.each(DENIED)("is what nobody could be asked about: %s", async (action, kind) => {
    await setTrouble({ denied: [action] });
    const { goes, stays } = await plan();
    await setTrouble(undefined);
    const unsure = stays.filter((one) => one.kind === kind);
    expect(unsure.length).toBeGreaterThan(0);
    // One that is used by what nobody could be asked about says so.
    expect(stays.filter(({ isNotKnown }) => isNotKnown).length).toBeGreaterThan(0);
    expect(goes.filter((one) => one.kind === kind && one.region !== "eu-west-1")).toEqual([]);
  });

  it("is what the person's role does not cover", async () => {
    const grant = (namePrefix: string) => ({ role: "admin" as const, target: "test", namePrefix });
    const { goes, stays } = await plan(
      testConsole.contextOf(grant("web"), { role: "viewer", target: "test" }),
    );
    expect(stays).toEqual([]);
    expect(goes.length).toBeGreaterThan(0);
    const viewer = await plan(testConsole.contextOf({ role: "viewer", target: "test" }));
    expect(viewer.goes).toEqual([]);
    expect(viewer.stays.every(({ why }) => why.some((text) => text.includes("Your role")))).toBe(true);
  });

  it.each(USES)("is what is used: %s", async (_, kind, why, begin) => {
    await begin(amiOf(await plan()));
    const { goes, stays } = await plan();
    const used = stays.filter((one) => one.kind === kind && one.why.some((text) => why.test(text)));
    expect(used.length).toBeGreaterThan(0);
    expect(goes.filter(({ id }) => used.some((one) => one.id === id))).toEqual([]);
  });
});
