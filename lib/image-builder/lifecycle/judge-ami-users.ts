import type {
  AutoScalingGroup,
  LaunchConfiguration,
  LaunchTemplateSpecification,
} from "@aws-sdk/client-auto-scaling";
import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import type { AmiUser } from "./types";

/** One way in which a group starts instances. */
type Way = { template: LaunchTemplateSpecification } | { amiId: string; detail: string };

/** What a group starts instances with: a template, those of a mixed instances policy, or a launch configuration. */
function waysOf(group: AutoScalingGroup, configurations: LaunchConfiguration[]): Way[] {
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

/**
 * Launch templates that name one of the AMIs in their default or newest version, launch configurations that do, and
 * the groups that start instances with them. A group follows `$Latest`, `$Default` (also when it names no version)
 * or one version for good.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateSpecification.html
 * @param resolved what the parameters hold that templates name
 */
export function judgeAmiUsers({
  region,
  wanted,
  versions,
  groups,
  configurations,
  resolved,
}: {
  region: string;
  wanted: Set<string>;
  versions: LaunchTemplateVersion[];
  groups: AutoScalingGroup[];
  configurations: LaunchConfiguration[];
  resolved: Map<string, string>;
}): AmiUser[] {
  const amiOf = ({ LaunchTemplateData }: LaunchTemplateVersion) =>
    resolved.get(parameterOf(LaunchTemplateData?.ImageId) ?? "") ?? LaunchTemplateData?.ImageId ?? "";
  const newest = new Map<string, number>();
  for (const { LaunchTemplateId = "", VersionNumber = 0 } of versions)
    newest.set(LaunchTemplateId, Math.max(VersionNumber, newest.get(LaunchTemplateId) ?? 0));
  const isNewest = ({ LaunchTemplateId = "", VersionNumber }: LaunchTemplateVersion) =>
    newest.get(LaunchTemplateId) === VersionNumber;

  const users: AmiUser[] = [];
  const add = (kind: AmiUser["kind"], name: string, amiId: string, detail: string) => {
    if (wanted.has(amiId)) users.push({ kind, name, region, amiId, detail });
  };
  for (const version of versions) {
    const words = [version.DefaultVersion && "default", isNewest(version) && "newest"].filter(Boolean);
    if (words.length > 0)
      add(
        "launch-template",
        version.LaunchTemplateName ?? "",
        amiOf(version),
        `${words.join(" and ")} version ${version.VersionNumber ?? "?"}`,
      );
  }
  for (const { LaunchConfigurationName = "", ImageId = "" } of configurations)
    add("launch-configuration", LaunchConfigurationName, ImageId, "cannot be changed, only replaced");
  for (const group of groups) {
    const { AutoScalingGroupName = "" } = group;
    for (const way of waysOf(group, configurations)) {
      if (!("template" in way)) {
        add("auto-scaling-group", AutoScalingGroupName, way.amiId, way.detail);
        continue;
      }
      const { LaunchTemplateId, LaunchTemplateName, Version = "$Default" } = way.template;
      const followed = versions.find(
        (version) =>
          (LaunchTemplateId
            ? version.LaunchTemplateId === LaunchTemplateId
            : version.LaunchTemplateName === LaunchTemplateName) &&
          (Version === "$Latest"
            ? isNewest(version)
            : Version === "$Default"
              ? version.DefaultVersion === true
              : String(version.VersionNumber) === Version),
      );
      if (!followed) continue;
      const name = followed.LaunchTemplateName ?? LaunchTemplateId ?? "";
      const words =
        Version === "$Latest"
          ? `follows the newest version of ${name}`
          : Version === "$Default"
            ? `follows the default version of ${name}`
            : `pinned to version ${Version} of ${name}`;
      add("auto-scaling-group", AutoScalingGroupName, amiOf(followed), words);
    }
  }
  return [...new Map(users.map((user) => [JSON.stringify(user), user])).values()];
}
