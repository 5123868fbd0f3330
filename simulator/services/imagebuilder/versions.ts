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

export function compareVersions(left: string, right: string): number {
  const leftParts = left.split(".").map(Number);
  const rightParts = right.split(".").map(Number);
  for (let index = 0; index < 3; index++) {
    const difference = (leftParts[index] ?? 0) - (rightParts[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

export function matchesVersion(pattern: string, version: string): boolean {
  const parts = version.split(".");
  return pattern.split(".").every((part, index) => part === "x" || Number(part) === Number(parts[index]));
}

/** The version a wildcard stands for when something is created: one patch, minor or major further. */
export function nextVersion(pattern: string, existing: string[]): string {
  const latest = existing
    .filter((version) => matchesVersion(pattern, version))
    .sort(compareVersions)
    .at(-1);
  const place = pattern.split(".").indexOf("x");
  if (place < 0) return pattern;
  if (!latest) return place === 0 ? "1.0.0" : pattern.replaceAll("x", "0");
  // Differs from AWS: it does not say which place it raises; here it is the last one.
  const [major = 0, minor = 0, patch = 0] = latest.split(".").map(Number);
  return `${major}.${minor}.${patch + 1}`;
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
