import type { RouteTable, VpcEndpoint } from "@aws-sdk/client-ec2";
import { stableId } from "../../engine/ids";
import { applyFilters, type FilterFields } from "./filters";
import type { Ec2 } from "./operations";
import { ec2Page, refuseDryRun } from "./paging";

const TABLE_FIELDS: FilterFields<RouteTable> = {
  "route-table-id": (row) => [row.RouteTableId],
  "vpc-id": (row) => [row.VpcId],
  "association.main": (row) => row.Associations?.map(({ Main }) => Main) ?? [],
  "association.subnet-id": (row) => row.Associations?.map(({ SubnetId }) => SubnetId) ?? [],
};

const NO_ENDPOINTS: VpcEndpoint[] = [];
const ENDPOINT_FIELDS: FilterFields<VpcEndpoint> = {
  "service-name": ({ ServiceName }) => [ServiceName],
  "vpc-id": ({ VpcId }) => [VpcId],
  "vpc-endpoint-id": ({ VpcEndpointId }) => [VpcEndpointId],
  "vpc-endpoint-state": ({ State }) => [State],
  "vpc-endpoint-type": ({ VpcEndpointType }) => [VpcEndpointType],
};

/** Differs from AWS: each VPC has its main route table to an internet gateway, and nothing can be added. */
export const routes = {
  DescribeRouteTables({ store, account, region }, input) {
    refuseDryRun(input);
    const rows = store.vpcs.list().map(({ VpcId, CidrBlock }): RouteTable => {
      const RouteTableId = stableId("rtb", account, region, VpcId);
      return {
        RouteTableId,
        VpcId,
        OwnerId: account,
        Associations: [
          {
            Main: true,
            RouteTableId,
            RouteTableAssociationId: stableId("rtbassoc", RouteTableId),
            AssociationState: { State: "associated" },
          },
        ],
        Routes: [
          {
            DestinationCidrBlock: CidrBlock,
            GatewayId: "local",
            Origin: "CreateRouteTable",
            State: "active",
          },
          {
            DestinationCidrBlock: "0.0.0.0/0",
            GatewayId: stableId("igw", account, region, VpcId),
            Origin: "CreateRoute",
            State: "active",
          },
        ],
        PropagatingVgws: [],
        Tags: [],
      };
    });
    const page = ec2Page(applyFilters(rows, input.Filters, TABLE_FIELDS), input);
    return { RouteTables: page.rows, NextToken: page.NextToken };
  },

  DescribeVpcEndpoints(_call, input) {
    refuseDryRun(input);
    return { VpcEndpoints: applyFilters(NO_ENDPOINTS, input.Filters, ENDPOINT_FIELDS) };
  },
} satisfies Partial<Ec2>;
