import type { DesiredConfiguration, RefreshPreferences } from "@aws-sdk/client-auto-scaling";
import { invalid, versionOf } from "./launch-settings";
import type { AutoScalingStore, GroupRow, LaunchSettings } from "./store";

const TWO_DAYS_S = 172_800;
const MOST_ALARMS = 10;

/**
 * Refuses preferences outside of AWS's bounds.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_RefreshPreferences.html
 * @throws ValidationError
 */
export function requirePreferences(preferences: RefreshPreferences): void {
  const { MinHealthyPercentage: min, MaxHealthyPercentage: max } = preferences;
  requireBetween("MinHealthyPercentage", min, 0, 100);
  requireBetween("MaxHealthyPercentage", max, 100, 200);
  if (max !== undefined && min === undefined)
    throw invalid("You must specify MinHealthyPercentage when you specify MaxHealthyPercentage.");
  if (max !== undefined && min !== undefined && max - min > 100)
    throw invalid(
      "The difference between MaxHealthyPercentage and MinHealthyPercentage cannot be greater than 100.",
    );
  requireBetween("InstanceWarmup", preferences.InstanceWarmup, 0, Number.MAX_SAFE_INTEGER);
  requireBetween("CheckpointDelay", preferences.CheckpointDelay, 0, TWO_DAYS_S);
  requireBetween("BakeTime", preferences.BakeTime, 0, TWO_DAYS_S);
  const checkpoints = preferences.CheckpointPercentages ?? [];
  for (const [index, percentage] of checkpoints.entries()) {
    requireBetween("CheckpointPercentages", percentage, 1, 100);
    if (index > 0 && percentage <= (checkpoints[index - 1] ?? 0))
      throw invalid("CheckpointPercentages must be unique and in ascending order.");
  }
  const alarms = preferences.AlarmSpecification?.Alarms ?? [];
  if (alarms.length > MOST_ALARMS) throw invalid(`You can specify up to ${MOST_ALARMS} CloudWatch alarms.`);
}

function requireBetween(name: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined) return;
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalid(`${name} must be between ${least} and ${most}.`);
}

/**
 * Why a refresh to `desired` cannot be rolled back; undefined when it can.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-rollback.html
 */
export function irreversibleBecause(
  store: AutoScalingStore,
  before: LaunchSettings,
  desired: DesiredConfiguration | undefined,
): string | undefined {
  if (!desired) return "there is no desired configuration specified for the instance refresh";
  const mixed = before.MixedInstancesPolicy?.LaunchTemplate;
  const templates = [
    before.LaunchTemplate,
    mixed?.LaunchTemplateSpecification,
    ...(mixed?.Overrides ?? []).map((override) => override.LaunchTemplateSpecification),
  ].flatMap((template) => template ?? []);
  if (templates.some(({ Version = "$Default" }) => Version.startsWith("$")))
    return "the Auto Scaling group uses the $Latest or $Default version of its launch template";
  const usesParameter = templates.some((template) =>
    versionOf(store, template)?.LaunchTemplateData?.ImageId?.startsWith("resolve:ssm:"),
  );
  return usesParameter
    ? "the Auto Scaling group has a launch template that uses a Systems Manager parameter for its AMI"
    : undefined;
}

/**
 * How many instances a refresh replaces at a time: as many as fit between the smallest and the largest healthy
 * share of the desired capacity, and one at least.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/instance-refresh-overview.html
 */
export function batchSize(group: GroupRow, preferences: RefreshPreferences): number {
  const capacity = group.DesiredCapacity ?? 0;
  const { least, most } = healthyShare(group, preferences);
  return Math.max(1, Math.floor((capacity * most) / 100) - Math.ceil((capacity * least) / 100));
}

/** In percent: the preferences', else those of the group's maintenance policy, else 90 to 100. */
export function healthyShare(
  group: GroupRow,
  preferences: RefreshPreferences,
): { least: number; most: number } {
  const policy = group.InstanceMaintenancePolicy;
  // A policy's -1 means that it says nothing.
  const own = (value: number | undefined) => (value === undefined || value < 0 ? undefined : value);
  return {
    least: preferences.MinHealthyPercentage ?? own(policy?.MinHealthyPercentage) ?? 90,
    most: preferences.MaxHealthyPercentage ?? own(policy?.MaxHealthyPercentage) ?? 100,
  };
}

/** Seconds that a new instance gets before it counts as healthy. */
export function warmupOf(group: GroupRow, { InstanceWarmup }: RefreshPreferences): number {
  const own = group.DefaultInstanceWarmup;
  return InstanceWarmup ?? (own !== undefined && own >= 0 ? own : (group.HealthCheckGracePeriod ?? 0));
}
