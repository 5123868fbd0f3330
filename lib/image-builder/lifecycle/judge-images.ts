import { normalizeName } from "@/lib/core/name-rule";
import { DAY_MS } from "@/lib/core/time";
import { groupBy } from "@/lib/definitions/group-by";
import type { LifecyclePolicyInput, LifecycleRuleInput } from "@/lib/definitions/lifecycle-schemas";
import { versionMatches } from "@/lib/definitions/resource-versions";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { LifecycleAction, LifecycleAmi, LifecycleImage, LifecycleVerdict } from "./types";

export type LifecycleScope = Pick<
  LifecyclePolicyInput,
  "resourceType" | "policyDetails" | "resourceSelection"
>;

/** AWS does not say how long its months are; these are the shortest that it could mean, but for February. */
export const UNIT_DAYS = { DAYS: 1, WEEKS: 7, MONTHS: 30, YEARS: 365 };
const ORDER: LifecycleAction[] = ["DEPRECATE", "DISABLE", "DELETE"];
/** How far gone an image is; an action that would not take it further leaves it alone. */
const STAGES = ["AVAILABLE", "DEPRECATED", "DISABLED", "DELETED"];
const STAGE_AFTER = { DEPRECATE: "DEPRECATED", DISABLE: "DISABLED", DELETE: "DELETED" };
const WORDS = { DEPRECATE: "deprecated", DISABLE: "disabled", DELETE: "deleted" };

/**
 * What one run of a policy at `nowMs` would do to each image in its scope, newest first. Rules are taken in the
 * order deprecate, disable, delete, one action an image. Within a recipe version the newest images are kept; what a
 * rule excludes takes no place among them. AMIs are excluded one by one: those that stay are the verdict's `spared`.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle-rules.html
 */
export function judgeImages(
  policy: LifecycleScope,
  images: LifecycleImage[],
  nowMs: number,
): (LifecycleImage & LifecycleVerdict)[] {
  const inScope = images
    .filter((image) => isInScope(policy, image))
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  const rules = policy.policyDetails.toSorted(
    (a, b) => ORDER.indexOf(a.action.type) - ORDER.indexOf(b.action.type),
  );
  const byVersion = groupBy(inScope, ({ name, version }) => `${name}/${version}`);
  const judged = [...byVersion.values()].flatMap((builds) =>
    builds.map((image) => ({ ...image, ...judge(image, builds, rules, nowMs) })),
  );
  return judged.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
}

/** Whether the policy looks at the image at all: its kind, and its recipe or its tags. */
export function isInScope(
  { resourceType, resourceSelection }: LifecycleScope,
  image: LifecycleImage,
): boolean {
  if ((resourceType === "CONTAINER_IMAGE") !== (image.type === "DOCKER")) return false;
  const { recipes, tagMap } = resourceSelection;
  // One of the tags is enough.
  if (tagMap) return Object.entries(tagMap).some(([key, value]) => image.tags[key] === value);
  return (recipes ?? []).some(
    ({ name, semanticVersion }) =>
      normalizeName(name) === normalizeName(image.name) && versionMatches(semanticVersion, image.version),
  );
}

function judge(
  image: LifecycleImage,
  builds: LifecycleImage[],
  rules: LifecycleRuleInput[],
  nowMs: number,
): LifecycleVerdict {
  if (isInFlight(image.status)) return stays("It is still being built.");
  if (image.status === "DELETED") return stays("Already deleted.");
  const reasons: string[] = [];
  for (const rule of rules) {
    const kept = keptBy(rule, image, builds, nowMs) ?? excludedBy(rule, image, nowMs);
    if (kept === undefined) {
      const spared = sparedAmis(rule, image, nowMs);
      return { outcome: rule.action.type, reason: reasonOf(rule), ...(spared.length > 0 && { spared }) };
    }
    reasons.push(rules.length > 1 ? `Not ${WORDS[rule.action.type]}: ${kept}` : kept);
  }
  return stays(reasons.join(" ") || "The policy has no rules.");
}

const stays = (reason: string): LifecycleVerdict => ({ outcome: "STAY", reason });

/** Why the rule does not reach the image, before exclusions; undefined when it does. */
function keptBy(
  rule: LifecycleRuleInput,
  image: LifecycleImage,
  builds: LifecycleImage[],
  nowMs: number,
): string | undefined {
  const { action, filter } = rule;
  const { type, value } = filter;
  if (isWreck(image)) {
    if (action.type !== "DELETE") return "A failed or canceled image can only be deleted.";
  } else {
    // Failed, canceled and excluded images take no place among those that are kept.
    const place = builds
      .filter((build) => !isWreck(build) && holdsPlace(build) && excludedBy(rule, build, nowMs) === undefined)
      .indexOf(image);
    const keep = type === "COUNT" ? value : (filter.retainAtLeast ?? 0);
    if (place >= 0 && place < keep) return `Among the latest ${keep} of its recipe version, which are kept.`;
    if (stageOf(image) >= STAGES.indexOf(STAGE_AFTER[action.type]))
      return `It is ${image.status.toLowerCase()} already.`;
  }
  if (type === "COUNT") return undefined;
  const limitMs = value * UNIT_DAYS[filter.unit ?? "DAYS"] * DAY_MS;
  const ageMs = nowMs - Date.parse(image.completedAt ?? image.createdAt);
  return ageMs > limitMs ? undefined : `It is ${days(ageMs)} old, not yet ${amountOf(filter)}.`;
}

const isWreck = ({ status }: LifecycleImage) => status === "FAILED" || status === "CANCELLED";
const holdsPlace = ({ status }: LifecycleImage) => !isInFlight(status) && status !== "DELETED";
const stageOf = ({ status }: LifecycleImage) => STAGES.indexOf(status);

/** The exclusion that saves the whole image: a tag of its own, or one for each of its AMIs. Undefined when none does. */
function excludedBy(rule: LifecycleRuleInput, image: LifecycleImage, nowMs: number): string | undefined {
  const tag = sharedTag(rule.exclusionRules?.tagMap, image.tags);
  if (tag) return `Its tag ${tag} is excluded.`;
  const spared = sparedAmis(rule, image, nowMs);
  if (image.amis.length === 0 || spared.length < image.amis.length) return undefined;
  return spared.map(({ reason }) => reason).join(" ");
}

/** The AMIs that the rule skips, each with the first exclusion that matches it. */
const sparedAmis = ({ exclusionRules }: LifecycleRuleInput, { amis }: LifecycleImage, nowMs: number) =>
  amis.flatMap((ami) => {
    const reason = exclusionRules?.amis && amiExcludedBy(exclusionRules.amis, ami, nowMs);
    return reason ? [{ amiId: ami.amiId, reason }] : [];
  });

type AmiExclusions = NonNullable<NonNullable<LifecycleRuleInput["exclusionRules"]>["amis"]>;

/** In AWS's order: Region, public, tag, shared account, last launched. */
function amiExcludedBy(
  { isPublic, regions, sharedAccounts, lastLaunched, tagMap }: AmiExclusions,
  ami: LifecycleAmi,
  nowMs: number,
): string | undefined {
  if (regions?.includes(ami.region)) return `Its AMI ${ami.amiId} is in ${ami.region}, which is excluded.`;
  if (isPublic && ami.isPublic) return `Its AMI ${ami.amiId} is public, which is excluded.`;
  const tag = sharedTag(tagMap, ami.tags ?? {});
  if (tag) return `The tag ${tag} of its AMI ${ami.amiId} is excluded.`;
  const shared = ami.sharedAccounts?.find((account) => sharedAccounts?.includes(account));
  if (shared) return `Its AMI ${ami.amiId} is shared with ${shared}, which is excluded.`;
  // An AMI that was never launched is not saved by this.
  if (lastLaunched && ami.lastLaunchedAt) {
    const limitMs = lastLaunched.value * UNIT_DAYS[lastLaunched.unit] * DAY_MS;
    if (nowMs - Date.parse(ami.lastLaunchedAt) <= limitMs)
      return `Its AMI ${ami.amiId} was launched ${days(nowMs - Date.parse(ami.lastLaunchedAt))} ago.`;
  }
  return undefined;
}

/** One of the excluded tags that the image has, as `key = value`. */
function sharedTag(excluded: Record<string, string> = {}, tags: Record<string, string>): string | undefined {
  const found = Object.entries(excluded).find(([key, value]) => tags[key] === value);
  return found?.join(" = ");
}

const reasonOf = ({ filter }: LifecycleRuleInput) =>
  filter.type === "COUNT"
    ? `Not among the latest ${filter.value} of its recipe version.`
    : `It is older than ${amountOf(filter)}.`;

function amountOf({ value, unit = "DAYS" }: LifecycleRuleInput["filter"]): string {
  const word = unit.toLowerCase();
  return `${value} ${value === 1 ? word.slice(0, -1) : word}`;
}

function days(ms: number): string {
  const count = Math.floor(ms / DAY_MS);
  if (count < 1) return "less than a day";
  return count === 1 ? "1 day" : `${count} days`;
}
