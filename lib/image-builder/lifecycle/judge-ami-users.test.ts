import type { AutoScalingGroup } from "@aws-sdk/client-auto-scaling";
import { describe, expect, it } from "vitest";
import { pinnedVersions } from "./group-starts";
import { judgeAmiUsers } from "./judge-ami-users";

const OLD = "ami-0old00000";
const version = (number: number, ImageId: string, isDefault = false) => ({
  LaunchTemplateId: "lt-1",
  LaunchTemplateName: "web",
  VersionNumber: number,
  DefaultVersion: isDefault,
  LaunchTemplateData: { ImageId },
});
/** The AMI is in version 2 alone: the default is 1, the newest 3. */
const VERSIONS = [version(1, "ami-1", true), version(2, OLD), version(3, "ami-3")];
const byId = (Version?: string) => ({ LaunchTemplateId: "lt-1", Version });

const usersOf = (
  group: Partial<AutoScalingGroup>,
  versions = VERSIONS,
  rest: {
    configurations?: { LaunchConfigurationName: string; ImageId: string }[];
    resolved?: [string, string][];
  } = {},
) =>
  judgeAmiUsers({
    region: "us-east-1",
    wanted: new Set([OLD]),
    versions,
    groups: [{ AutoScalingGroupName: "fleet", ...group } as AutoScalingGroup],
    configurations: (rest.configurations ?? []) as never,
    resolved: new Map(rest.resolved),
  }).map(({ kind, name, detail }) => `${kind} ${name}: ${detail}`);

const mixed = (specification: object, ...Overrides: object[]) =>
  ({
    MixedInstancesPolicy: { LaunchTemplate: { LaunchTemplateSpecification: specification, Overrides } },
  }) as Partial<AutoScalingGroup>;
const PINNED = "auto-scaling-group fleet: pinned to version 2 of web";

describe("a group", () => {
  it.each([
    ["is pinned to the version", { LaunchTemplate: byId("2") }, [PINNED]],
    ["names the template", { LaunchTemplate: { LaunchTemplateName: "web", Version: "2" } }, [PINNED]],
    ["is pinned to another version", { LaunchTemplate: byId("1") }, []],
    ["follows the newest", { LaunchTemplate: byId("$Latest") }, []],
    ["follows the default", { LaunchTemplate: byId("$Default") }, []],
    ["names no version", { LaunchTemplate: byId() }, []],
    ["has it in a mixed instances policy", mixed(byId("2")), [PINNED]],
    [
      "has it in an override",
      mixed(byId("$Latest"), { InstanceType: "m7g.large", LaunchTemplateSpecification: byId("2") }),
      [PINNED],
    ],
    [
      "has the AMI itself in an override",
      mixed(byId("$Latest"), { ImageId: OLD }),
      ["auto-scaling-group fleet: an override of its mixed instances policy"],
    ],
  ])("that %s is named only when it starts the AMI", (_, group, said) => {
    expect(usersOf(group)).toEqual(said);
  });

  it.each([
    ["$Latest", [version(1, "ami-1", true), version(2, OLD)], "uses the latest version of web", "latest"],
    ["$Default", [version(1, OLD, true), version(2, "ami-2")], "uses the default version of web", "default"],
    [undefined, [version(1, OLD, true), version(2, "ami-2")], "uses the default version of web", "default"],
  ])("that follows %s is named with its template", (followed, versions, said, which) => {
    expect(usersOf({ LaunchTemplate: byId(followed) }, versions)).toEqual([
      expect.stringContaining(`launch-template web: ${which} version`),
      `auto-scaling-group fleet: ${said}`,
    ]);
  });

  it("starts what a launch configuration names", () => {
    const configurations = [{ LaunchConfigurationName: "old-web", ImageId: OLD }];
    expect(usersOf({ LaunchConfigurationName: "old-web" }, [], { configurations })).toEqual([
      "launch-configuration old-web: cannot be changed, only replaced",
      "auto-scaling-group fleet: launch configuration old-web",
    ]);
  });

  it("starts what a parameter holds that its template names", () => {
    const versions = [version(1, "resolve:ssm:/golden/web", true)];
    const resolved: [string, string][] = [["/golden/web", OLD]];
    expect(usersOf({ LaunchTemplate: byId() }, versions, { resolved })).toHaveLength(2);
    expect(usersOf({ LaunchTemplate: byId() }, versions)).toEqual([]);
  });
});

it("versions that groups are pinned to are read once for each template", () => {
  const group = (template: object) => ({ LaunchTemplate: template }) as AutoScalingGroup;
  const pinned = pinnedVersions([
    ...[byId("2"), byId("2"), byId("4"), byId("$Latest"), byId()].map(group),
    group({ LaunchTemplateName: "api", Version: "7" }),
  ]);
  expect(pinned.map(({ versions }) => versions)).toEqual([["2", "4"], ["7"]]);
});
