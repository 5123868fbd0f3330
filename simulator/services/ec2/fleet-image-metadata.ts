import type { ImageMetadata } from "@aws-sdk/client-ec2";
import { applyFilters, type FilterFields } from "./filters";
import { visibleImage } from "./images";
import type { Ec2 } from "./operations";
import { ec2Page, refuseDryRun, requireIds } from "./paging";
import type { Ec2Store, InstanceRow } from "./store";

type Row = InstanceRow & { image: ImageMetadata };

const FIELDS: FilterFields<Row> = {
  "availability-zone": (row) => [row.Placement?.AvailabilityZone],
  "instance-id": (row) => [row.InstanceId],
  "instance-state-name": (row) => [row.State?.Name],
  "instance-type": (row) => [row.InstanceType],
  "launch-time": (row) => [row.LaunchTime?.toISOString()],
  "owner-alias": (row) => [row.image.ImageOwnerAlias],
  "owner-id": (row) => [row.image.OwnerId],
  "image-allowed": (row) => [row.image.ImageAllowed],
};

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceImageMetadata.html */
export const fleetImageMetadata = {
  DescribeInstanceImageMetadata({ store, account, now }, input) {
    refuseDryRun(input);
    const error = { code: "InvalidInstanceID.NotFound", what: "instance ID", prefix: "i" };
    const instances =
      requireIds(input.InstanceIds, (id) => store.instances.get(id), error) ?? store.instances.list();
    const rows = instances.map((row): Row => ({ ...row, image: imageMetadata(store, row.ImageId, now) }));
    const page = ec2Page(applyFilters(rows, input.Filters, FIELDS), input);
    return {
      InstanceImageMetadata: page.rows.map((row) => ({
        InstanceId: row.InstanceId,
        InstanceType: row.InstanceType,
        LaunchTime: row.LaunchTime,
        AvailabilityZone: row.Placement?.AvailabilityZone,
        State: row.State,
        OwnerId: account,
        Tags: row.Tags ?? [],
        ImageMetadata: row.image,
      })),
      NextToken: page.NextToken,
    };
  },
} satisfies Partial<Ec2>;

/** What EC2 says of an instance's AMI, also when it is gone or was never visible to the account. */
function imageMetadata(store: Ec2Store, id: string | undefined, now: number): ImageMetadata {
  if (!id) return {};
  const visible = visibleImage(store, id, now);
  const image = visible ?? store.launchedImages.get(id);
  return {
    ImageId: id,
    Name: image?.Name,
    OwnerId: image?.OwnerId,
    State: visible?.State ?? "deregistered",
    ImageOwnerAlias: image?.ImageOwnerAlias,
    CreationDate: image?.CreationDate,
    DeprecationTime: image?.DeprecationTime,
    // Differs from AWS: Allowed AMIs are not simulated, so each is allowed.
    ImageAllowed: true,
    IsPublic: image?.Public ?? false,
    ...(image?.ImageWatermarks && { ImageWatermarks: image.ImageWatermarks }),
  };
}
