import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
} from "@aws-sdk/client-auto-scaling";
import { DescribeInstanceImageMetadataCommand, EC2Client } from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import { createSimulator } from "../../simulator";
import { clientConfig, manualClock } from "../../testing";

const clock = manualClock(Date.parse("2026-03-02T12:00:00Z"));
const config = clientConfig(createSimulator({ seed: "demo", clock }), { account: "111111111111" });
const scaling = new AutoScalingClient(config);

test("the demo's groups run images of the demo's pipelines, and each instance is one of EC2", async () => {
  const { AutoScalingGroups = [] } = await scaling.send(new DescribeAutoScalingGroupsCommand({}));
  const { InstanceImageMetadata = [] } = await new EC2Client(config).send(
    new DescribeInstanceImageMetadataCommand({
      Filters: [{ Name: "tag-key", Values: ["aws:autoscaling:groupName"] }],
    }),
  );
  const imagesOf = (name: string) => [
    ...new Set(
      InstanceImageMetadata.filter(({ Tags }) => Tags?.some(({ Value }) => Value === name)).map(
        ({ ImageMetadata }) => ImageMetadata?.Name,
      ),
    ),
  ];
  expect(AutoScalingGroups.map((group) => group.AutoScalingGroupName)).toContain("java-legacy");
  for (const { Instances = [], DesiredCapacity } of AutoScalingGroups)
    expect(
      Instances.filter(({ LifecycleState }) => LifecycleState === "InService").length,
    ).toBeLessThanOrEqual(DesiredCapacity ?? 0);
  expect(imagesOf("web-prod")).toHaveLength(1);
  expect(imagesOf("api-ubuntu")).toHaveLength(2);
});

test("one refresh is under way at the pace of life and waits at its checkpoint", async () => {
  const refresh = async () =>
    (await scaling.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName: "checkout" })))
      .InstanceRefreshes?.[0];
  expect(await refresh()).toMatchObject({ Status: "InProgress", PercentageComplete: 25 });
  clock.advance(30 * 60_000);
  expect(await refresh()).toMatchObject({
    Status: "InProgress",
    PercentageComplete: 50,
    StatusReason: expect.stringContaining("Checkpoint"),
  });
});
