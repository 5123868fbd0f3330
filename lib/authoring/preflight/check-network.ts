import "server-only";
import {
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  type RouteTable,
  type SecurityGroup,
} from "@aws-sdk/client-ec2";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { judgeNetwork } from "./judge-network";
import { orUnknown } from "./or-unknown";
import type { PreflightParts } from "./read-subject";
import type { PreflightCheck } from "./types";
import { unlessMissing } from "./unless-missing";

const step = "infrastructure" as const;

/** The subnet, its way to AWS and its security groups; without a subnet, that there is a default VPC. */
export async function checkNetwork(ctx: UseCaseContext, parts: PreflightParts): Promise<PreflightCheck[]> {
  const { subnetId, securityGroupIds = [] } = parts.infrastructure as Partial<InfrastructureInput>;
  if (!subnetId) return [await checkDefaultVpc(ctx)];
  const answer = await unlessMissing(ctx.aws.ec2.read(new DescribeSubnetsCommand({ SubnetIds: [subnetId] })));
  const subnet = answer?.Subnets?.[0];
  if (!subnet) {
    return [
      {
        id: "subnet",
        step,
        state: "problem",
        title: `Subnet ${subnetId} not found`,
        evidence: [`ec2:DescribeSubnets returns none in ${ctx.target.region}.`],
        fix: "Choose a subnet in this account and Region.",
      },
    ];
  }
  const vpcId = subnet.VpcId;
  if (!vpcId)
    return [
      {
        id: "subnet",
        step,
        state: "unknown",
        title: `Can't check the network of subnet ${subnetId}`,
        evidence: ["ec2:DescribeSubnets returns it without its VPC."],
      },
    ];
  const checkRoute = async () => {
    const [defaultRoutes, endpoints] = await Promise.all([
      routesOf(ctx, subnetId, vpcId),
      endpointsOf(ctx, vpcId),
    ]);
    const givesPublicAddress = subnet.MapPublicIpOnLaunch;
    return [judgeNetwork({ subnetId, vpcId, givesPublicAddress, defaultRoutes, endpoints })];
  };
  const checks = await Promise.all([
    orUnknown({ id: "route", step, what: "The subnet's way to AWS" }, checkRoute()),
    orUnknown(
      { id: "security-groups", step, what: "The security groups" },
      checkGroups(ctx, securityGroupIds, vpcId),
    ),
  ]);
  return checks.flat();
}

async function checkDefaultVpc({ aws, target }: UseCaseContext): Promise<PreflightCheck> {
  const command = new DescribeVpcsCommand({ Filters: [{ Name: "is-default", Values: ["true"] }] });
  const { Vpcs = [] } = await aws.ec2.read(command);
  const [vpc] = Vpcs;
  if (vpc && !vpc.VpcId)
    return {
      id: "route",
      step,
      state: "unknown",
      title: "Can't check the default VPC",
      evidence: ["ec2:DescribeVpcs returns it without its ID."],
    };
  return vpc
    ? {
        id: "route",
        step,
        state: "ok",
        title: "Builds run in the default VPC",
        evidence: [[vpc.VpcId, vpc.CidrBlock].filter(Boolean).join(" ")],
      }
    : {
        id: "route",
        step,
        state: "problem",
        title: "No default VPC and no subnet chosen",
        evidence: [`ec2:DescribeVpcs returns no default VPC in ${target.region}.`],
        fix: "Choose a subnet and its security groups.",
      };
}

/** Of the subnet's own route table, else of the VPC's main one. */
async function routesOf(
  { aws }: UseCaseContext,
  subnetId: string,
  vpcId: string,
): Promise<string[] | undefined> {
  const tables = async (Name: string, value: string) => {
    const Filters = [
      { Name, Values: [value] },
      { Name: "vpc-id", Values: [vpcId] },
    ];
    return (await aws.ec2.read(new DescribeRouteTablesCommand({ Filters }))).RouteTables ?? [];
  };
  const own = await tables("association.subnet-id", subnetId);
  const used = own.length > 0 ? own : await tables("association.main", "true");
  const told = used.filter(({ Routes }) => Routes !== undefined);
  return told.length > 0 ? told.flatMap(defaultRoutesOf) : undefined;
}

const defaultRoutesOf = ({ Routes = [] }: RouteTable) =>
  Routes.filter(
    ({ DestinationCidrBlock, DestinationIpv6CidrBlock, State }) =>
      (DestinationCidrBlock === "0.0.0.0/0" || DestinationIpv6CidrBlock === "::/0") && State !== "blackhole",
  ).flatMap(
    ({
      GatewayId,
      NatGatewayId,
      TransitGatewayId,
      NetworkInterfaceId,
      VpcPeeringConnectionId,
      EgressOnlyInternetGatewayId,
      InstanceId,
    }) =>
      NatGatewayId ??
      TransitGatewayId ??
      GatewayId ??
      VpcPeeringConnectionId ??
      EgressOnlyInternetGatewayId ??
      NetworkInterfaceId ??
      InstanceId ??
      [],
  );

async function endpointsOf({ aws, target }: UseCaseContext, vpcId: string): Promise<string[]> {
  const command = new DescribeVpcEndpointsCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
  const { VpcEndpoints = [] } = await aws.ec2.read(command);
  return VpcEndpoints.filter(({ State }) => `${State}`.toLowerCase() === "available").flatMap(
    ({ ServiceName = "" }) => ServiceName.split(`.${target.region}.`)[1] ?? [],
  );
}

async function checkGroups({ aws }: UseCaseContext, ids: string[], vpcId: string): Promise<PreflightCheck[]> {
  if (ids.length === 0) {
    return [
      {
        id: "security-groups",
        step,
        state: "problem",
        title: "A subnet requires a security group",
        evidence: [],
        fix: `Choose one in ${vpcId}.`,
      },
    ];
  }
  const answer = await unlessMissing(aws.ec2.read(new DescribeSecurityGroupsCommand({ GroupIds: ids })));
  const groups = answer?.SecurityGroups ?? [];
  const missing = ids.filter((id) => !groups.some(({ GroupId }) => GroupId === id));
  const strangers = groups.filter((group) => group.VpcId !== undefined && group.VpcId !== vpcId);
  const untold = groups.filter(({ VpcId, IpPermissionsEgress }) => !VpcId || !IpPermissionsEgress);
  const evidence = groups.map(
    (group) =>
      `${group.GroupId ?? "A group"} (${group.GroupName ?? "no name"}) of ${group.VpcId ?? "a VPC that AWS did not name"}, HTTPS out: ${httpsOutOf(group)}`,
  );
  const base = { id: "security-groups", step, evidence };
  const nameless = groups.filter(({ GroupId }) => GroupId === undefined);
  if (missing.length > 0 && nameless.length === 0)
    return [{ ...base, state: "problem", title: `Security group ${missing.join(", ")} not found` }];
  if (strangers.length > 0)
    return [
      {
        ...base,
        state: "problem",
        title: `A security group is in a different VPC than the subnet`,
        fix: `Choose groups in ${vpcId}.`,
      },
    ];
  if (untold.length > 0 || nameless.length > 0)
    return [{ ...base, state: "unknown", title: "The security groups couldn't be checked" }];
  if (!groups.some(letsHttpsOut))
    return [
      {
        ...base,
        state: "problem",
        title: "No security group allows outbound HTTPS",
        fix: "Allow outbound port 443.",
      },
    ];
  return [{ ...base, state: "ok", title: "Security groups are in the VPC and allow outbound HTTPS" }];
}

const httpsOutOf = (group: SecurityGroup) =>
  group.IpPermissionsEgress === undefined ? "not known" : letsHttpsOut(group) ? "yes" : "no";

const letsHttpsOut = ({ IpPermissionsEgress = [] }: SecurityGroup) =>
  IpPermissionsEgress.some(
    ({ IpProtocol, FromPort = 0, ToPort = 65_535 }) =>
      IpProtocol === "-1" || (IpProtocol === "tcp" && FromPort <= 443 && 443 <= ToPort),
  );
