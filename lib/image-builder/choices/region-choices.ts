import "server-only";
import { DescribeAvailabilityZonesCommand, DescribeRegionsCommand } from "@aws-sdk/client-ec2";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { ChoiceList } from "./types";

/** Regions are enabled and zones opened a few times a year. */
const FRESH_FOR_MS = 600_000;

/** The Regions enabled in the account, the target's own first. */
export async function regionChoices({ aws, target }: UseCaseContext): Promise<ChoiceList> {
  const { Regions = [] } = await aws.ec2.read(new DescribeRegionsCommand({}), { freshForMs: FRESH_FOR_MS });
  const names = Regions.flatMap(({ RegionName = [] }) => RegionName).toSorted();
  return {
    choices: [
      ...names.filter((name) => name === target.region),
      ...names.filter((name) => name !== target.region),
    ].map((name) => ({
      value: name,
      label: name,
      detail: name === target.region ? "builds run here" : undefined,
    })),
  };
}

export async function availabilityZoneChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const command = new DescribeAvailabilityZonesCommand({});
  const { AvailabilityZones = [] } = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
  return {
    choices: AvailabilityZones.map(({ ZoneName = "", ZoneId }) => ({
      value: ZoneName,
      label: ZoneName,
      detail: ZoneId,
    })),
  };
}
