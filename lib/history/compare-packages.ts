export type PackageChange = { name: string; before?: string; after?: string };

/** What is not the same in two lists of versions by package, by name. */
export function comparePackages(before: Map<string, string>, after: Map<string, string>): PackageChange[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .toSorted((a, b) => a.localeCompare(b))
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }));
}
