import "server-only";
import {
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  type Image,
  type LaunchPermission,
  type Snapshot,
} from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { findAmiUsers } from "@/lib/image-builder/lifecycle/find-ami-users";
import type { AmiUser } from "@/lib/image-builder/lifecycle/types";
import { unlessFailed, unlessGone } from "@/lib/use-case/unless-failed";
import { readHolders } from "./read-holders";

/** All who look share one inventory for so long. */
const FRESH_FOR_MS = 60_000;
/** Sharing takes one call an AMI, and is asked again after so long. */
const SHARING_FRESH_FOR_MS = 300_000;
/** The newest own AMIs of a Region whose sharing the list reads; the page of an AMI always reads it. */
const MOST_SHARING = 50;
/** Filters take 200 values. */
const FILTER_SIZE = 200;
const PAGE = 1000;
/** The newest of a Region that are listed. */
const MOST_AMIS = 2000;

export type RegionAmis = {
  images: Image[];
  snapshots: Map<string, Snapshot>;
  permissions: Map<string, LaunchPermission[]>;
  /** Undefined: not read. */
  users: AmiUser[] | undefined;
  doubts: string[];
  readAt: number;
};

/**
 * The AMIs that the account owns in a Region and those that other accounts share with it, newest first, with their
 * keys, their sharing and what uses them. What could not be read is a doubt; it hides nothing of the rest.
 */
export function readRegionAmis(aws: AwsAccess, region: string, now: number): Promise<RegionAmis> {
  return aws.share(`amis ${region}`, FRESH_FOR_MS, async () => {
    const doubts: string[] = [];
    const orDoubt = async <Value, Instead>(what: string, reading: Promise<Value>, instead: Instead) => {
      const { value, reason } = await unlessFailed(reading, instead);
      if (reason) doubts.push(`${what} in ${region} could not be read. ${reason}`);
      return value;
    };
    const [own, shared] = await Promise.all([
      orDoubt("The account's own AMIs", readImages(aws, { Owners: ["self"], IncludeDisabled: true }), []),
      orDoubt("AMIs that are shared with the account", readImages(aws, { ExecutableUsers: ["self"] }), []),
    ]);
    const all = [...new Map([...own, ...shared].map((image) => [image.ImageId ?? "", image])).values()];
    const images = all
      .toSorted((a, b) => (b.CreationDate ?? "").localeCompare(a.CreationDate ?? ""))
      .slice(0, MOST_AMIS);
    if (images.length < all.length)
      doubts.push(`Only the latest ${MOST_AMIS} of ${all.length} AMIs in ${region} are shown.`);
    const ownIds = new Set(own.map(({ ImageId }) => ImageId));
    const asked = images.filter(({ ImageId }) => ownIds.has(ImageId)).slice(0, MOST_SHARING);
    const [snapshots, { permissions, reasons }, used] = await Promise.all([
      orDoubt("The keys of AMIs", readSnapshots(aws, images), new Map<string, Snapshot>()),
      readPermissions(aws, asked),
      orDoubt(
        "The uses of AMIs",
        findAmiUsers(
          aws,
          region,
          images.flatMap(({ ImageId }) => ImageId ?? []),
        ),
        undefined,
      ),
    ]);
    if (reasons.length > 0)
      doubts.push(`The sharing of ${reasons.length} AMIs in ${region} could not be read. ${reasons[0]}`);
    if (used) doubts.push(...used.doubts);
    return { images, snapshots, permissions, users: used?.users, doubts, readAt: now };
  });
}

const readImages = (
  aws: AwsAccess,
  of: { Owners?: string[]; ExecutableUsers?: string[]; IncludeDisabled?: boolean },
) =>
  collectPages({
    load: async (NextToken) => {
      const command = new DescribeImagesCommand({
        ...of,
        IncludeDeprecated: true,
        MaxResults: PAGE,
        NextToken,
      });
      const page = await aws.ec2.read(command);
      return { items: page.Images, next: page.NextToken };
    },
  });

/** The snapshots of encrypted volumes, by ID: those of other accounts are not among them. */
async function readSnapshots(aws: AwsAccess, images: Image[]): Promise<Map<string, Snapshot>> {
  const ids = images.flatMap(({ BlockDeviceMappings = [] }) =>
    BlockDeviceMappings.flatMap(({ Ebs }) => (Ebs?.Encrypted && Ebs.SnapshotId ? Ebs.SnapshotId : [])),
  );
  const snapshots = new Map<string, Snapshot>();
  for (let from = 0; from < ids.length; from += FILTER_SIZE) {
    // By filter: asked for by ID, one that is gone would fail all.
    const Filters = [{ Name: "snapshot-id", Values: ids.slice(from, from + FILTER_SIZE) }];
    const found = await collectPages({
      load: async (NextToken) => {
        const command = new DescribeSnapshotsCommand({ Filters, MaxResults: PAGE, NextToken });
        const page = await aws.ec2.read(command);
        return { items: page.Snapshots, next: page.NextToken };
      },
    });
    for (const one of found) snapshots.set(one.SnapshotId ?? "", one);
  }
  return snapshots;
}

/** One that fails, as an AMI that is deregistered meanwhile, costs its own answer only. */
async function readPermissions(
  aws: AwsAccess,
  images: Image[],
): Promise<{ permissions: Map<string, LaunchPermission[]>; reasons: string[] }> {
  const permissions = new Map<string, LaunchPermission[]>();
  const reasons: string[] = [];
  await Promise.all(
    images.map(async ({ ImageId = "" }) => {
      const { value, reason } = await unlessFailed(
        unlessGone(readHolders(aws, ImageId, { freshForMs: SHARING_FRESH_FOR_MS }), undefined),
        undefined,
      );
      if (value) permissions.set(ImageId, value);
      if (reason) reasons.push(reason);
    }),
  );
  return { permissions, reasons };
}
