/** Newest first is `versions.toSorted((a, b) => compareVersions(b, a))`. Parts that are no number count as 0. */
export function compareVersions(a = "", b = ""): number {
  const left = a.split(/[./]/).map(Number);
  const right = b.split(/[./]/).map(Number);
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] || 0) - (right[index] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Whether a version as it stands in a reference (`1.0.0`, `1.0.0/2`, `1.x.x`, `x.x.x`) takes in `version`.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html
 */
export function versionMatches(reference: string | undefined, version: string | undefined): boolean {
  if (reference === undefined || version === undefined) return true;
  const [wanted = "", wantedBuild] = reference.split("/");
  const [given = "", givenBuild] = version.split("/");
  const parts = given.split(".");
  return (
    wanted.split(".").every((part, index) => part === "x" || part === parts[index]) &&
    (wantedBuild === undefined || givenBuild === undefined || wantedBuild === givenBuild)
  );
}

/** The number a new version is proposed: one more than the greatest in its last part. */
export function nextVersion(versions: (string | undefined)[]): string {
  const [newest] = versions.toSorted((a, b) => compareVersions(b, a));
  if (!newest) return "1.0.0";
  const [major = 0, minor = 0, patch = 0] = (newest.split("/")[0] ?? "").split(".").map(Number);
  return `${major || 0}.${minor || 0}.${(patch || 0) + 1}`;
}
