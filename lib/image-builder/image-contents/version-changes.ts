import type { VersionChange } from "./types";

type Named = { name: string; version: string };

/**
 * What became of each name between two lists, by name. A name may be there in several versions at once, as kernels
 * are; those that both lists have are no change.
 */
export function versionChanges(
  before: readonly Named[],
  after: readonly Named[],
): { changes: VersionChange[]; same: number } {
  const [old, now] = [versionsByName(before), versionsByName(after)];
  let same = 0;
  const changes: VersionChange[] = [];
  for (const name of [...new Set([...old.keys(), ...now.keys()])].toSorted()) {
    const [gone, come] = [old.get(name) ?? NONE, now.get(name) ?? NONE];
    const left = [...gone].filter((version) => !come.has(version)).toSorted();
    const added = [...come].filter((version) => !gone.has(version)).toSorted();
    same += gone.size - left.length;
    for (let index = 0; index < Math.max(left.length, added.length); index++) {
      changes.push({ name, before: left[index], after: added[index] });
    }
  }
  return { changes, same };
}

const NONE: ReadonlySet<string> = new Set();

function versionsByName(list: readonly Named[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, version } of list) found.set(name, (found.get(name) ?? new Set()).add(version));
  return found;
}
