import type { Snapshot } from "@aws-sdk/client-ec2";
import { AwsError } from "../../wire/contract";
import { applyFilters, type FilterFields } from "./filters";
import type { Ec2 } from "./operations";
import { ec2Page, refuseDryRun, requireIds } from "./paging";
import { zonesOf } from "./regions";
import type { Ec2Store, InstanceRow } from "./store";

const INSTANCE_FIELDS: FilterFields<InstanceRow> = {
  "instance-id": (row) => [row.InstanceId],
  "image-id": (row) => [row.ImageId],
  "instance-state-name": (row) => [row.State?.Name],
  "instance-type": (row) => [row.InstanceType],
  "client-token": (row) => [row.ClientToken],
  "vpc-id": (row) => [row.VpcId],
  "subnet-id": (row) => [row.SubnetId],
  "availability-zone": (row) => [row.Placement?.AvailabilityZone],
};

const SNAPSHOT_FIELDS: FilterFields<Snapshot> = {
  "snapshot-id": (row) => [row.SnapshotId],
  "volume-id": (row) => [row.VolumeId],
  "volume-size": (row) => [row.VolumeSize],
  status: (row) => [row.State],
  "owner-id": (row) => [row.OwnerId],
  encrypted: (row) => [row.Encrypted],
  description: (row) => [row.Description],
};

/** An instance with what EC2 shows of every one. Differs from AWS: it has no network interface and no volume of its own. */
export function whole(
  { runningAt: _, checkedAt: __, stoppedAt: ___, ...row }: InstanceRow,
  store: Ec2Store,
): InstanceRow {
  const image = store.images.get(row.ImageId ?? "") ?? store.launchedImages.get(row.ImageId ?? "");
  return {
    AmiLaunchIndex: 0,
    Architecture: image?.Architecture ?? "x86_64",
    BlockDeviceMappings: [],
    CapacityReservationSpecification: { CapacityReservationPreference: "open" },
    ClientToken: "",
    EbsOptimized: false,
    EnaSupport: true,
    EnclaveOptions: { Enabled: false },
    HibernationOptions: { Configured: false },
    Hypervisor: "xen",
    MaintenanceOptions: { AutoRecovery: "default" },
    MetadataOptions: {
      State: "applied",
      HttpTokens: image?.ImdsSupport === "v2.0" ? "required" : "optional",
      HttpPutResponseHopLimit: 1,
      HttpEndpoint: "enabled",
      HttpProtocolIpv6: "disabled",
      InstanceMetadataTags: "disabled",
    },
    Monitoring: { State: "disabled" },
    NetworkInterfaces: [],
    Placement: { AvailabilityZone: zonesOf(store.region)[0], GroupName: "", Tenancy: "default" },
    PlatformDetails: image?.PlatformDetails ?? "Linux/UNIX",
    PrivateDnsName: "",
    PrivateDnsNameOptions: {
      HostnameType: "ip-name",
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    ProductCodes: [],
    PublicDnsName: "",
    RootDeviceName: image?.RootDeviceName ?? "/dev/xvda",
    RootDeviceType: "ebs",
    SecurityGroups: [],
    SourceDestCheck: true,
    StateTransitionReason: "",
    UsageOperation: image?.UsageOperation ?? "RunInstances",
    VirtualizationType: "hvm",
    ...row,
  };
}

export const instances = {
  DescribeInstances({ store, account }, input) {
    refuseDryRun(input);
    const error = { code: "InvalidInstanceID.NotFound", what: "instance ID", prefix: "i" };
    const rows =
      requireIds(input.InstanceIds, (id) => store.instances.get(id), error) ?? store.instances.list();
    const page = ec2Page(applyFilters(rows, input.Filters, INSTANCE_FIELDS), input);
    return {
      Reservations: page.rows.map((row) => ({
        ReservationId: row.InstanceId.replace(/^i-/, "r-"),
        OwnerId: account,
        Groups: [],
        Instances: [whole(row, store)],
      })),
      NextToken: page.NextToken,
    };
  },

  DescribeInstanceStatus({ store, now }, input) {
    refuseDryRun(input);
    const wanted = (row: InstanceRow) => input.IncludeAllInstances || row.State?.Name === "running";
    const rows = store.instances.list(
      (row) => wanted(row) && (!input.InstanceIds || input.InstanceIds.includes(row.InstanceId)),
    );
    const page = ec2Page(applyFilters(rows, input.Filters, INSTANCE_FIELDS), input);
    const checks = ({ State, checkedAt = 0 }: InstanceRow) => {
      const [Status, check] =
        State?.Name !== "running"
          ? (["not-applicable", undefined] as const)
          : checkedAt > now
            ? (["initializing", "initializing"] as const)
            : (["ok", "passed"] as const);
      return { Status, Details: check ? [{ Name: "reachability" as const, Status: check }] : [] };
    };
    return {
      InstanceStatuses: page.rows.map((row) => ({
        InstanceId: row.InstanceId,
        InstanceState: row.State,
        AvailabilityZone: row.Placement?.AvailabilityZone,
        InstanceStatus: checks(row),
        SystemStatus: checks(row),
      })),
      NextToken: page.NextToken,
    };
  },

  TerminateInstances({ store }, input) {
    refuseDryRun(input);
    const error = { code: "InvalidInstanceID.NotFound", what: "instance ID", prefix: "i" };
    const rows = requireIds(input.InstanceIds, (id) => store.instances.get(id), error) ?? [];
    const TERMINATED = { Code: 48, Name: "terminated" as const };
    for (const row of rows) store.instances.put({ ...row, State: TERMINATED });
    return {
      TerminatingInstances: rows.map(({ InstanceId, State }) => ({
        InstanceId,
        PreviousState: State,
        CurrentState: TERMINATED,
      })),
    };
  },

  DescribeSnapshots({ store, account }, input) {
    refuseDryRun(input);
    const error = { code: "InvalidSnapshot.NotFound", what: "snapshot", prefix: "snap" };
    const named = requireIds(input.SnapshotIds, (id) => store.snapshots.get(id), error);
    const rows = (named ?? store.snapshots.list()).filter(
      ({ OwnerId = "" }) =>
        !input.OwnerIds || input.OwnerIds.some((owner) => (owner === "self" ? account : owner) === OwnerId),
    );
    const page = ec2Page(applyFilters(rows, input.Filters, SNAPSHOT_FIELDS), input);
    // As EC2 shows of a snapshot whose volume it cannot name, such as a copy.
    const Snapshots = page.rows.map((row) => ({
      VolumeId: "vol-ffffffff",
      ...row,
      ...(row.KmsKeyId && { KmsKeyId: store.kms.resolve(row.KmsKeyId)?.Arn ?? row.KmsKeyId }),
    }));
    return { Snapshots, NextToken: page.NextToken };
  },

  DeleteSnapshot({ store }, input) {
    refuseDryRun(input);
    const { SnapshotId: id = "" } = input;
    const user = store.images.find(({ BlockDeviceMappings = [] }) =>
      BlockDeviceMappings.some(({ Ebs }) => Ebs?.SnapshotId === id),
    );
    if (user)
      throw new AwsError(
        "InvalidSnapshot.InUse",
        `The snapshot ${id} is currently in use by ${user.ImageId}`,
      );
    if (!store.snapshots.delete(id))
      throw new AwsError("InvalidSnapshot.NotFound", `The snapshot '${id}' does not exist.`);
    return {};
  },
} satisfies Partial<Ec2>;
