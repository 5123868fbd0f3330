import { stableId } from "../../engine/ids";
import { zonesOf } from "./regions";
import type { Ec2Store } from "./store";

/** The default VPC with a public subnet in each zone and its security group, as every account has in every Region. */
export function plantDefaultNetwork(store: Ec2Store): void {
  const { account, region, partition } = store;
  const VpcId = stableId("vpc", account, region);
  store.vpcs.put({
    VpcId,
    OwnerId: account,
    CidrBlock: "172.31.0.0/16",
    IsDefault: true,
    State: "available",
    InstanceTenancy: "default",
    DhcpOptionsId: stableId("dopt", account, region),
    Tags: [],
  });
  for (const [index, zone] of zonesOf(region).entries()) {
    const SubnetId = stableId("subnet", account, zone);
    store.subnets.put({
      SubnetId,
      SubnetArn: `arn:${partition}:ec2:${region}:${account}:subnet/${SubnetId}`,
      VpcId,
      OwnerId: account,
      AvailabilityZone: zone,
      CidrBlock: `172.31.${index * 16}.0/20`,
      AvailableIpAddressCount: 4091,
      DefaultForAz: true,
      MapPublicIpOnLaunch: true,
      State: "available",
      Tags: [],
    });
  }
  store.securityGroups.put({
    GroupId: stableId("sg", account, region),
    GroupName: "default",
    Description: "default VPC security group",
    OwnerId: account,
    VpcId,
    IpPermissions: [],
    IpPermissionsEgress: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    Tags: [],
  });
}
