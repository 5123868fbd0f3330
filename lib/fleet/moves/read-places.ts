import "server-only";
import { DescribeInstanceTypeOfferingsCommand } from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { ConsoleFailure } from "@/lib/core/failure";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import { readKeyPairs, readSecurityGroups, readSubnets } from "@/lib/image-builder/choices/read-network";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { MovePlaces } from "./types";

const FRESH_FOR_MS = 10_000;

/**
 * AWS in a Region that an instance may go to: one that is enabled in the account. Throws `invalid` for another, and
 * `unavailable` where Regions cannot be listed.
 */
export async function destinationIn(ctx: UseCaseContext, region: string): Promise<AwsAccess> {
  if (region === ctx.target.region) return ctx.aws;
  const { choices, reason } = await listChoices({ ctx, input: { kind: "regions" } });
  if (reason)
    throw new ConsoleFailure({ code: "unavailable", message: `Regions could not be listed. ${reason}` });
  if (choices.some(({ value }) => value === region)) return ctx.aws.inRegion(region);
  const message = `The Region ${region} is not enabled in this account.`;
  throw new ConsoleFailure({ code: "invalid", message, fields: { "destination.region": message } });
}

/** Where an instance of a type could start in a Region. A list that could not be read is a doubt and costs nothing else. */
export async function readPlaces(aws: AwsAccess, instanceType: string): Promise<MovePlaces> {
  const doubts: string[] = [];
  const orDoubt = async <Value>(what: string, reading: Promise<Value>): Promise<Value | undefined> => {
    const { value, reason } = await unlessFailed(reading, undefined);
    if (reason) doubts.push(`${what} could not be read. ${reason}`);
    return value;
  };
  const [subnets, groups, keyPairs, zones] = await Promise.all([
    orDoubt("Subnets", readSubnets(aws)),
    orDoubt("Security groups", readSecurityGroups(aws)),
    orDoubt("Key pairs", readKeyPairs(aws)),
    orDoubt(`The zones that offer ${instanceType}`, readOfferings(aws, instanceType)),
  ]);
  return {
    ...(subnets && {
      subnets: subnets.map(({ SubnetId = "", AvailabilityZone = "", VpcId = "", Tags = [] }) => {
        const name = Tags.find(({ Key }) => Key === "Name")?.Value;
        return {
          id: SubnetId,
          ...(name && { name }),
          zone: AvailabilityZone,
          vpcId: VpcId,
          ...(zones && { offers: zones.has(AvailabilityZone) }),
        };
      }),
    }),
    ...(groups && {
      groups: groups.map(({ GroupId = "", GroupName = GroupId, VpcId = "" }) => ({
        id: GroupId,
        name: GroupName,
        vpcId: VpcId,
      })),
    }),
    ...(keyPairs && { keyPairs: keyPairs.flatMap(({ KeyName }) => KeyName ?? []) }),
    doubts,
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstanceTypeOfferings.html */
async function readOfferings(aws: AwsAccess, instanceType: string): Promise<Set<string>> {
  const offers = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeInstanceTypeOfferingsCommand({
        LocationType: "availability-zone",
        Filters: [{ Name: "instance-type", Values: [instanceType] }],
        NextToken,
      });
      const page = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.InstanceTypeOfferings, next: page.NextToken };
    },
  });
  return new Set(offers.flatMap(({ Location }) => Location ?? []));
}
