import type { AutoScalingGroup, LaunchConfiguration } from "@aws-sdk/client-auto-scaling";
import type { InstanceImageMetadata, LaunchTemplateVersion, Tag } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import type { AmiBuild } from "@/lib/history/types";
import { findMembers } from "./find-members";
import { judgeDrift } from "./judge-drift";
import type { Lineage } from "./types";

const [OLD, MIDDLE, NEW, OTHER] = ["ami-00000001", "ami-00000002", "ami-00000003", "ami-0000000f"];
const at = (day: number) => `2026-03-${String(day).padStart(2, "0")}T12:00:00.000Z`;
const build = (number: number, newer: number, critical: number): AmiBuild => ({
  ...{ name: "web", version: "1.0.0", build: String(number), displayName: "Web", pipeline: "web" },
  ...{ createdAt: at(number * 10), newer, findings: { critical, high: critical } },
  newest: {
    name: "web",
    version: "1.0.0",
    build: "3",
    createdAt: at(30),
    findings: { critical: 1, high: 1 },
  },
});
/** Three good builds of one pipeline, on the 10th, the 20th and the 30th. */
const LINEAGE: Lineage = new Map([
  [OLD, build(1, 2, 4)],
  [MIDDLE, build(2, 1, 2)],
  [NEW, build(3, 0, 1)],
]);

/** Version 1 names the old AMI, 2 the middle one and is the default, 3 the new one; 4 names a parameter. */
const version = (number: number, ImageId: string | undefined): LaunchTemplateVersion => ({
  LaunchTemplateId: "lt-1",
  LaunchTemplateName: "web",
  VersionNumber: number,
  DefaultVersion: number === 2,
  LaunchTemplateData: { ImageId },
});
const VERSIONS = [version(1, OLD), version(2, MIDDLE), version(3, NEW)];
const byParameter = (label = ""): LaunchTemplateVersion[] => [
  {
    ...version(1, `resolve:ssm:/images/web${label}`),
    LaunchTemplateName: "by-parameter",
    LaunchTemplateId: "lt-2",
  },
];
const CONFIGURATIONS = [{ LaunchConfigurationName: "web-2019", ImageId: OLD }] as LaunchConfiguration[];

type World = {
  group?: Partial<AutoScalingGroup>;
  /** AMIs of the group's instances, as DescribeInstanceImageMetadata tells them; undefined where it does not. */
  runs?: (string | undefined)[];
  /** Members of the group's own list beside the ID. */
  instance?: object;
  /** Instances outside groups. */
  others?: { ami: string; tags?: Record<string, string>; state?: "deregistered" }[];
  versions?: LaunchTemplateVersion[];
  resolved?: [string, string][];
  state?: "deregistered";
};

const tagList = (tags: Record<string, string>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

function rowsOf({
  group,
  runs = [],
  instance,
  others = [],
  versions = VERSIONS,
  resolved = [],
  state,
}: World) {
  const told = runs.flatMap((ImageId, index): InstanceImageMetadata[] =>
    ImageId ? [{ InstanceId: `i-${index}`, ImageMetadata: { ImageId, ...(state && { State: state }) } }] : [],
  );
  const alone = others.map(
    ({ ami, tags = {}, state: gone }, index): InstanceImageMetadata => ({
      InstanceId: `i-9${index}`,
      Tags: tagList(tags),
      ImageMetadata: { ImageId: ami, ...(gone && { State: gone }) },
    }),
  );
  const Instances = runs.map((_, index) => ({ InstanceId: `i-${index}`, ...instance }));
  const groups = group ? [{ AutoScalingGroupName: "web", Instances, ...group } as AutoScalingGroup] : [];
  const starts = { groups, configurations: CONFIGURATIONS, versions, resolved: new Map(resolved) };
  return findMembers({ region: "us-east-1", starts, metadata: [...told, ...alone] }).map((member) =>
    judgeDrift(member, LINEAGE),
  );
}

const follows = (Version?: string) => ({ LaunchTemplate: { LaunchTemplateId: "lt-1", Version } });
const parameter = { LaunchTemplate: { LaunchTemplateId: "lt-2", Version: "1" } };
const mixed = (Version: string, ...Overrides: object[]) => ({
  MixedInstancesPolicy: {
    LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateId: "lt-1", Version }, Overrides },
  },
});

/** What is behind by so many builds and days, and how many instances differ. */
const CURRENT = "current";
const behind = (builds: number, days: number) => `behind ${builds} builds, ${days} days`;
const SAME = "same";
const differs = (count: number) => `${count} differ`;

type Row = [name: string, world: World, behind: string, mixed: string];

const ROWS: Row[] = [
  ["a group on $Default that runs it", { group: follows("$Default"), runs: [MIDDLE] }, behind(1, 10), SAME],
  ["a group that names no version", { group: follows(), runs: [MIDDLE] }, behind(1, 10), SAME],
  ["a group on $Latest", { group: follows("$Latest"), runs: [NEW, NEW] }, CURRENT, SAME],
  ["a group on the newest number", { group: follows("3"), runs: [NEW] }, CURRENT, SAME],
  ["a group pinned to an old number", { group: follows("1"), runs: [OLD, OLD] }, behind(2, 20), SAME],
  [
    "a moved $Latest that nobody refreshed",
    { group: follows("$Latest"), runs: [OLD, OLD] },
    CURRENT,
    differs(2),
  ],
  [
    "a scale-out after the default moved",
    { group: follows("$Default"), runs: [OLD, MIDDLE] },
    behind(1, 10),
    differs(1),
  ],
  ["a group ahead of its pin", { group: follows("1"), runs: [NEW, OLD] }, behind(2, 20), differs(1)],
  ["a group without instances", { group: follows("1") }, behind(2, 20), SAME],
  [
    "resolve:ssm: that holds the newest",
    { group: parameter, versions: byParameter(), resolved: [["/images/web", NEW]], runs: [NEW] },
    CURRENT,
    SAME,
  ],
  [
    "resolve:ssm: that moved",
    {
      group: parameter,
      versions: byParameter(),
      resolved: [["/images/web", NEW]],
      runs: [OLD, NEW],
      instance: { LaunchTemplate: { LaunchTemplateId: "lt-2", Version: "1" } },
    },
    CURRENT,
    differs(1),
  ],
  [
    "resolve:ssm: with a version",
    { group: parameter, versions: byParameter(":7"), resolved: [["/images/web:7", OLD]], runs: [OLD] },
    behind(2, 20),
    SAME,
  ],
  [
    "resolve:ssm: that cannot be read",
    { group: parameter, versions: byParameter(), runs: [NEW] },
    "unknown: The parameter that the launch template lt-2 names could not be read.",
    "unknown: The parameter that the launch template lt-2 names could not be read.",
  ],
  [
    "a launch configuration",
    { group: { LaunchConfigurationName: "web-2019" }, runs: [OLD] },
    behind(2, 20),
    SAME,
  ],
  [
    "a launch configuration that is gone",
    { group: { LaunchConfigurationName: "web-2010" }, runs: [OLD] },
    "unknown: The launch configuration web-2010 could not be read.",
    "unknown: The launch configuration web-2010 could not be read.",
  ],
  [
    "a mixed instances policy",
    { group: mixed("3", { InstanceType: "m7i.large" }, { InstanceType: "m6i.large" }), runs: [NEW, MIDDLE] },
    CURRENT,
    differs(1),
  ],
  ["a mixed instances policy without overrides", { group: mixed("1"), runs: [OLD] }, behind(2, 20), SAME],
  [
    "overrides with an AMI each",
    { group: mixed("1", { ImageId: NEW }, { ImageId: NEW }), runs: [NEW] },
    CURRENT,
    SAME,
  ],
  [
    "one override with an AMI, one without",
    { group: mixed("1", { ImageId: NEW }, {}), runs: [NEW, OLD] },
    behind(2, 20),
    SAME,
  ],
  [
    "an override with a template of its own",
    {
      group: mixed("3", {}, { LaunchTemplateSpecification: { LaunchTemplateId: "lt-1", Version: "2" } }),
      runs: [NEW, MIDDLE],
    },
    behind(1, 10),
    SAME,
  ],
  [
    "a version that is gone",
    { group: follows("9"), runs: [NEW] },
    "unknown: Version 9 of the launch template lt-1 could not be read.",
    "unknown: Version 9 of the launch template lt-1 could not be read.",
  ],
  [
    "a template without an AMI",
    { group: follows("1"), versions: [version(1, undefined)], runs: [NEW] },
    "unknown: The launch template lt-1 names no AMI.",
    "unknown: The launch template lt-1 names no AMI.",
  ],
  [
    "an AMI that no build made",
    { group: follows("1"), versions: [version(1, OTHER)], runs: [OTHER] },
    `unknown: No build in the history made ${OTHER}.`,
    SAME,
  ],
  [
    "a replaced root volume: Auto Scaling's word counts",
    { group: follows("3"), runs: [OLD], instance: { ImageId: NEW } },
    CURRENT,
    SAME,
  ],
  [
    "instances that EC2 does not tell of, by their version",
    {
      group: follows("3"),
      runs: [undefined],
      instance: { LaunchTemplate: { LaunchTemplateId: "lt-1", Version: "1" } },
    },
    CURRENT,
    differs(1),
  ],
  [
    "instances of which nothing is known",
    { group: follows("3"), runs: [undefined, NEW] },
    CURRENT,
    "unknown: The AMI of 1 of 2 instances is not known.",
  ],
  ["a deregistered AMI", { group: follows("1"), runs: [OLD], state: "deregistered" }, behind(2, 20), SAME],
  [
    "a group without a template",
    { group: {}, runs: [OLD] },
    "unknown: The group has no launch template.",
    "unknown: The group has no launch template.",
  ],
  [
    "an EKS node group's Auto Scaling group",
    {
      group: { ...follows("2"), Tags: [{ Key: "eks:nodegroup-name", Value: "ng" }] } as never,
      runs: [MIDDLE],
    },
    behind(1, 10),
    SAME,
  ],
  ["a single instance on the newest", { others: [{ ami: NEW }] }, CURRENT, SAME],
  ["a single instance on an old one", { others: [{ ami: OLD }] }, behind(2, 20), SAME],
  [
    "a single instance of a deregistered AMI",
    { others: [{ ami: OTHER, state: "deregistered" }] },
    `unknown: No build in the history made ${OTHER}.`,
    SAME,
  ],
  [
    "a Karpenter node pool",
    {
      others: [
        { ami: NEW, tags: { "karpenter.sh/nodepool": "general" } },
        { ami: OLD, tags: { "karpenter.sh/nodepool": "general" } },
      ],
    },
    "unknown: Karpenter chooses the AMI in Kubernetes, which AWS's API does not show.",
    "unknown: Karpenter chooses the AMI in Kubernetes, which AWS's API does not show.",
  ],
  [
    "an EC2 Fleet",
    { others: [{ ami: NEW, tags: { "aws:ec2:fleet-id": "fleet-1" } }] },
    "unknown: The configuration of EC2 Fleets is not read.",
    "unknown: The configuration of EC2 Fleets is not read.",
  ],
];

describe("drift", () => {
  it.each(ROWS)("%s", (_name, world, expectedBehind, expectedMixed) => {
    const rows = rowsOf(world);
    expect(rows).toHaveLength(1);
    const [row] = rows;
    if (!row) return;
    const { behind: old, mixed: differing } = row;
    expect([
      old.state === "behind"
        ? behind(old.builds, old.days)
        : old.state === "unknown"
          ? `unknown: ${old.reason}`
          : old.state,
      differing.state === "mixed"
        ? differs(differing.differing)
        : differing.state === "unknown"
          ? `unknown: ${differing.reason}`
          : differing.state,
    ]).toEqual([expectedBehind, expectedMixed]);
  });

  it("counts what the newest image has fewer of, and says nothing where one was not scanned", () => {
    expect(rowsOf({ group: follows("1"), runs: [OLD] })[0]?.fewer).toEqual({ critical: 3, high: 3 });
    expect(rowsOf({ group: follows("1"), versions: [version(1, OTHER)] })[0]?.fewer).toBeUndefined();
  });

  it("leaves out instances of running builds", () => {
    expect(rowsOf({ others: [{ ami: OLD, tags: { CreatedBy: "EC2 Image Builder" } }] })).toEqual([]);
  });

  it.each([
    [{ "aws:cloudformation:stack-name": "web" }, "CloudFormation (web)"],
    [{ "managed-by": "terraform" }, "Terraform"],
    [{ ManagedBy: "Pulumi" }, "Pulumi"],
    [{ team: "web" }, undefined],
  ])("%j: managed by %s", (tags, owner) => {
    const Tags = tagList(tags as Record<string, string>) as never;
    expect(rowsOf({ group: { ...follows("3"), Tags } })[0]?.owner).toBe(owner);
  });
});
