import "server-only";
import {
  DescribeImagesCommand,
  DescribeImageUsageReportEntriesCommand,
  DescribeImageUsageReportsCommand,
  DescribeSnapshotsCommand,
  GetImageAncestryCommand,
  type Image,
  type Snapshot,
} from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { canonicalText } from "@/lib/core/canonical-text";
import { ConsoleFailure } from "@/lib/core/failure";
import { readAmiLineage } from "@/lib/history/read-index";
import type { AmiBuild } from "@/lib/history/types";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { accessIn } from "../roll-outs/read-roll-out-group";
import { maySeeAmi } from "./list-amis";
import type { AmiUsageReport, Ancestor } from "./types";

/** Names come from others. */
const LONGEST_NAME = 300;
const AMI_ID = /^ami-[0-9a-f]{8,17}$/;

/** An AMI as AWS has it now, with the build that made it. */
export type FoundAmi = { aws: AwsAccess; image: Image; build: AmiBuild | undefined };

/**
 * An AMI by its address, also one that is disabled or deprecated. Throws `not-found` for one that is not there, that
 * AWS does not show to the account, or that the actor may not see.
 */
export async function findAmi(
  ctx: UseCaseContext,
  { region, amiId }: { region: string; amiId: string },
): Promise<FoundAmi> {
  const notThere = new ConsoleFailure({
    code: "not-found",
    message: `There is no AMI ${amiId} in ${region} that you may see. It may have been deregistered.`,
  });
  if (!AMI_ID.test(amiId)) throw notThere;
  const aws = await accessIn(ctx, region);
  const command = new DescribeImagesCommand({
    Filters: [{ Name: "image-id", Values: [amiId] }],
    IncludeDeprecated: true,
    IncludeDisabled: true,
  });
  const [{ Images }, { value: lineage }] = await Promise.all([
    aws.ec2.read(command),
    unlessFailed(readAmiLineage(ctx, region, [amiId]), new Map<string, AmiBuild>()),
  ]);
  const image = Images?.find(({ ImageId }) => ImageId === amiId);
  const build = lineage.get(amiId);
  if (image && maySeeAmi(ctx, { build })) return { aws, image, build };
  throw notThere;
}

/** The snapshots of an AMI's volumes, as far as the account may see them. */
export async function readSnapshotsOf(aws: AwsAccess, image: Image): Promise<Snapshot[]> {
  const ids = (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? []);
  if (ids.length === 0) return [];
  const Filters = [{ Name: "snapshot-id", Values: ids }];
  return collectPages({
    load: async (NextToken) => {
      const page = await aws.ec2.read(new DescribeSnapshotsCommand({ Filters, NextToken }));
      return { items: page.Snapshots, next: page.NextToken };
    },
  });
}

/** Ancestors do not change. */
const ANCESTRY_FRESH_FOR_MS = 600_000;

/**
 * From the AMI to its root, with the builds that made ancestors in this account.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetImageAncestry.html
 */
export async function readAncestry(
  ctx: UseCaseContext,
  aws: AwsAccess,
  { region, amiId }: { region: string; amiId: string },
): Promise<Ancestor[]> {
  const command = new GetImageAncestryCommand({ ImageId: amiId });
  const { ImageAncestryEntries: entries = [] } = await aws.ec2.read(command, {
    freshForMs: ANCESTRY_FRESH_FOR_MS,
  });
  const ancestors: Ancestor[] = [];
  let at: string | undefined = region;
  for (const { ImageId = "", CreationDate, ImageOwnerAlias, SourceImageRegion } of entries) {
    ancestors.push({
      amiId: ImageId,
      ...(at && { region: at }),
      ...(ImageOwnerAlias && { ownerAlias: ImageOwnerAlias }),
      ...(CreationDate && { createdAt: CreationDate.toISOString() }),
    });
    at = SourceImageRegion;
  }
  return withNames(ctx, ancestors);
}

/** Names and builds of ancestors, where AWS still has them: of those that the actor may see, and of public ones. */
async function withNames(ctx: UseCaseContext, ancestors: Ancestor[]): Promise<Ancestor[]> {
  const regions = [...new Set(ancestors.flatMap(({ region }) => region ?? []))];
  const known = await Promise.all(
    regions.map(async (region) => {
      const ids = ancestors.flatMap((one) => (one.region === region ? one.amiId : []));
      const [{ value: images }, { value: lineage }] = await Promise.all([
        unlessFailed(ancestorsIn(ctx, region, ids), new Map<string, Image>()),
        unlessFailed(readAmiLineage(ctx, region, ids), new Map<string, AmiBuild>()),
      ]);
      return { region, images, lineage };
    }),
  );
  return ancestors.map((one) => {
    const here = known.find(({ region }) => region === one.region);
    const [image, build] = [here?.images.get(one.amiId), here?.lineage.get(one.amiId)];
    const isSeen = maySeeAmi(ctx, { build });
    const name = isSeen || image?.Public ? image?.Name : undefined;
    return {
      ...one,
      ...(name && { name: canonicalText(name, LONGEST_NAME) }),
      ...(build && isSeen && { build }),
    };
  });
}

async function ancestorsIn(ctx: UseCaseContext, region: string, ids: string[]): Promise<Map<string, Image>> {
  const command = new DescribeImagesCommand({
    Filters: [{ Name: "image-id", Values: ids }],
    IncludeDeprecated: true,
    IncludeDisabled: true,
  });
  const aws = await accessIn(ctx, region).catch(() => undefined);
  const { Images = [] } = aws ? await aws.ec2.read(command, { freshForMs: ANCESTRY_FRESH_FOR_MS }) : {};
  return new Map(Images.map((image) => [image.ImageId ?? "", image]));
}

/**
 * The newest report on how other accounts use an AMI; undefined where nobody asked for one in the last 30 days.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImageUsageReports.html
 */
export async function readUsage(aws: AwsAccess, amiId: string): Promise<AmiUsageReport | undefined> {
  const { ImageUsageReports = [] } = await aws.ec2.read(
    new DescribeImageUsageReportsCommand({ ImageIds: [amiId] }),
  );
  const newestFirst = ImageUsageReports.toSorted(
    (a, b) => (b.CreationTime?.getTime() ?? 0) - (a.CreationTime?.getTime() ?? 0),
  );
  // While a new one is made, the one before is better than none.
  const report = newestFirst.find(({ State }) => State === "available") ?? newestFirst[0];
  if (!report?.ReportId) return undefined;
  const { ReportId, State = "not known", CreationTime } = report;
  const entries = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeImageUsageReportEntriesCommand({ ReportIds: [ReportId], NextToken });
      const page = await aws.ec2.read(command);
      return { items: page.ImageUsageReportEntries, next: page.NextToken };
    },
  });
  return {
    state: newestFirst[0]?.State === "pending" ? "pending" : State,
    ...(CreationTime && { createdAt: CreationTime.toISOString() }),
    entries: entries.map(({ AccountId = "", ResourceType = "", UsageCount = 0 }) => ({
      accountId: AccountId,
      resourceType: ResourceType,
      count: UsageCount,
    })),
  };
}
