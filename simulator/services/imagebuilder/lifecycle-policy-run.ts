import type {
  LifecyclePolicyDetail,
  LifecyclePolicyDetailExclusionRulesAmis,
  LifecyclePolicyTimeUnit,
} from "@aws-sdk/client-imagebuilder";
import { hash32, uuidOf } from "../../factory/deterministic";
import { normaliseName } from "./arns";
import { buildsNewestFirst } from "./build-history";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf } from "./image-build-state";
import { changeImage, STATUS_AFTER } from "./lifecycle-changes";
import type { LifecycleExecutionRow } from "./lifecycle-rows";
import type { LifecyclePolicyRow } from "./resource-rows";
import type { ImageBuilderStore } from "./store";
import { matchesVersion } from "./versions";

const DAY_MS = 86_400_000;
const RUN_MS = 45_000;
const UNIT_DAYS: Record<LifecyclePolicyTimeUnit, number> = { DAYS: 1, WEEKS: 7, MONTHS: 30, YEARS: 365 };
const ACTION_ORDER = ["DEPRECATE", "DISABLE", "DELETE"];
const STATUS_ORDER = ["AVAILABLE", "DEPRECATED", "DISABLED", "DELETED"];

/** The first moment after `from` at which a policy runs: once a day, at a time of its own. */
export function nextPolicyRun(policy: LifecyclePolicyRow, from: number): number {
  const offset = hash32(policy.arn) % DAY_MS;
  return Math.floor((from - offset) / DAY_MS + 1) * DAY_MS + offset;
}

/**
 * Runs a policy: newest to oldest in each recipe version, one action an image.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle.html
 */
export function runLifecyclePolicy(store: ImageBuilderStore, policy: LifecyclePolicyRow, at: number): void {
  const id = `lce-${uuidOf(`${policy.arn}/${at}`)}`;
  const details = [...(policy.policyDetails ?? [])].sort(
    (left, right) => ACTION_ORDER.indexOf(typeOf(left)) - ACTION_ORDER.indexOf(typeOf(right)),
  );
  const changed = new Set<string>();
  const resources: LifecycleExecutionRow["resources"] = [];
  for (const detail of details) {
    for (const builds of recipeVersions(store, policy, at)) {
      for (const build of qualifying(store, detail, builds, at)) {
        if (changed.has(build.arn)) continue;
        const skipBecause = exclusionOf(store, detail, build, at);
        const include = detail.action?.includeResources ?? {};
        resources.push(
          ...changeImage(store, build, {
            action: typeOf(detail),
            include,
            executionId: id,
            at,
            reason: reasonOf(detail),
            ...(skipBecause && { skipBecause }),
          }),
        );
        changed.add(build.arn);
      }
    }
  }
  const endsAt = at + Math.round(RUN_MS / store.scope.speed);
  store.lifecycleExecutions.put({ id, policyArn: policy.arn, startedAt: at, endsAt, resources });
  store.lifecyclePolicies.put({ ...policy, dateLastRun: new Date(at) });
}

const typeOf = (detail: LifecyclePolicyDetail) => detail.action?.type ?? "DEPRECATE";

function reasonOf({ filter }: LifecyclePolicyDetail): string {
  if (filter?.type === "COUNT") return `More than ${filter.value} images of the recipe version`;
  return `Older than ${filter?.value} ${filter?.unit?.toLowerCase()}`;
}

/** The builds in a policy's scope, by recipe version; those that still run are left out. */
function recipeVersions(store: ImageBuilderStore, policy: LifecyclePolicyRow, at: number): ImageBuildRow[][] {
  const type = policy.resourceType === "CONTAINER_IMAGE" ? "DOCKER" : "AMI";
  const { recipes = [], tagMap } = policy.resourceSelection ?? {};
  const inScope = (build: ImageBuildRow) =>
    tagMap
      ? hasTags(build.tags, tagMap)
      : recipes.some(
          ({ name = "", semanticVersion = "" }) =>
            normaliseName(name) === normaliseName(build.name) &&
            matchesVersion(semanticVersion, build.version),
        );
  const groups = new Map<string, ImageBuildRow[]>();
  for (const build of buildsNewestFirst(store)) {
    if (build.type !== type || !inScope(build) || !buildStateOf(store, build, at).finished) continue;
    const key = `${build.name} ${build.version}`;
    groups.set(key, [...(groups.get(key) ?? []), build]);
  }
  return [...groups.values()];
}

/** Failed and cancelled images can only be deleted, and take no place of those that are kept. */
function qualifying(
  store: ImageBuilderStore,
  detail: LifecyclePolicyDetail,
  builds: ImageBuildRow[],
  at: number,
): ImageBuildRow[] {
  const type = typeOf(detail);
  const { filter } = detail;
  const value = filter?.value ?? 0;
  const keep = filter?.type === "COUNT" ? value : (filter?.retainAtLeast ?? 0);
  const ageMs = value * UNIT_DAYS[filter?.unit ?? "DAYS"] * DAY_MS;
  let kept = 0;
  return builds.filter((build) => {
    const { status } = buildStateOf(store, build, at);
    if (status === "DELETED") return false;
    const isOld = filter?.type === "COUNT" || at - build.startedAt > ageMs;
    if (status === "FAILED" || status === "CANCELLED") return type === "DELETE" && isOld;
    if (kept < keep) {
      kept++;
      return false;
    }
    return isOld && STATUS_ORDER.indexOf(status) < STATUS_ORDER.indexOf(STATUS_AFTER[type]);
  });
}

function exclusionOf(
  store: ImageBuilderStore,
  { exclusionRules }: LifecyclePolicyDetail,
  build: ImageBuildRow,
  at: number,
): string | undefined {
  const { tagMap, amis } = exclusionRules ?? {};
  if (tagMap && Object.entries(tagMap).some(([key, value]) => build.tags[key] === value)) {
    return "The image has a tag that the policy excludes.";
  }
  return amis && amiExclusion(store, amis, build, at);
}

/** Why an image's AMIs are excluded, if they are. */
export function amiExclusion(
  store: ImageBuilderStore,
  rules: LifecyclePolicyDetailExclusionRulesAmis,
  build: ImageBuildRow,
  at: number,
): string | undefined {
  for (const { image, region, accountId } of buildStateOf(store, build, at).outputs.amis) {
    const ami = store.scope.at({ account: accountId, region }).ec2.images.get(image);
    if (rules.regions?.includes(region)) return `The AMI ${image} is in Region ${region}, which is excluded.`;
    if (!ami) continue;
    if (rules.isPublic && ami.Public) return `The AMI ${image} is public.`;
    // An AMI that was never launched is not protected.
    const { value = 0, unit } = rules.lastLaunched ?? {};
    const launchedAt = Date.parse(ami.LastLaunchedTime ?? "");
    if (rules.lastLaunched && at - launchedAt < value * UNIT_DAYS[unit ?? "DAYS"] * DAY_MS) {
      return `The AMI ${image} was launched in the last ${value} ${(unit ?? "DAYS").toLowerCase()}.`;
    }
    const shared = ami.launchPermissions?.find(
      ({ UserId }) => UserId && rules.sharedAccounts?.includes(UserId),
    );
    if (shared) return `The AMI ${image} is shared with account ${shared.UserId}, which is excluded.`;
    const tags = Object.fromEntries((ami.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
    if (rules.tagMap && Object.entries(rules.tagMap).some(([key, value]) => tags[key] === value)) {
      return `The AMI ${image} has a tag that is excluded.`;
    }
  }
  return undefined;
}

function hasTags(tags: Record<string, string>, wanted: Record<string, string>): boolean {
  return Object.entries(wanted).every(([key, value]) => tags[key] === value);
}
