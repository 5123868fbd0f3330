import "server-only";
import {
  DescribeKeyPairsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  type KeyPairInfo,
  type SecurityGroup,
  type Subnet,
} from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";

const FRESH_FOR_MS = 10_000;
const PAGE = 500;

type Ec2 = Pick<AwsAccess, "ec2">;

/** All subnets of a Region. Throws what AWS refuses, like the lists below. */
export const readSubnets = ({ ec2 }: Ec2): Promise<Subnet[]> =>
  collectPages({
    load: async (NextToken) => {
      const command = new DescribeSubnetsCommand({ MaxResults: PAGE, NextToken });
      const page = await ec2.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Subnets, next: page.NextToken };
    },
  });

/** All security groups of a Region, with the VPC of each. */
export const readSecurityGroups = ({ ec2 }: Ec2): Promise<SecurityGroup[]> =>
  collectPages({
    load: async (NextToken) => {
      const command = new DescribeSecurityGroupsCommand({ MaxResults: PAGE, NextToken });
      const page = await ec2.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.SecurityGroups, next: page.NextToken };
    },
  });

/** All key pairs of a Region, in one page. */
export const readKeyPairs = async ({ ec2 }: Ec2): Promise<KeyPairInfo[]> =>
  (await ec2.read(new DescribeKeyPairsCommand({}), { freshForMs: FRESH_FOR_MS })).KeyPairs ?? [];
