import "server-only";
import {
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  type InstanceRefresh,
  type LaunchTemplateSpecification,
} from "@aws-sdk/client-auto-scaling";
import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  type LaunchTemplateVersion,
} from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { ConsoleFailure } from "@/lib/core/failure";
import { parameterOf } from "@/lib/image-builder/lifecycle/group-starts";
import { readParameters } from "@/lib/image-builder/lifecycle/read-group-starts";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { knownRegions } from "../groups/fleet-regions";
import type { AmiState } from "./types";

/** A page of versions, newest first; older ones are left out. */
const MOST_VERSIONS = 200;
const ACTIVE = ["Pending", "InProgress", "Baking", "Cancelling", "RollbackInProgress"];

/** Whether a refresh in this state keeps another from being started. */
export const isActive = (status: string | undefined): boolean => ACTIVE.includes(status ?? "");

/** AWS in a Region of the fleet. Throws `not-found` for another one. */
export async function accessIn(ctx: UseCaseContext, region: string): Promise<AwsAccess> {
  if (region === ctx.target.region) return ctx.aws;
  if ((await knownRegions(ctx)).has(region)) return ctx.aws.inRegion(region);
  throw new ConsoleFailure({ code: "not-found", message: `No image of this account goes to ${region}.` });
}

/** A group as it is now. Throws `not-found`. */
export async function readGroup(aws: AwsAccess, name: string): Promise<AutoScalingGroup> {
  const command = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
  const { AutoScalingGroups = [] } = await aws.autoScaling.read(command);
  const [group] = AutoScalingGroups;
  if (group) return group;
  throw new ConsoleFailure({ code: "not-found", message: `There is no Auto Scaling group named ${name}.` });
}

/** The group's refreshes, newest first, or just one of them. */
export async function readRefreshes(
  aws: AwsAccess,
  group: string,
  refreshId?: string,
): Promise<InstanceRefresh[]> {
  const command = new DescribeInstanceRefreshesCommand({
    AutoScalingGroupName: group,
    ...(refreshId && { InstanceRefreshIds: [refreshId] }),
  });
  return (await aws.autoScaling.read(command)).InstanceRefreshes ?? [];
}

/** The launch template that a group starts most instances with: its own, or that of its mixed instances policy. */
export const templateOf = (group: AutoScalingGroup): LaunchTemplateSpecification | undefined =>
  group.MixedInstancesPolicy?.LaunchTemplate?.LaunchTemplateSpecification ?? group.LaunchTemplate;

/** The newest versions of a launch template, newest first, and what the parameters hold that they name. */
export async function readVersions(
  aws: AwsAccess,
  { LaunchTemplateId, LaunchTemplateName }: LaunchTemplateSpecification,
): Promise<{ versions: LaunchTemplateVersion[]; resolved: Map<string, string>; doubts: string[] }> {
  let isCut = false;
  const { value: versions, reason } = await unlessFailed(
    collectPages({
      maxPages: 1,
      onCut: () => {
        isCut = true;
      },
      load: async (NextToken) => {
        const page = await aws.ec2.read(
          new DescribeLaunchTemplateVersionsCommand({
            ...(LaunchTemplateId ? { LaunchTemplateId } : { LaunchTemplateName }),
            MaxResults: MOST_VERSIONS,
            NextToken,
          }),
        );
        return { items: page.LaunchTemplateVersions, next: page.NextToken };
      },
    }),
    [],
  );
  const doubts = reason ? [`The versions of the launch template could not be read. ${reason}`] : [];
  if (isCut) doubts.push(`Only ${MOST_VERSIONS} versions of the launch template were read.`);
  const names = versions.flatMap(({ LaunchTemplateData }) => parameterOf(LaunchTemplateData?.ImageId) ?? []);
  const parameters = await unlessFailed(readParameters(aws, [...new Set(names)]), []);
  if (parameters.reason) doubts.push(`Parameters that hold AMIs could not be read. ${parameters.reason}`);
  const resolved = new Map(parameters.value.map(({ name, value }) => [name, value]));
  const newestFirst = versions.toSorted((a, b) => (b.VersionNumber ?? 0) - (a.VersionNumber ?? 0));
  return { versions: newestFirst, resolved, doubts };
}

/** Which of these AMIs can be launched; one that AWS does not list is gone or no longer shared. */
export async function readAmiStates(
  aws: AwsAccess,
  amiIds: string[],
): Promise<{ stateOf: (amiId: string | undefined) => AmiState; doubts: string[] }> {
  const asked = [...new Set(amiIds)].filter((id) => id.startsWith("ami-"));
  const { value: images, reason } = await unlessFailed(
    asked.length === 0
      ? Promise.resolve([])
      : collectPages({
          load: async (NextToken) => {
            // By filter: asked for by ID, one that is gone would fail all.
            const page = await aws.ec2.read(
              new DescribeImagesCommand({
                Filters: [{ Name: "image-id", Values: asked }],
                IncludeDisabled: true,
                IncludeDeprecated: true,
                NextToken,
              }),
            );
            return { items: page.Images, next: page.NextToken };
          },
        }),
    undefined,
  );
  const states = new Map(images?.map(({ ImageId = "", State = "" }) => [ImageId, State as string]));
  return {
    stateOf: (amiId) => {
      if (!images || !amiId || !asked.includes(amiId)) return "not known";
      const state = states.get(amiId);
      if (state === undefined) return "gone";
      return state === "available" ? "available" : "not available";
    },
    doubts: reason ? [`Whether AMIs can be launched is not known. ${reason}`] : [],
  };
}
