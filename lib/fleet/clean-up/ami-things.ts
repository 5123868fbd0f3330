import "server-only";
import {
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  type Image,
  type Snapshot,
} from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { findAmiUsers } from "@/lib/image-builder/lifecycle/find-ami-users";
import type { AmiUser } from "@/lib/image-builder/lifecycle/types";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import { readHolders } from "../amis/read-holders";
import { recipesOnBase } from "./read-definitions";
import { byRollOuts, idOf, outsideRole, type RegionAsked } from "./region-asked";
import type { Made, Thing } from "./types";

/** Filters take 200 values. */
const FILTER_SIZE = 200;
const WORDS: Record<AmiUser["kind"], string> = {
  "launch-template": "the launch template",
  "launch-configuration": "the launch configuration",
  instance: "the instance",
  "auto-scaling-group": "the Auto Scaling group",
  parameter: "the parameter",
};

/** The AMIs of one Region that are still there, with their snapshots. What could not be asked is in `notKnown`. */
export async function amiThings(
  asked: RegionAsked,
  templateIds: ReadonlyMap<string, string>,
): Promise<{ things: Thing[]; snapshots: Made["snapshots"] }> {
  const { ctx, aws, region, made, definitions } = asked;
  if (made.amis.length === 0 && made.snapshots.length === 0) return { things: [], snapshots: [] };
  const ids = made.amis.map(({ amiId }) => amiId);
  const [images, users] = await Promise.all([
    unlessFailed(describeImages(aws, { Name: "image-id", Values: ids }), undefined),
    unlessFailed(findAmiUsers(aws, region, ids), undefined),
  ]);
  const unread = [images.reason, users.reason].flatMap((reason) => reason ?? []);
  const doubts = [
    ...unread.map((reason) => `AWS could not be asked. ${reason}`),
    ...(users.value?.doubts ?? []),
    ...(asked.knownRegions.has(region)
      ? []
      : [`The history has not indexed an image in ${region} yet. Check again in a minute.`]),
  ];
  const idOfUser = ({ kind, name }: AmiUser): string | undefined => {
    if (kind === "launch-template") return idOf(kind, region, templateIds.get(name) ?? name);
    return kind === "parameter" ? idOf(kind, region, name) : undefined;
  };
  const things = await Promise.all(
    made.amis.map(async ({ amiId, image: build }): Promise<Thing[]> => {
      const image = images.value?.find(({ ImageId }) => ImageId === amiId);
      if (images.value && !image) return [];
      const own = image?.OwnerId === ctx.target.accountId;
      const sharing = image && own ? await sharingOf(aws, image) : { stays: [], notKnown: [] };
      const recipes = recipesOnBase(ctx, definitions, (base) => base === amiId);
      const isDisabled = image?.State === "disabled";
      return [
        {
          id: idOf("ami", region, amiId),
          kind: "ami",
          name: image?.Name ? `${image.Name} (${amiId})` : amiId,
          region,
          what: isDisabled ? "Deregistered." : "Launches are stopped, then it is deregistered.",
          at: { amiId },
          usedBy: [
            ...(users.value?.users ?? [])
              .filter((user) => user.amiId === amiId)
              .map((user) => ({ id: idOfUser(user), text: `${WORDS[user.kind]} ${user.name}` })),
            ...recipes.usedBy,
            ...byRollOuts(asked, ({ before, after }) => before.amiId === amiId || after.amiId === amiId),
          ],
          stays: [
            ...(image && !own
              ? [`It belongs to the account ${image.OwnerId ?? "that AWS did not name"}.`]
              : []),
            ...protectionOf(image),
            ...(image && !isDisabled && image.State !== "available"
              ? [`It is ${image.State ?? "in no known state"}.`]
              : []),
            ...sharing.stays,
            ...outsideRole(asked, "deregister-ami", build),
          ],
          notKnown: [...doubts, ...recipes.notKnown, ...sharing.notKnown],
        },
      ];
    }),
  );
  const found = await snapshotThings(asked, images.value ?? []);
  return { things: [...things.flat(), ...found.things], snapshots: found.snapshots };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ami-deregistration-protection.html */
const protectionOf = (image: Image | undefined): string[] =>
  image?.DeregistrationProtection && image.DeregistrationProtection !== "disabled"
    ? ["Deregistration protection is on, or ended less than 24 hours ago."]
    : [];

async function sharingOf(
  aws: AwsAccess,
  { ImageId = "" }: Image,
): Promise<Pick<Thing, "stays" | "notKnown">> {
  const { value, reason } = await unlessFailed(readHolders(aws, ImageId), undefined);
  if (value === undefined)
    return { stays: [], notKnown: [`Not known with whom it is shared. ${reason ?? "AWS did not say."}`] };
  const isPublic = value.some(({ Group }) => Group === "all");
  const count = value.filter(({ Group }) => Group !== "all").length;
  return {
    stays: [
      ...(isPublic ? ["It is public."] : []),
      ...(count > 0 ? [`Shared with ${count} ${count === 1 ? "other" : "others"}, who may launch it.`] : []),
    ],
    notKnown: [],
  };
}

/** The AMIs that a filter names, by its values in parts of what a request takes. */
const describeImages = (aws: AwsAccess, filter: { Name: string; Values: string[] }): Promise<Image[]> =>
  inParts(filter.Values, (Values) =>
    collectPages({
      load: async (NextToken) => {
        const command = new DescribeImagesCommand({
          Filters: [{ ...filter, Values }],
          IncludeDeprecated: true,
          IncludeDisabled: true,
          NextToken,
        });
        const page = await aws.ec2.read(command);
        return { items: page.Images, next: page.NextToken };
      },
    }),
  );

async function inParts<Row>(values: string[], read: (some: string[]) => Promise<Row[]>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < values.length; from += FILTER_SIZE)
    rows.push(...(await read(values.slice(from, from + FILTER_SIZE))));
  return rows;
}

/** The snapshots of AMIs, those of AMIs that a clean-up has removed already among them. */
async function snapshotThings(
  asked: RegionAsked,
  images: Image[],
): Promise<{ things: Thing[]; snapshots: Made["snapshots"] }> {
  const { ctx, aws, region, made } = asked;
  const imageOf = new Map(made.amis.map(({ amiId, image }) => [amiId, image]));
  const read = images
    .filter(({ OwnerId }) => OwnerId === ctx.target.accountId)
    .flatMap(({ ImageId = "", BlockDeviceMappings = [] }) =>
      BlockDeviceMappings.flatMap(({ Ebs }) =>
        Ebs?.SnapshotId
          ? [
              {
                region,
                accountId: ctx.target.accountId,
                image: imageOf.get(ImageId) ?? "",
                snapshotId: Ebs.SnapshotId,
                amiId: ImageId,
              },
            ]
          : [],
      ),
    );
  const snapshots = [...new Map([...made.snapshots, ...read].map((one) => [one.snapshotId, one])).values()];
  const ids = snapshots.map(({ snapshotId }) => snapshotId);
  const [there, users] = await Promise.all([
    unlessFailed(describeSnapshots(aws, ids), undefined),
    unlessFailed(describeImages(aws, { Name: "block-device-mapping.snapshot-id", Values: ids }), undefined),
  ]);
  const reasons = [there.reason, users.reason].flatMap((reason) => reason ?? []);
  const things = snapshots.flatMap(({ snapshotId, amiId, image }): Thing[] => {
    const snapshot = there.value?.find((one) => one.SnapshotId === snapshotId);
    if (there.value && !snapshot) return [];
    const names = (one: Image) => one.BlockDeviceMappings?.some(({ Ebs }) => Ebs?.SnapshotId === snapshotId);
    return [
      {
        id: idOf("snapshot", region, snapshotId),
        kind: "snapshot",
        name: snapshotId,
        region,
        what: `Deleted, once its AMI ${amiId} is gone. It does not come back unless the Recycle Bin keeps it.`,
        usedBy: (users.value ?? [])
          .filter(names)
          .map(({ ImageId = "" }) => ({ id: idOf("ami", region, ImageId), text: `the AMI ${ImageId}` })),
        stays: [
          ...(snapshot && snapshot.OwnerId !== ctx.target.accountId ? ["Another account owns it."] : []),
          ...outsideRole(asked, "run-clean-up-step", image),
        ],
        notKnown: reasons.map((reason) => `AWS could not be asked. ${reason}`),
      },
    ];
  });
  return { things, snapshots };
}

const describeSnapshots = (aws: AwsAccess, ids: string[]): Promise<Snapshot[]> =>
  inParts(ids, (Values) =>
    collectPages({
      load: async (NextToken) => {
        const Filters = [{ Name: "snapshot-id", Values }];
        const page = await aws.ec2.read(new DescribeSnapshotsCommand({ Filters, NextToken }));
        return { items: page.Snapshots, next: page.NextToken };
      },
    }),
  );
