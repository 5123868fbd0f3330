import type { AutoScalingGroup, Instance, LaunchConfiguration } from "@aws-sdk/client-auto-scaling";
import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AwsAccess } from "@/lib/aws/types";
import { type GroupStarts, pinnedVersions } from "@/lib/image-builder/lifecycle/group-starts";
import { judgeAmiUsers, unreadStarts } from "@/lib/image-builder/lifecycle/judge-ami-users";
import { type ReadSource, readStartSources } from "@/lib/image-builder/lifecycle/read-group-starts";
import { findMembers } from "./find-members";
import { fromKept, type KeptSources, keptRows } from "./fleet-sources";

/**
 * Fleets of any make, and what a group of them starts worked out from the making: by a version of a template, which
 * names an AMI or a parameter, by a mixed instances policy, or by a launch configuration.
 */
const AMIS = ["ami-0a", "ami-0b", "ami-0c", "ami-0d"];
const WANTED = "ami-0a";
const region = "us-east-1";
const ami = fc.constantFrom(...AMIS);
/** An AMI, or the number of the parameter that holds one. */
const named = fc.oneof(ami, fc.nat({ max: 2 }));
const template = fc.record({
  versions: fc.array(named, { minLength: 1, maxLength: 4 }),
  byDefault: fc.nat(),
});
const follows = fc.record({
  template: fc.nat(),
  version: fc.oneof(fc.constantFrom("$Latest", "$Default", undefined), fc.nat()),
  byName: fc.boolean(),
});
const group = fc.oneof(
  fc.record({ kind: fc.constant("template" as const), follows }),
  fc.record({ kind: fc.constant("configuration" as const), ami }),
  fc.record({
    kind: fc.constant("mixed" as const),
    follows,
    overrides: fc.array(fc.oneof(fc.constant({}), fc.record({ follows }), fc.record({ ami })), {
      maxLength: 3,
    }),
  }),
);
const fleet = fc.record({
  templates: fc.array(template, { minLength: 1, maxLength: 3 }),
  parameters: fc.array(ami, { minLength: 3, maxLength: 3 }),
  groups: fc.array(group, { minLength: 1, maxLength: 5 }),
});
type Fleet = typeof fleet extends fc.Arbitrary<infer Value> ? Value : never;
type Follows = Extract<Fleet["groups"][number], { kind: "template" }>["follows"];

/** The account as AWS would tell of it, and the AMIs that each group's next instances start from. */
function make({ templates, parameters, groups }: Fleet): {
  starts: GroupStarts;
  truth: Map<string, string[]>;
} {
  const templateOf = ({ template: at }: Follows) => at % templates.length;
  const numberOf = (one: Follows): number => {
    const { versions = [], byDefault = 0 } = templates[templateOf(one)] ?? {};
    if (one.version === "$Latest") return versions.length;
    const place = typeof one.version === "number" ? one.version : byDefault;
    return (place % versions.length) + 1;
  };
  const amiOf = (one: Follows): string => {
    const name = templates[templateOf(one)]?.versions[numberOf(one) - 1] ?? "";
    return typeof name === "number" ? (parameters[name] ?? "") : name;
  };
  const specification = (one: Follows) => ({
    ...(one.byName
      ? { LaunchTemplateName: `template-${templateOf(one)}` }
      : { LaunchTemplateId: `lt-${templateOf(one)}`, LaunchTemplateName: `template-${templateOf(one)}` }),
    Version: typeof one.version === "number" ? String(numberOf(one)) : one.version,
  });
  const truth = new Map<string, string[]>();
  const configurations: LaunchConfiguration[] = [];
  const made = groups.map((one, index): AutoScalingGroup => {
    const AutoScalingGroupName = `group-${index}`;
    const rest = { MinSize: 0, MaxSize: 0, DesiredCapacity: 0, DefaultCooldown: 0, AvailabilityZones: [] };
    const base = { AutoScalingGroupName, HealthCheckType: "EC2", CreatedTime: new Date(0), ...rest };
    if (one.kind === "configuration") {
      const LaunchConfigurationName = `configuration-${index}`;
      configurations.push({
        LaunchConfigurationName,
        ImageId: one.ami,
        InstanceType: "m5.large",
        CreatedTime: new Date(0),
      });
      truth.set(AutoScalingGroupName, [one.ami]);
      return { ...base, LaunchConfigurationName };
    }
    if (one.kind === "template") {
      truth.set(AutoScalingGroupName, [amiOf(one.follows)]);
      return { ...base, LaunchTemplate: specification(one.follows) };
    }
    const started = one.overrides.map((override) =>
      "ami" in override ? override.ami : amiOf("follows" in override ? override.follows : one.follows),
    );
    truth.set(AutoScalingGroupName, started.length > 0 ? started : [amiOf(one.follows)]);
    const Overrides = one.overrides.map((override) => ({
      ...("ami" in override && { ImageId: override.ami }),
      ...("follows" in override && { LaunchTemplateSpecification: specification(override.follows) }),
    }));
    const LaunchTemplate = { LaunchTemplateSpecification: specification(one.follows), Overrides };
    return { ...base, MixedInstancesPolicy: { LaunchTemplate } };
  });
  const rows = templates.flatMap(({ versions, byDefault }, at) =>
    versions.map(
      (name, index): LaunchTemplateVersion => ({
        LaunchTemplateId: `lt-${at}`,
        LaunchTemplateName: `template-${at}`,
        VersionNumber: index + 1,
        DefaultVersion: index === byDefault % versions.length,
        LaunchTemplateData: { ImageId: typeof name === "number" ? `resolve:ssm:/ami/${name}` : name },
      }),
    ),
  );
  // The default and the newest of each, and what groups are pinned to: that is what is read.
  const pinned = pinnedVersions(made);
  const isRead = ({
    LaunchTemplateId,
    LaunchTemplateName,
    VersionNumber = 0,
    DefaultVersion,
  }: LaunchTemplateVersion) =>
    DefaultVersion ||
    VersionNumber === templates[Number(LaunchTemplateId?.slice(3))]?.versions.length ||
    pinned.some(
      ({ template: of, versions }) =>
        (of.LaunchTemplateId ?? LaunchTemplateId) === LaunchTemplateId &&
        (of.LaunchTemplateName ?? LaunchTemplateName) === LaunchTemplateName &&
        versions.includes(String(VersionNumber)),
    );
  return {
    truth,
    starts: {
      groups: made,
      configurations,
      versions: rows.filter(isRead),
      resolved: new Map(parameters.map((value, index) => [`/ami/${index}`, value])),
    },
  };
}

const usersOf = (starts: GroupStarts) =>
  judgeAmiUsers({ region, wanted: new Set([WANTED]), ...starts }).flatMap(({ kind, name }) =>
    kind === "auto-scaling-group" ? [name] : [],
  );
/** A part of what is to be read does not come. */
const lost = fc.record({
  templates: fc.boolean(),
  pinned: fc.boolean(),
  parameters: fc.array(fc.nat({ max: 2 }), { maxLength: 3 }),
  configurations: fc.boolean(),
});
function lose(
  starts: GroupStarts,
  part: typeof lost extends fc.Arbitrary<infer Value> ? Value : never,
): GroupStarts {
  const newest = (one: LaunchTemplateVersion) =>
    Math.max(
      ...starts.versions.flatMap((each) =>
        each.LaunchTemplateId === one.LaunchTemplateId ? (each.VersionNumber ?? 0) : [],
      ),
    ) === one.VersionNumber;
  return {
    groups: starts.groups,
    configurations: part.configurations ? [] : starts.configurations,
    versions: part.templates
      ? []
      : starts.versions.filter((one) => !part.pinned || one.DefaultVersion || newest(one)),
    resolved: new Map(
      [...starts.resolved].filter(([name]) => !part.parameters.includes(Number(name.at(-1)))),
    ),
  };
}

/** What each source would answer of it, whatever else AWS says beside, and nothing of AWS asked. */
function answering(starts: GroupStarts, noise: string): ReadSource {
  const isNewest = (one: LaunchTemplateVersion) =>
    starts.versions.every(
      (each) =>
        each.LaunchTemplateId !== one.LaunchTemplateId ||
        (each.VersionNumber ?? 0) <= (one.VersionNumber ?? 0),
    );
  return async <Row>(what: string) => {
    const rows: object[] =
      what === "Launch templates"
        ? starts.versions.filter((one) => one.DefaultVersion || isNewest(one))
        : what === "Auto Scaling groups"
          ? starts.groups
          : what === "Launch configurations"
            ? starts.configurations
            : what === "Parameters of launch templates"
              ? [...starts.resolved].map(([name, value]) => ({ name, value }))
              : starts.versions.filter(
                  ({ LaunchTemplateName = "", LaunchTemplateId = "" }) =>
                    what.endsWith(` ${LaunchTemplateName}`) || what.endsWith(` ${LaunchTemplateId}`),
                );
    return { rows: rows.map((row) => ({ ...row, Noise: noise })) as Row[], isMissing: false };
  };
}

/** Every source is replaced: AWS cannot be asked. */
const nowhere = {} as AwsAccess;

describe("a fleet of any make", () => {
  it("shows from what is kept what a direct reading shows, also of hostile text", async () => {
    const name = fc.string({ unit: "binary", maxLength: 400 });
    await fc.assert(
      fc.asyncProperty(fleet, fc.array(name, { minLength: 5, maxLength: 5 }), async (made, names) => {
        const { starts } = make(made);
        const groups = starts.groups.map((one, index) => ({
          ...one,
          Tags: [
            { Key: "managed-by", Value: names[index] },
            { Key: names[index], Value: "\0" },
          ],
          Instances: [
            { InstanceId: `i-${index}`, LifecycleState: "InService", HealthStatus: "Healthy" } as Instance,
          ],
        }));
        const metadata = groups.map((_, index) => ({
          InstanceId: `i-${index}`,
          ImageMetadata: { ImageId: WANTED, Name: names[index], State: "deregistered" as const },
        }));
        const direct = answering({ ...starts, groups }, names[0] ?? "");
        const sources: KeptSources = {};
        const keeping: ReadSource = async (what, load) => {
          const { rows } = await direct<object>(what, async () => []);
          sources[what] = { rows: keptRows(rows), readAt: 1 };
          return fromKept(sources)(what, load);
        };
        const keptMetadata = keptRows(metadata) as typeof metadata;
        await readStartSources(nowhere, keeping);
        // As the database gives it back.
        const kept = JSON.parse(JSON.stringify(sources)) as KeptSources;
        const fromDatabase = await readStartSources(nowhere, fromKept(kept));
        expect(findMembers({ region, starts: fromDatabase, metadata: keptMetadata })).toEqual(
          findMembers({ region, starts: await readStartSources(nowhere, direct), metadata }),
        );
        expect(JSON.stringify(kept)).not.toContain("Noise");
      }),
    );
  });

  it("has each group that starts an AMI among the AMI's users, and no doubt when all was read", () => {
    fc.assert(
      fc.property(fleet, (made) => {
        const { starts, truth } = make(made);
        const users = new Set(usersOf(starts));
        for (const [name, amis] of truth) if (amis.includes(WANTED)) expect(users).toContain(name);
        expect(unreadStarts({ region, ...starts })).toEqual([]);
      }),
    );
  });

  it("says a doubt wherever a user is not found, and never that nobody is", () => {
    fc.assert(
      fc.property(fleet, lost, (made, part) => {
        const { starts, truth } = make(made);
        const read = lose(starts, part);
        const users = new Set(usersOf(read));
        const missed = [...truth].filter(([name, amis]) => amis.includes(WANTED) && !users.has(name));
        if (missed.length > 0) expect(unreadStarts({ region, ...read })).not.toEqual([]);
      }),
    );
  });

  it("tells what each group starts, or that it is not known", () => {
    fc.assert(
      fc.property(fleet, lost, (made, part) => {
        const { starts, truth } = make(made);
        const told = (read: GroupStarts) =>
          new Map(findMembers({ region, starts: read, metadata: [] }).map((row) => [row.name, row.starts]));
        for (const [name, found] of told(starts))
          expect(new Set(found.map((start) => ("amiId" in start ? start.amiId : start.unknown)))).toEqual(
            new Set(truth.get(name)),
          );
        for (const [name, found] of told(lose(starts, part))) {
          const amis = new Set(found.flatMap((start) => ("amiId" in start ? start.amiId : [])));
          const isWhole = found.every((start) => "amiId" in start);
          for (const amiId of truth.get(name) ?? []) expect(amis.has(amiId) || !isWhole).toBe(true);
          for (const amiId of amis) expect(truth.get(name)).toContain(amiId);
        }
      }),
    );
  });
});
