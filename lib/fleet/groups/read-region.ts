import "server-only";
import { DescribeInstanceImageMetadataCommand } from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { readGroupStarts } from "@/lib/image-builder/lifecycle/read-group-starts";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { findMembers } from "./find-members";
import type { FleetMember } from "./types";

/** A page of DescribeInstanceImageMetadata; 100,000 instances at most. */
const PAGE = 1000;
const MOST_PAGES = 100;
/** All who look share one inventory for so long. */
const FRESH_FOR_MS = 60_000;

export type RegionInventory = { members: FleetMember[]; doubts: string[]; readAt: number };

/**
 * What runs or would start in one Region: one call for every thousand instances, one for every hundred groups, and the
 * versions of launch templates in pages. What could not be read is a doubt; it hides nothing of the rest.
 */
export function readRegion(aws: AwsAccess, region: string, now: number): Promise<RegionInventory> {
  return aws.share(`fleet ${region}`, FRESH_FOR_MS, async () => {
    const cut: string[] = [];
    const onCut = () => {
      const most = (PAGE * MOST_PAGES).toLocaleString("en-US");
      cut.push(`Only the first ${most} instances that AWS lists in ${region} were read.`);
    };
    const [{ starts, doubts }, { value: metadata, reason }] = await Promise.all([
      readGroupStarts(aws, region),
      unlessFailed(readMetadata(aws, onCut), []),
    ]);
    doubts.push(...cut);
    if (reason) doubts.push(`The AMIs of instances in ${region} could not be read. ${reason}`);
    return { members: findMembers({ region, starts, metadata }), doubts, readAt: now };
  });
}

const readMetadata = (aws: AwsAccess, onCut: () => void) =>
  collectPages({
    maxPages: MOST_PAGES,
    onCut,
    load: async (NextToken) => {
      const command = new DescribeInstanceImageMetadataCommand({
        Filters: [{ Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] }],
        MaxResults: PAGE,
        NextToken,
      });
      const page = await aws.ec2.read(command);
      return { items: page.InstanceImageMetadata, next: page.NextToken };
    },
  });
