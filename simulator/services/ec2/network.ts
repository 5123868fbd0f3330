import type { KeyPairInfo, SecurityGroup, Subnet, Vpc } from "@aws-sdk/client-ec2";
import { stableHex, stableId } from "../../engine/ids";
import { AwsError } from "../../wire/contract";
import { applyFilters, type FilterFields } from "./filters";
import type { Ec2 } from "./operations";
import { ec2Page, refuseDryRun, requireIds } from "./paging";
import { zoneIdOf } from "./regions";
import { tagsFor } from "./tag-specifications";

const VPC_FIELDS: FilterFields<Vpc> = {
  "vpc-id": (row) => [row.VpcId],
  cidr: (row) => [row.CidrBlock],
  "is-default": (row) => [row.IsDefault],
  isDefault: (row) => [row.IsDefault],
  state: (row) => [row.State],
  "owner-id": (row) => [row.OwnerId],
};

const SUBNET_FIELDS: FilterFields<Subnet> = {
  "subnet-id": (row) => [row.SubnetId],
  "vpc-id": (row) => [row.VpcId],
  "availability-zone": (row) => [row.AvailabilityZone],
  "default-for-az": (row) => [row.DefaultForAz],
  "cidr-block": (row) => [row.CidrBlock],
  "map-public-ip-on-launch": (row) => [row.MapPublicIpOnLaunch],
  state: (row) => [row.State],
  "owner-id": (row) => [row.OwnerId],
};

const GROUP_FIELDS: FilterFields<SecurityGroup> = {
  "group-id": (row) => [row.GroupId],
  "group-name": (row) => [row.GroupName],
  "vpc-id": (row) => [row.VpcId],
  description: (row) => [row.Description],
  "owner-id": (row) => [row.OwnerId],
};

const KEY_FIELDS: FilterFields<KeyPairInfo> = {
  "key-pair-id": (row) => [row.KeyPairId],
  "key-name": (row) => [row.KeyName],
  fingerprint: (row) => [row.KeyFingerprint],
};

/** A VPC's one block of addresses, as AWS shows it twice. */
const withBlocks = (row: Vpc): Vpc => ({
  ...row,
  CidrBlockAssociationSet: [
    {
      AssociationId: stableId("vpc-cidr-assoc", row.VpcId ?? ""),
      CidrBlock: row.CidrBlock,
      CidrBlockState: { State: "associated" },
    },
  ],
});

export const network = {
  DescribeVpcs({ store }, input) {
    refuseDryRun(input);
    const error = { code: "InvalidVpcID.NotFound", what: "vpc ID", prefix: "vpc" };
    const rows = requireIds(input.VpcIds, (id) => store.vpcs.get(id), error) ?? store.vpcs.list();
    const page = ec2Page(applyFilters(rows, input.Filters, VPC_FIELDS), input);
    return { Vpcs: page.rows.map(withBlocks), NextToken: page.NextToken };
  },

  DescribeSubnets({ store, region }, input) {
    refuseDryRun(input);
    const error = { code: "InvalidSubnetID.NotFound", what: "subnet ID", prefix: "subnet" };
    const rows = requireIds(input.SubnetIds, (id) => store.subnets.get(id), error) ?? store.subnets.list();
    const page = ec2Page(applyFilters(rows, input.Filters, SUBNET_FIELDS), input);
    const unset = {
      AssignIpv6AddressOnCreation: false,
      Ipv6CidrBlockAssociationSet: [],
      Ipv6Native: false,
      EnableDns64: false,
      MapCustomerOwnedIpOnLaunch: false,
      PrivateDnsNameOptionsOnLaunch: {
        HostnameType: "ip-name" as const,
        EnableResourceNameDnsARecord: false,
        EnableResourceNameDnsAAAARecord: false,
      },
    };
    return {
      Subnets: page.rows.map((row) => ({
        ...unset,
        AvailabilityZoneId: zoneIdOf(region, row.AvailabilityZone ?? ""),
        ...row,
      })),
      NextToken: page.NextToken,
    };
  },

  DescribeSecurityGroups({ store }, input) {
    refuseDryRun(input);
    const error = { code: "InvalidGroup.NotFound", what: "security group", prefix: "sg" };
    const named = requireIds(input.GroupIds, (id) => store.securityGroups.get(id), error);
    const rows = (named ?? store.securityGroups.list()).filter(
      ({ GroupName = "" }) => !input.GroupNames || input.GroupNames.includes(GroupName),
    );
    const page = ec2Page(applyFilters(rows, input.Filters, GROUP_FIELDS), input);
    return { SecurityGroups: page.rows, NextToken: page.NextToken };
  },

  CreateSecurityGroup({ store, account, region, partition }, input) {
    refuseDryRun(input);
    const { GroupName = "", Description, VpcId = stableId("vpc", account, region) } = input;
    if (store.securityGroups.find((row) => row.GroupName === GroupName && row.VpcId === VpcId)) {
      const message = `The security group '${GroupName}' already exists for VPC '${VpcId}'`;
      throw new AwsError("InvalidGroup.Duplicate", message);
    }
    const GroupId = stableId("sg", account, region, VpcId, GroupName);
    const Tags = tagsFor("security-group", input.TagSpecifications);
    const IpPermissionsEgress = [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }];
    const row = { GroupId, GroupName, Description, VpcId, OwnerId: account, Tags };
    store.securityGroups.put({ ...row, IpPermissions: [], IpPermissionsEgress });
    return {
      GroupId,
      Tags,
      SecurityGroupArn: `arn:${partition}:ec2:${region}:${account}:security-group/${GroupId}`,
    };
  },

  DescribeKeyPairs({ store }, input) {
    refuseDryRun(input);
    const missing = input.KeyNames?.find((name) => !store.keyPairs.find(({ KeyName }) => KeyName === name));
    if (missing) throw new AwsError("InvalidKeyPair.NotFound", `The key pair '${missing}' does not exist`);
    const rows = store.keyPairs
      .list()
      .filter(({ KeyName = "" }) => !input.KeyNames || input.KeyNames.includes(KeyName))
      .filter(({ KeyPairId }) => !input.KeyPairIds || input.KeyPairIds.includes(KeyPairId));
    return { KeyPairs: applyFilters(rows, input.Filters, KEY_FIELDS) };
  },

  ImportKeyPair({ store, account, region, now }, input) {
    refuseDryRun(input);
    const { KeyName = "" } = input;
    if (store.keyPairs.find((row) => row.KeyName === KeyName)) {
      throw new AwsError("InvalidKeyPair.Duplicate", `The keypair '${KeyName}' already exists.`);
    }
    const KeyPairId = stableId("key", account, region, KeyName);
    const KeyFingerprint = stableHex(32, KeyPairId).replace(/..(?!$)/g, "$&:");
    const Tags = tagsFor("key-pair", input.TagSpecifications);
    store.keyPairs.put({
      KeyPairId,
      KeyName,
      KeyFingerprint,
      KeyType: "ed25519",
      CreateTime: new Date(now),
      Tags,
    });
    return { KeyPairId, KeyName, KeyFingerprint, Tags };
  },

  DeleteKeyPair({ store }, input) {
    refuseDryRun(input);
    const row = store.keyPairs.find(
      ({ KeyPairId, KeyName }) => KeyPairId === input.KeyPairId || KeyName === input.KeyName,
    );
    if (row) store.keyPairs.delete(row.KeyPairId);
    return { Return: true, KeyPairId: row?.KeyPairId };
  },
} satisfies Partial<Ec2>;
