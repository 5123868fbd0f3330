import type {
  AutoScalingGroup,
  LaunchConfiguration,
  LaunchTemplateSpecification,
} from "@aws-sdk/client-auto-scaling";
import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";

/** What Auto Scaling groups of one Region start instances with. */
export type GroupStarts = {
  groups: AutoScalingGroup[];
  configurations: LaunchConfiguration[];
  /** The default and the newest of each launch template, and those that groups are pinned to. */
  versions: LaunchTemplateVersion[];
  /** What the parameters hold that launch templates name. */
  resolved: Map<string, string>;
};

/** One way in which a group starts instances. */
export type Way = { template: LaunchTemplateSpecification } | { amiId: string; detail: string };

/**
 * What a group names to start instances with: a template, those of a mixed instances policy, or a launch configuration.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html
 */
export function waysOf(group: AutoScalingGroup, configurations: LaunchConfiguration[]): Way[] {
  const { LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName } = group;
  const mixed = MixedInstancesPolicy?.LaunchTemplate;
  const configuration = configurations.find(
    (one) =>
      one.LaunchConfigurationName !== undefined && one.LaunchConfigurationName === LaunchConfigurationName,
  );
  const overrides = mixed?.Overrides ?? [];
  return [
    ...[LaunchTemplate, mixed?.LaunchTemplateSpecification].flatMap((template) =>
      template ? [{ template }] : [],
    ),
    ...overrides.flatMap(({ LaunchTemplateSpecification: template, ImageId }) => [
      ...(template ? [{ template }] : []),
      ...(ImageId ? [{ amiId: ImageId, detail: "an override of its mixed instances policy" }] : []),
    ]),
    ...(configuration?.ImageId
      ? [{ amiId: configuration.ImageId, detail: `launch configuration ${LaunchConfigurationName}` }]
      : []),
  ];
}

/**
 * The ways in which the group's next instances start: an override with an AMI or a template of its own in place of
 * the policy's template, which starts nothing then. Equal ways are one.
 */
export function startingWays(group: AutoScalingGroup, configurations: LaunchConfiguration[]): Way[] {
  const { LaunchTemplateSpecification: base, Overrides = [] } =
    group.MixedInstancesPolicy?.LaunchTemplate ?? {};
  if (!base || Overrides.length === 0) return waysOf(group, configurations);
  const ways = Overrides.map(
    ({ ImageId, LaunchTemplateSpecification: template = base }): Way =>
      ImageId ? { amiId: ImageId, detail: "an override of its mixed instances policy" } : { template },
  );
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

/**
 * The versions that groups are pinned to, by the template's ID or, without one, its name. `$Latest` and `$Default`
 * are not among them.
 */
export function pinnedVersions(
  groups: AutoScalingGroup[],
): { template: LaunchTemplateSpecification; versions: string[] }[] {
  const pinned = new Map<string, { template: LaunchTemplateSpecification; versions: string[] }>();
  for (const way of groups.flatMap((group) => waysOf(group, []))) {
    if (!("template" in way) || !/^\d+$/.test(way.template.Version ?? "")) continue;
    const { LaunchTemplateId, LaunchTemplateName, Version = "" } = way.template;
    const key = LaunchTemplateId ?? LaunchTemplateName ?? "";
    const known = pinned.get(key) ?? { template: { LaunchTemplateId, LaunchTemplateName }, versions: [] };
    pinned.set(key, { ...known, versions: [...new Set([...known.versions, Version])] });
  }
  return [...pinned.values()];
}

/** Versions of launch templates whose AMI a parameter names: `resolve:ssm:/path`, with a version or label behind it. */
export const parameterOf = (imageId: string | undefined): string | undefined =>
  /^resolve:ssm:(.+)$/.exec(imageId ?? "")?.[1];

/** The AMI that a version starts now: what its parameter holds, where it names one that could be read. */
export const versionAmi = (
  { LaunchTemplateData }: LaunchTemplateVersion,
  resolved: Map<string, string>,
): string =>
  resolved.get(parameterOf(LaunchTemplateData?.ImageId) ?? "") ?? LaunchTemplateData?.ImageId ?? "";

const isOf = (
  { LaunchTemplateId, LaunchTemplateName }: LaunchTemplateSpecification,
  version: LaunchTemplateVersion,
): boolean =>
  LaunchTemplateId
    ? version.LaunchTemplateId === LaunchTemplateId
    : version.LaunchTemplateName === LaunchTemplateName;

/**
 * The version that a group follows: `$Latest`, `$Default` (also when it names none) or one for good.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateSpecification.html
 */
export function followedVersion(
  versions: LaunchTemplateVersion[],
  template: LaunchTemplateSpecification,
): LaunchTemplateVersion | undefined {
  const { Version = "$Default" } = template;
  const ofTemplate = versions.filter((version) => isOf(template, version));
  if (Version === "$Default") return ofTemplate.find(({ DefaultVersion }) => DefaultVersion === true);
  const newest = Math.max(...ofTemplate.map(({ VersionNumber = 0 }) => VersionNumber));
  return ofTemplate.find(({ VersionNumber }) =>
    Version === "$Latest" ? VersionNumber === newest : String(VersionNumber) === Version,
  );
}
