import "server-only";
import {
  DescribeAutoScalingGroupsCommand,
  DescribeLaunchConfigurationsCommand,
} from "@aws-sdk/client-auto-scaling";
import { DescribeLaunchTemplateVersionsCommand, type LaunchTemplateVersion } from "@aws-sdk/client-ec2";
import { GetParametersCommand } from "@aws-sdk/client-ssm";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { type GroupStarts, parameterOf, pinnedVersions } from "./group-starts";

const FRESH_FOR_MS = 15_000;
/** GetParameters takes ten names. */
const PARAMETERS_AT_ONCE = 10;

/**
 * Reads one source of an answer, or not: its rows, and whether they are missing because it failed. `load` asks AWS.
 */
export type ReadSource = <Row>(
  what: string,
  load: () => Promise<Row[]>,
) => Promise<{ rows: Row[]; isMissing: boolean }>;

/**
 * What the Auto Scaling groups of a Region start instances with. What could not be read is a doubt; it hides nothing
 * of the rest.
 */
export async function readGroupStarts(
  aws: AwsAccess,
  region: string,
): Promise<{ starts: GroupStarts; doubts: string[] }> {
  const doubts: string[] = [];
  const starts = await readStartSources(aws, async (what, load) => {
    const { value, reason } = await unlessFailed(load(), []);
    if (reason) doubts.push(`${what} in ${region} could not be read. ${reason}`);
    return { rows: value, isMissing: reason !== undefined };
  });
  return { starts, doubts };
}

/** The same from sources that the caller reads, or has kept. */
export async function readStartSources(aws: AwsAccess, read: ReadSource): Promise<GroupStarts> {
  const [templates, { rows: groups }, { rows: configurations }] = await Promise.all([
    read("Launch templates", () => defaultAndNewest(aws)),
    read("Auto Scaling groups", () => allGroups(aws)),
    read("Launch configurations", () => allConfigurations(aws)),
  ]);
  const pinned = await Promise.all(
    pinnedVersions(groups).map(({ template, versions: numbers }) =>
      read(
        `Versions of the launch template ${template.LaunchTemplateName ?? template.LaunchTemplateId ?? "without a name"}`,
        () => versionsOf(aws, template, numbers),
      ),
    ),
  );
  // Without the newest of each template, a pinned one would pass for what `$Latest` names.
  const pinnedToo = templates.isMissing ? [] : pinned.flatMap(({ rows }) => rows);
  const versions = [
    ...templates.rows,
    ...pinnedToo.filter((version) => !templates.rows.some((one) => isSame(one, version))),
  ];
  const named = versions.flatMap(({ LaunchTemplateData }) => parameterOf(LaunchTemplateData?.ImageId) ?? []);
  const values = await read("Parameters of launch templates", () => readParameters(aws, [...new Set(named)]));
  const resolved = new Map(values.rows.map(({ name, value }) => [name, value]));
  return { groups, configurations, versions, resolved };
}

const isSame = (a: LaunchTemplateVersion, b: LaunchTemplateVersion) =>
  a.LaunchTemplateId === b.LaunchTemplateId && a.VersionNumber === b.VersionNumber;

const defaultAndNewest = (aws: AwsAccess) => versionsOf(aws, {}, ["$Default", "$Latest"]);

const versionsOf = (
  aws: AwsAccess,
  { LaunchTemplateId, LaunchTemplateName }: { LaunchTemplateId?: string; LaunchTemplateName?: string },
  Versions: string[],
) =>
  collectPages({
    load: async (NextToken) => {
      const template = LaunchTemplateId ? { LaunchTemplateId } : { LaunchTemplateName };
      const command = new DescribeLaunchTemplateVersionsCommand({
        ...template,
        Versions,
        // AWS takes it with `$Default` and `$Latest` of all templates only.
        ...(LaunchTemplateId || LaunchTemplateName ? {} : { MaxResults: 200 }),
        NextToken,
      });
      const page = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.LaunchTemplateVersions, next: page.NextToken };
    },
  });

const allGroups = (aws: AwsAccess) =>
  collectPages({
    load: async (NextToken) => {
      const command = new DescribeAutoScalingGroupsCommand({ NextToken });
      const page = await aws.autoScaling.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.AutoScalingGroups, next: page.NextToken };
    },
  });

const allConfigurations = (aws: AwsAccess) =>
  collectPages({
    load: async (NextToken) => {
      const command = new DescribeLaunchConfigurationsCommand({ NextToken });
      const page = await aws.autoScaling.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.LaunchConfigurations, next: page.NextToken };
    },
  });

/** By the names they were asked for, with the version or label that stands behind a name. */
export async function readParameters(
  aws: AwsAccess,
  names: string[],
): Promise<{ name: string; value: string }[]> {
  const values: { name: string; value: string }[] = [];
  for (let from = 0; from < names.length; from += PARAMETERS_AT_ONCE) {
    const command = new GetParametersCommand({ Names: names.slice(from, from + PARAMETERS_AT_ONCE) });
    const { Parameters = [] } = await aws.ssm.read(command, { freshForMs: FRESH_FOR_MS });
    for (const { Name = "", Selector = "", Value = "" } of Parameters)
      values.push({ name: Name + Selector, value: Value });
  }
  return values;
}
