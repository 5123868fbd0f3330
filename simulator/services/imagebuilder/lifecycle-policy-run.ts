import type { LifecyclePolicyDetail } from "@aws-sdk/client-imagebuilder";
import { DAY_MS } from "../../engine/clock";
import { hash32, uuidOf } from "../../factory/deterministic";
import { normaliseName } from "./arns";
import { buildsNewestFirst } from "./build-history";
import type { ImageBuildRow } from "./image-build-row";
import { buildStateOf } from "./image-build-state";
import { changeImage, STATUS_AFTER } from "./lifecycle-changes";
import { excludedAmis, hasAnyTag, UNIT_DAYS } from "./lifecycle-exclusions";
import type { LifecycleExecutionRow } from "./lifecycle-rows";
import type { LifecyclePolicyRow } from "./resource-rows";
import type { ImageBuilderStore } from "./store";
import { matchesVersion } from "./versions";

const RUN_MS = 45_000;
const ACTION_ORDER = ["DEPRECATE", "DISABLE", "DELETE"];
const STATUS_ORDER = ["AVAILABLE", "DEPRECATED", "DISABLED", "DELETED"];

/** The first moment after `from` at which a policy runs: once a day, at a time of its own. */
export function nextPolicyRun(policy: LifecyclePolicyRow, from: number): number {
  const offset = hash32(policy.arn) % DAY_MS;
  return Math.floor((from - offset) / DAY_MS + 1) * DAY_MS + offset;
}

/**
 * Runs a policy: newest to oldest in each recipe version, one action an image.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-lifecycle-rules.html
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
            skippedAmis: excludedAmis(store, detail.exclusionRules?.amis, build, at),
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
      ? hasAnyTag(build.tags, tagMap)
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

/**
 * Failed and canceled images can only be deleted. They take no place of those that are kept, and excluded ones do not
 * either. An image's age is counted from the end of its build.
 */
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
    const { status, endedAt = build.startedAt } = buildStateOf(store, build, at);
    if (status === "DELETED") return false;
    const isOld = filter?.type === "COUNT" || at - endedAt > ageMs;
    if (status === "FAILED" || status === "CANCELLED") return type === "DELETE" && isOld;
    if (kept < keep && exclusionOf(store, detail, build, at) === undefined) {
      kept++;
      return false;
    }
    return isOld && STATUS_ORDER.indexOf(status) < STATUS_ORDER.indexOf(STATUS_AFTER[type]);
  });
}

/** Why a rule leaves a whole image alone: a tag of its own, or a rule for each of its AMIs. */
function exclusionOf(
  store: ImageBuilderStore,
  { exclusionRules }: LifecyclePolicyDetail,
  build: ImageBuildRow,
  at: number,
): string | undefined {
  const { tagMap, amis } = exclusionRules ?? {};
  if (tagMap && hasAnyTag(build.tags, tagMap)) return "The image has a tag that the policy excludes.";
  const skipped = excludedAmis(store, amis, build, at);
  const made = buildStateOf(store, build, at).outputs.amis.length;
  return made > 0 && skipped.size === made ? [...skipped.values()].join(" ") : undefined;
}
