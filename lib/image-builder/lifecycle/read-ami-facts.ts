import "server-only";
import { DescribeImageAttributeCommand, DescribeImagesCommand } from "@aws-sdk/client-ec2";
import type { AwsAccess } from "@/lib/aws/types";
import { ConsoleFailure } from "@/lib/core/failure";
import { groupBy } from "@/lib/definitions/group-by";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { LifecycleScope } from "./judge-images";
import type { LifecycleAmi, LifecycleImage } from "./types";

const FRESH_FOR_MS = 15_000;
const IDS_AT_ONCE = 200;

/**
 * The images with what the policy's exclusions ask of their AMIs; nothing is read that no rule asks for. AMIs in
 * other accounts cannot be read from here, and each that could not be is a doubt.
 */
export async function readAmiFacts(
  ctx: UseCaseContext,
  { policyDetails }: LifecycleScope,
  images: LifecycleImage[],
): Promise<{ images: LifecycleImage[]; doubts: string[] }> {
  const rules = policyDetails.flatMap(({ exclusionRules }) => exclusionRules?.amis ?? []);
  const asks = {
    anything: rules.some(({ isPublic, tagMap, sharedAccounts, lastLaunched }) =>
      Boolean(isPublic || tagMap || sharedAccounts || lastLaunched),
    ),
    shares: rules.some(({ sharedAccounts }) => sharedAccounts !== undefined),
    launches: rules.some(({ lastLaunched }) => lastLaunched !== undefined),
  };
  if (!asks.anything) return { images, doubts: [] };

  const { accountId } = ctx.target;
  const own = images.flatMap(({ amis }) => amis).filter((ami) => (ami.accountId ?? accountId) === accountId);
  const facts = new Map<string, Partial<LifecycleAmi>>();
  const doubts = new Set<string>();
  for (const [region, amis] of groupBy(own, (ami) => ami.region)) {
    const aws = ctx.aws.inRegion(region);
    try {
      for (const [id, fact] of await factsInRegion(aws, amis, asks)) facts.set(id, fact);
    } catch (error) {
      if (!(error instanceof ConsoleFailure)) throw error;
      doubts.add(`Exclusions of AMIs in ${region} could not be checked. ${error.detail.message}`);
    }
  }
  const foreign = images.flatMap(({ amis }) => amis).length - own.length;
  if (foreign > 0)
    doubts.add(`Exclusions of ${foreign} AMIs in other accounts could not be checked from this one.`);
  return {
    images: images.map((image) => ({
      ...image,
      amis: image.amis.map((ami) => ({ ...ami, ...facts.get(ami.amiId) })),
    })),
    doubts: [...doubts],
  };
}

async function factsInRegion(
  aws: AwsAccess,
  amis: LifecycleAmi[],
  asks: { shares: boolean; launches: boolean },
): Promise<Map<string, Partial<LifecycleAmi>>> {
  const facts = new Map<string, Partial<LifecycleAmi>>();
  const ids = amis.map(({ amiId }) => amiId);
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    // By filter: an ID that is gone is then no error.
    const command = new DescribeImagesCommand({
      Filters: [{ Name: "image-id", Values: ids.slice(from, from + IDS_AT_ONCE) }],
      Owners: ["self"],
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
    const { Images = [] } = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
    for (const { ImageId = "", Public, Tags = [] } of Images) {
      const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
      const sharedAccounts = asks.shares ? await accountsOf(aws, ImageId) : undefined;
      const lastLaunchedAt = asks.launches ? await lastLaunchOf(aws, ImageId) : undefined;
      facts.set(ImageId, { isPublic: Public, tags, sharedAccounts, lastLaunchedAt });
    }
  }
  return facts;
}

async function accountsOf(aws: AwsAccess, ImageId: string): Promise<string[]> {
  const command = new DescribeImageAttributeCommand({ ImageId, Attribute: "launchPermission" });
  const { LaunchPermissions = [] } = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
  return LaunchPermissions.flatMap(({ UserId = [] }) => UserId);
}

async function lastLaunchOf(aws: AwsAccess, ImageId: string): Promise<string | undefined> {
  const command = new DescribeImageAttributeCommand({ ImageId, Attribute: "lastLaunchedTime" });
  const { LastLaunchedTime } = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
  return LastLaunchedTime?.Value || undefined;
}
