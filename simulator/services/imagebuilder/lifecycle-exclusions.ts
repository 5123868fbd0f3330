import type {
  LifecyclePolicyDetailExclusionRulesAmis,
  LifecyclePolicyTimeUnit,
} from "@aws-sdk/client-imagebuilder";
import { DAY_MS } from "../../engine/clock";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf } from "./image-build-state";
import type { ImageBuilderStore } from "./store";

export const UNIT_DAYS: Record<LifecyclePolicyTimeUnit, number> = {
  DAYS: 1,
  WEEKS: 7,
  MONTHS: 30,
  YEARS: 365,
};

/** Reasons by AMI id. */
export type SkippedAmis = ReadonlyMap<string, string>;

type AmiRules = LifecyclePolicyDetailExclusionRulesAmis;
type Ami = NonNullable<ReturnType<ImageBuilderStore["scope"]["here"]["ec2"]["images"]["get"]>>;

/**
 * The AMIs of an image that rules exclude, one by one, each with the first rule that holds.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle-rules.html
 */
export function excludedAmis(
  store: ImageBuilderStore,
  rules: AmiRules | undefined,
  build: ImageBuildRow,
  at: number,
): SkippedAmis {
  const skipped = new Map<string, string>();
  if (!rules) return skipped;
  for (const { image, region, accountId } of buildStateOf(store, build, at).outputs.amis) {
    const ami = store.scope.at({ account: accountId, region }).ec2.images.get(image);
    const reason = rules.regions?.includes(region)
      ? `is in Region ${region}, which is excluded.`
      : ami && reasonFor(rules, ami, at);
    if (reason) skipped.set(image, `The AMI ${image} ${reason}`);
  }
  return skipped;
}

/** After the Region: public, tag, shared account, last launched. */
function reasonFor(rules: AmiRules, ami: Ami, at: number): string | undefined {
  if (rules.isPublic && ami.Public) return "is public.";
  const tags = Object.fromEntries((ami.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  if (rules.tagMap && hasAnyTag(tags, rules.tagMap)) return "has a tag that is excluded.";
  const shared = ami.launchPermissions?.find(
    ({ UserId }) => UserId && rules.sharedAccounts?.includes(UserId),
  );
  if (shared) return `is shared with account ${shared.UserId}, which is excluded.`;
  // An AMI that was never launched is not protected.
  const { value = 0, unit = "DAYS" } = rules.lastLaunched ?? {};
  const launchedAt = Date.parse(ami.LastLaunchedTime ?? "");
  if (rules.lastLaunched && at - launchedAt < value * UNIT_DAYS[unit] * DAY_MS) {
    return `was launched in the last ${value} ${unit.toLowerCase()}.`;
  }
  return undefined;
}

/** One tag with the same key and value is enough, for a scope as for an exclusion. */
export function hasAnyTag(tags: Record<string, string>, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).some(([key, value]) => tags[key] === value);
}
