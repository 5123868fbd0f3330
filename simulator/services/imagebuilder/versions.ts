/**
 * Semantic versions `<major>.<minor>.<patch>` with `x` for "the latest here":
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html
 */

const UPPER_LIMIT = 2 ** 30 - 1;

const isWildcard = (version: string): boolean => version.includes("x");

/** Three whole numbers up to 2^30-1. */
export function isExactVersion(version: string): boolean {
  return /^\d+\.\d+\.\d+$/.test(version) && version.split(".").every((part) => Number(part) <= UPPER_LIMIT);
}

/** As an exact one, but from the first `x` on everything is `x`. */
export function isVersionPattern(version: string): boolean {
  if (!isWildcard(version)) return isExactVersion(version);
  return /^(x\.x\.x|\d+\.x\.x|\d+\.\d+\.x)$/.test(version);
}

/**
 * What a recipe is created with: three whole numbers, one of which may be `x`, in any place.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-recipes.html
 */
export function isNewVersion(version: string): boolean {
  return version.split("x").length <= 2 && isExactVersion(version.replace("x", "0"));
}

export function compareVersions(left: string, right: string): number {
  const leftParts = left.split(".").map(Number);
  const rightParts = right.split(".").map(Number);
  for (let index = 0; index < 3; index++) {
    const difference = (leftParts[index] ?? 0) - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a selection takes in a version; one with a number right of an `x` selects nothing. */
export function matchesVersion(pattern: string, version: string): boolean {
  return isVersionPattern(pattern) && standsIn(pattern, version);
}

function standsIn(pattern: string, version: string): boolean {
  const parts = version.split(".");
  return pattern.split(".").every((part, index) => part === "x" || Number(part) === Number(parts[index]));
}

/**
 * The version that a recipe with an `x` gets: the place of the `x` is raised, and the series begins at 1.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-recipes.html
 */
export function nextVersion(pattern: string, existing: string[]): string {
  const place = pattern.split(".").indexOf("x");
  if (place < 0) return pattern;
  const taken = existing
    .filter((version) => standsIn(pattern, version))
    .map((version) => Number(version.split(".")[place]));
  return pattern.replace("x", String(Math.max(0, ...taken) + 1));
}

/** The ready wildcard ARNs that create and get answers carry, from a version or build version ARN. */
export function latestVersionReferences(arn: string, version: string) {
  const base = arn.slice(0, arn.indexOf(`/${version}`));
  const [major, minor] = version.split(".");
  return {
    latestVersionArn: `${base}/x.x.x`,
    latestMajorVersionArn: `${base}/${major}.x.x`,
    latestMinorVersionArn: `${base}/${major}.${minor}.x`,
    latestPatchVersionArn: `${base}/${version}`,
  };
}
