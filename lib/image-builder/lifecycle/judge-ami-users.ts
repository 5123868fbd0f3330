import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import { followedVersion, type GroupStarts, parameterOf, versionAmi, waysOf } from "./group-starts";
import type { AmiUser } from "./types";

/**
 * Launch templates that name one of the AMIs in their default or newest version, launch configurations that do, and
 * the groups that start instances with them.
 */
export function judgeAmiUsers({
  region,
  wanted,
  versions,
  groups,
  configurations,
  resolved,
}: GroupStarts & { region: string; wanted: Set<string> }): AmiUser[] {
  const amiOf = (version: LaunchTemplateVersion) => versionAmi(version, resolved);
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
    const words = [version.DefaultVersion && "default", isNewest(version) && "latest"].filter(Boolean);
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
      const { LaunchTemplateId, Version = "$Default" } = way.template;
      const followed = followedVersion(versions, way.template);
      if (!followed) continue;
      const name = followed.LaunchTemplateName ?? LaunchTemplateId ?? "";
      const words =
        Version === "$Latest"
          ? `uses the latest version of ${name}`
          : Version === "$Default"
            ? `uses the default version of ${name}`
            : `pinned to version ${Version} of ${name}`;
      add("auto-scaling-group", AutoScalingGroupName, amiOf(followed), words);
    }
  }
  return [...new Map(users.map((user) => [JSON.stringify(user), user])).values()];
}

/** Names that one doubt says. */
const MOST_NAMES = 5;

/**
 * Why nobody is said to use an AMI where somebody may: what groups and launch templates name and AWS did not give.
 * A template that names no AMI at all is none of these: then whoever starts instances with it says one.
 */
export function unreadStarts({
  versions,
  groups,
  configurations,
  resolved,
  region,
}: GroupStarts & { region: string }): string[] {
  const unread = new Map<string, Set<string>>();
  const add = (what: string, name: string) => unread.set(what, (unread.get(what) ?? new Set()).add(name));
  for (const { LaunchTemplateName = "?", VersionNumber = "?", LaunchTemplateData } of versions) {
    const parameter = parameterOf(LaunchTemplateData?.ImageId);
    if (LaunchTemplateData === undefined)
      add(
        "What launch templates start could not be read",
        `${LaunchTemplateName} (version ${VersionNumber})`,
      );
    else if (parameter !== undefined && !resolved.has(parameter))
      add("Parameters that launch templates name could not be read", parameter);
  }
  for (const group of groups) {
    const { AutoScalingGroupName = "?", LaunchConfigurationName } = group;
    const ways = waysOf(group, configurations);
    if (ways.some((way) => "template" in way && !followedVersion(versions, way.template)))
      add("Auto Scaling groups follow a launch template that could not be read", AutoScalingGroupName);
    if (LaunchConfigurationName !== undefined && ways.every((way) => "template" in way))
      add("Auto Scaling groups use a launch configuration that could not be read", AutoScalingGroupName);
    else if (ways.length === 0) add("What Auto Scaling groups start could not be read", AutoScalingGroupName);
  }
  return [...unread].map(([what, names]) => {
    const shown = [...names].slice(0, MOST_NAMES).join(", ");
    return `${what} in ${region}: ${shown}${names.size > MOST_NAMES ? ` and ${names.size - MOST_NAMES} more` : ""}.`;
  });
}
