import type { LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import { followedVersion, type GroupStarts, versionAmi, waysOf } from "./group-starts";
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
