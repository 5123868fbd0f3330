import {
  AutoScalingClient,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
} from "@aws-sdk/client-auto-scaling";
import { DescribeLaunchTemplateVersionsCommand } from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hostileText } from "@/lib/testing/hostile-json";
import { createSampleGroup } from "@/lib/testing/sample-group";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { copyLaunchConfiguration } from "./copy-launch-configuration";
import { previewTemplateCopy } from "./preview-template-copy";
import { toLaunchTemplate } from "./to-launch-template";

/** As long as AWS lets it be: with more around it, it fits into no description. */
const CONFIGURATION = `web-2019-${"x".repeat(246)}`;
const WHOLE = {
  LaunchConfigurationName: "web-2019",
  ImageId: "ami-0123456789abcdef0",
  InstanceType: "m5.large",
  CreatedTime: new Date(0),
  KeyName: "ops",
  SecurityGroups: ["sg-0123456789abcdef0"],
  UserData: "IyEvYmluL3No",
  KernelId: "aki-1",
  RamdiskId: "ari-1",
  BlockDeviceMappings: [
    { DeviceName: "/dev/xvda", Ebs: { VolumeSize: 20, VolumeType: "gp3", Encrypted: true } },
    { DeviceName: "/dev/sdb", NoDevice: true },
  ],
  InstanceMonitoring: { Enabled: true },
  SpotPrice: "0.05",
  IamInstanceProfile: "web",
  EbsOptimized: true,
  AssociatePublicIpAddress: true,
  PlacementTenancy: "dedicated",
  MetadataOptions: { HttpTokens: "required" as const, HttpPutResponseHopLimit: 2 },
  ClassicLinkVPCId: "vpc-1",
  ClassicLinkVPCSecurityGroups: ["sg-1"],
};

it("carries every member over or says that it does not", () => {
  const { data, carried, notes } = toLaunchTemplate({ ...WHOLE, Hibernation: "on" } as typeof WHOLE);
  expect(data).toEqual({
    ImageId: "ami-0123456789abcdef0",
    InstanceType: "m5.large",
    KeyName: "ops",
    UserData: "IyEvYmluL3No",
    KernelId: "aki-1",
    RamDiskId: "ari-1",
    BlockDeviceMappings: [
      { DeviceName: "/dev/xvda", Ebs: { VolumeSize: 20, VolumeType: "gp3", Encrypted: true } },
      { DeviceName: "/dev/sdb", NoDevice: "" },
    ],
    Monitoring: { Enabled: true },
    InstanceMarketOptions: { MarketType: "spot", SpotOptions: { MaxPrice: "0.05" } },
    IamInstanceProfile: { Name: "web" },
    EbsOptimized: true,
    NetworkInterfaces: [{ DeviceIndex: 0, AssociatePublicIpAddress: true, Groups: ["sg-0123456789abcdef0"] }],
    Placement: { Tenancy: "dedicated" },
    MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 2 },
  });
  expect(JSON.stringify(carried)).not.toContain(WHOLE.UserData);
  for (const left of ["vpc-1", "sg-1", "Hibernation"]) expect(notes.join()).toContain(left);
});

it("shows hostile names short and well-formed, and carries them over as they are", () => {
  const hostile = fc.oneof(hostileText, fc.constant("n".repeat(1_000_000))).filter((text) => text !== "");
  const texts = Object.entries(WHOLE).flatMap(([name, value]) => (typeof value === "string" ? name : []));
  fc.assert(
    fc.property(fc.constantFrom(...texts), hostile, hostile, (member, text, device) => {
      const configuration = { ...WHOLE, [member]: text, BlockDeviceMappings: [{ DeviceName: device }] };
      const { data, carried, notes } = toLaunchTemplate({ ...configuration, [text]: "odd" });
      for (const shown of [...carried.map(({ value }) => value), ...notes]) {
        expect(shown.isWellFormed() && !shown.includes("\0")).toBe(true);
        expect(Buffer.byteLength(shown)).toBeLessThanOrEqual(1_000);
      }
      expect(data.BlockDeviceMappings?.[0]?.DeviceName).toBe(device);
      if (member === "UserData") expect(data.UserData).toBe(text);
    }),
  );
});

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
}, 60_000);
afterAll(() => testConsole.close());

it("has the group start instances with the template, also after a failure in between", async () => {
  const { accountId, region } = testConsole.target;
  const endpoint = testConsole.simulatorUrl;
  const scaling = new AutoScalingClient({
    ...{ endpoint, region },
    credentials: { accessKeyId: accountId, secretAccessKey: "any" },
  });
  const sample = await createSampleGroup({ endpoint, accountId, region }, { name: "new", count: 1 });
  await scaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: CONFIGURATION,
      ImageId: sample.amis[0],
      InstanceType: "m5.large",
      SecurityGroups: ["sg-0123456789abcdef0"],
    }),
  );
  await createSampleGroup(
    { endpoint, accountId, region },
    { name: "web", count: 2, LaunchTemplate: undefined, LaunchConfigurationName: CONFIGURATION },
  );
  const ctx = testConsole.contextOf();
  const key = { region, group: "web" };
  const preview = await previewTemplateCopy({ ctx, input: key });
  expect(preview).toMatchObject({ configuration: CONFIGURATION, notes: [] });
  const copy = (name: string) => copyLaunchConfiguration({ ctx, input: { ...key, name } });
  await expect(copy("new")).rejects.toThrow("There is a launch template named new already.");

  const trouble = `${endpoint}/_simulator/trouble?account=${accountId}`;
  await fetch(trouble, {
    method: "PUT",
    body: JSON.stringify({ denied: ["autoscaling:UpdateAutoScalingGroup"] }),
  });
  await expect(copy("web-2026")).rejects.toMatchObject({ detail: { code: "access-denied" } });
  await fetch(trouble, { method: "DELETE" });
  await copy("web-2026");
  const { AutoScalingGroups } = await scaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ["web"] }),
  );
  expect(AutoScalingGroups?.[0]).toMatchObject({
    LaunchTemplate: { LaunchTemplateName: "web-2026", Version: "1" },
  });
  expect(AutoScalingGroups?.[0]?.LaunchConfigurationName).toBeUndefined();
  const { LaunchTemplateVersions } = await sample.ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName: "web-2026" }),
  );
  expect(LaunchTemplateVersions).toHaveLength(1);
  expect(LaunchTemplateVersions?.[0]?.LaunchTemplateData).toMatchObject({
    ImageId: sample.amis[0],
    InstanceType: "m5.large",
    SecurityGroupIds: ["sg-0123456789abcdef0"],
  });
}, 60_000);
