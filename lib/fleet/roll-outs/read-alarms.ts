import "server-only";
import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import type { AwsAccess } from "@/lib/aws/types";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { AlarmNow } from "./alarm-states";

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html: names in one call. */
const MOST_NAMES = 100;

/**
 * The states of alarms by their names, in the order asked for, each name once; all of them `not known` with the reason
 * where AWS refuses to say. Composite alarms are among them.
 */
export async function readAlarms(
  aws: AwsAccess,
  wanted: string[],
): Promise<{ alarms: AlarmNow[]; reason?: string }> {
  const names = [...new Set(wanted)];
  const asked = names.slice(0, MOST_NAMES);
  if (asked.length === 0) return { alarms: [] };
  const { value, reason } = await unlessFailed(askedOf(aws, asked), undefined);
  const found = new Map(value?.map(({ AlarmName = "", ...alarm }) => [AlarmName, alarm]));
  return {
    alarms: names.map((name) => {
      const alarm = found.get(name);
      if (!value || !asked.includes(name)) return { name, state: "not known" };
      const { StateValue, StateUpdatedTimestamp } = alarm ?? {};
      return {
        name,
        state: alarm ? (StateValue ?? "not known") : "not found",
        ...(StateUpdatedTimestamp && { since: StateUpdatedTimestamp.toISOString() }),
      };
    }),
    ...(reason && { reason }),
  };
}

async function askedOf(aws: AwsAccess, AlarmNames: string[]) {
  const command = new DescribeAlarmsCommand({
    AlarmNames,
    // Without this member AWS returns metric alarms only.
    AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
    MaxRecords: MOST_NAMES,
  });
  const { MetricAlarms = [], CompositeAlarms = [] } = await aws.cloudWatch.read(command);
  return [...MetricAlarms, ...CompositeAlarms];
}
