import "server-only";
import { DescribeInstanceImageMetadataCommand, type InstanceImageMetadata } from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { type ReadSource, readStartSources } from "@/lib/image-builder/lifecycle/read-group-starts";
import { findMembers } from "./find-members";
import type { FleetMember } from "./types";

/** A page of DescribeInstanceImageMetadata; 100,000 instances at most. */
const PAGE = 1000;
const MOST_PAGES = 100;

/**
 * What runs or would start in one Region: one call for every thousand instances, one for every hundred groups, and the
 * versions of launch templates in pages. `read` decides what is asked of AWS and what stands in for a source that fails.
 */
export async function readRegion(
  aws: AwsAccess,
  region: string,
  read: ReadSource,
): Promise<{ members: FleetMember[]; doubts: string[] }> {
  const [starts, { rows: metadata }] = await Promise.all([
    readStartSources(aws, read),
    read("The AMIs of instances", () => readMetadata(aws)),
  ]);
  const most = PAGE * MOST_PAGES;
  return {
    members: findMembers({ region, starts, metadata }),
    doubts:
      metadata.length < most
        ? []
        : [`Only the first ${most.toLocaleString("en-US")} instances that AWS lists in ${region} were read.`],
  };
}

const readMetadata = (aws: AwsAccess): Promise<InstanceImageMetadata[]> =>
  collectPages({
    maxPages: MOST_PAGES,
    // Said by the number of rows, which is kept.
    onCut: () => undefined,
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
