import "server-only";
import { DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeInstancesCommand, DescribeLaunchTemplateVersionsCommand } from "@aws-sdk/client-ec2";
import { DescribeParametersCommand, GetParametersCommand } from "@aws-sdk/client-ssm";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { unlessDenied } from "@/lib/use-case/unless-denied";
import type { AmiUser } from "./types";

const FRESH_FOR_MS = 15_000;
/** Filters take 200 values, GetParameters ten names. */
const INSTANCE_FILTER_SIZE = 200;
const PARAMETERS_AT_ONCE = 10;

/**
 * What in one Region still names one of the AMIs: launch templates in their default or newest version, the Auto
 * Scaling groups that follow them, instances that run, and parameters. What AWS refuses to list is a doubt.
 */
export async function findAmiUsers(
  aws: AwsAccess,
  region: string,
  amiIds: string[],
): Promise<{ users: AmiUser[]; doubts: string[] }> {
  const wanted = new Set(amiIds);
  if (wanted.size === 0) return { users: [], doubts: [] };
  const found = await Promise.all([
    unlessDenied(templateUsers(aws, region, wanted), []),
    unlessDenied(instanceUsers(aws, region, amiIds), []),
    unlessDenied(parameterUsers(aws, region, wanted), []),
  ]);
  return { users: found.flatMap(({ value }) => value), doubts: found.flatMap(({ reason = [] }) => reason) };
}

async function templateUsers(aws: AwsAccess, region: string, wanted: Set<string>): Promise<AmiUser[]> {
  const versions = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeLaunchTemplateVersionsCommand({
        Versions: ["$Default", "$Latest"],
        MaxResults: 200,
        NextToken,
      });
      const page = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.LaunchTemplateVersions, next: page.NextToken };
    },
  });
  const using = versions.filter(({ LaunchTemplateData }) => wanted.has(LaunchTemplateData?.ImageId ?? ""));
  if (using.length === 0) return [];
  const templates = using.map(
    ({ LaunchTemplateId, LaunchTemplateName = "", VersionNumber, DefaultVersion, ...version }) => ({
      id: LaunchTemplateId,
      user: {
        kind: "launch-template" as const,
        name: LaunchTemplateName,
        region,
        amiId: version.LaunchTemplateData?.ImageId ?? "",
        detail: `${DefaultVersion ? "default" : "newest"} version ${VersionNumber ?? "?"}`,
      },
    }),
  );
  const groups = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeAutoScalingGroupsCommand({ NextToken });
      const page = await aws.autoScaling.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.AutoScalingGroups, next: page.NextToken };
    },
  });
  const scaled = groups.flatMap(
    ({ AutoScalingGroupName = "", LaunchTemplate, MixedInstancesPolicy }): AmiUser[] => {
      const followed = LaunchTemplate ?? MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification;
      const template = templates.find(({ id }) => id === followed?.LaunchTemplateId);
      return template
        ? [
            {
              ...template.user,
              kind: "auto-scaling-group",
              name: AutoScalingGroupName,
              detail: `follows ${template.user.name}`,
            },
          ]
        : [];
    },
  );
  // A version that is both the default and the newest is listed once for each.
  const distinct = new Map(
    [...templates.map(({ user }) => user), ...scaled].map((user) => [JSON.stringify(user), user]),
  );
  return [...distinct.values()];
}

async function instanceUsers(aws: AwsAccess, region: string, amiIds: string[]): Promise<AmiUser[]> {
  const users: AmiUser[] = [];
  for (let from = 0; from < amiIds.length; from += INSTANCE_FILTER_SIZE) {
    const reservations = await collectPages({
      load: async (NextToken) => {
        const command = new DescribeInstancesCommand({
          Filters: [
            { Name: "image-id", Values: amiIds.slice(from, from + INSTANCE_FILTER_SIZE) },
            { Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] },
          ],
          MaxResults: 1000,
          NextToken,
        });
        const page = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
        return { items: page.Reservations, next: page.NextToken };
      },
    });
    for (const { Instances = [] } of reservations)
      for (const { InstanceId = "", ImageId = "", State } of Instances)
        users.push({ kind: "instance", name: InstanceId, region, amiId: ImageId, detail: State?.Name });
  }
  return users;
}

async function parameterUsers(aws: AwsAccess, region: string, wanted: Set<string>): Promise<AmiUser[]> {
  const parameters = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeParametersCommand({
        ParameterFilters: [{ Key: "DataType", Option: "Equals", Values: ["aws:ec2:image"] }],
        MaxResults: 50,
        NextToken,
      });
      const page = await aws.ssm.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Parameters, next: page.NextToken };
    },
  });
  const names = parameters.flatMap(({ Name = [] }) => Name);
  const users: AmiUser[] = [];
  for (let from = 0; from < names.length; from += PARAMETERS_AT_ONCE) {
    const command = new GetParametersCommand({ Names: names.slice(from, from + PARAMETERS_AT_ONCE) });
    const { Parameters = [] } = await aws.ssm.read(command, { freshForMs: FRESH_FOR_MS });
    for (const { Name = "", Value = "" } of Parameters)
      if (wanted.has(Value)) users.push({ kind: "parameter", name: Name, region, amiId: Value });
  }
  return users;
}
