import { parseImageBuilderArn } from "@/lib/core/arn";
import { normalizeName } from "@/lib/core/name-rule";
import type { ResourceKind } from "@/lib/core/resource-names";
import { refersTo } from "@/lib/definitions/resource-references";
import { versionMatches } from "@/lib/definitions/resource-versions";
import type { ResourceReference, ResourceSummary } from "@/lib/definitions/types";
import type { KeptBuilds } from "@/lib/history/read-kept-uses";
import type { Usage } from "./types";

/** A recipe version, pipeline or policy with what it names. */
export type NamingResource = {
  kind: ResourceKind;
  arn: string;
  name: string;
  version?: string;
  names: ResourceReference[];
};

/** What was looked at for one kind. */
export type UsageFacts = {
  naming: NamingResource[];
  kept: KeptBuilds[];
  /** What could not be looked at, in sentences: without another use, nothing is known to be unused then. */
  notKnown: string[];
};

type Row = Pick<ResourceSummary, "kind" | "arn" | "name" | "version">;

/**
 * What uses each name of a list. `used`: something is known to use one of its versions. `unused`: everything was looked
 * at and nothing uses any version. `not-known`: something was not looked at.
 */
export function judgeUsage(rows: Row[], { naming, kept, notKnown }: UsageFacts): Usage[] {
  const users = new UserIndex(naming);
  const builds = new BuildIndex(naming, kept);
  const byName = new Map<string, Row[]>();
  for (const row of rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);
  return [...byName].map(([name, versions]) => {
    const found = versions.map((row) => {
      const direct = users.of(row);
      const all = [...direct, ...direct.flatMap((user) => users.of(user))];
      return { row, all, ...builds.of(row) };
    });
    const isFree = ({ all, count }: (typeof found)[number]) => all.length === 0 && count === 0;
    const doubts = [
      ...notKnown,
      ...(found.some((one) => isFree(one) && one.unread > 0) ? ["Some builds have not been read yet."] : []),
    ];
    const all = found.flatMap((one) => one.all);
    const isUsed = found.some((one) => !isFree(one));
    return {
      name,
      state: isUsed ? "used" : doubts.length > 0 ? "not-known" : "unused",
      recipes: countNames(all, ["image-recipe", "container-recipe"]),
      pipelines: countNames(all, ["image-pipeline"]),
      policies: countNames(all, ["lifecycle-policy"]),
      builds: found.reduce((sum, { count }) => sum + count, 0),
      unused: found
        .filter((one) => isFree(one) && one.unread + notKnown.length === 0)
        .map(({ row }) => row.arn),
      ...(doubts.length > 0 && { why: doubts.join(" ") }),
    };
  });
}

const countNames = (users: NamingResource[], kinds: ResourceKind[]) =>
  new Set(users.filter(({ kind }) => kinds.includes(kind)).map(({ kind, name }) => `${kind} ${name}`)).size;

const keyOf = (kind: string, name: string) => `${kind} ${normalizeName(name)}`;

/** Who names what, by name: a list of a thousand versions is not held against every recipe. */
class UserIndex {
  private readonly users = new Map<string, NamingResource[]>();

  constructor(naming: NamingResource[]) {
    for (const one of naming) {
      const keys = new Set(one.names.map(({ kind, name }) => keyOf(kind, name)));
      for (const key of keys) this.users.set(key, [...(this.users.get(key) ?? []), one]);
    }
  }

  of({ kind, arn, name, version }: Row): NamingResource[] {
    const nameOfArn = parseImageBuilderArn(arn)?.name ?? name;
    return (this.users.get(keyOf(kind, nameOfArn)) ?? []).filter(({ names }) =>
      names.some((reference) => refersTo(reference, { kind, arn, name, version })),
    );
  }
}

/** The builds that AWS still has, by what they were made of. */
class BuildIndex {
  private readonly uses = new Map<string, { version: string; count: number }[]>();
  private unreadComponents = 0;
  private unreadWorkflows = 0;

  constructor(naming: NamingResource[], kept: KeptBuilds[]) {
    const recipes = new Set(
      naming.map(({ arn, version }) => `${parseImageBuilderArn(arn)?.name} ${version}`),
    );
    for (const { name, version, components, workflows, count } of kept) {
      for (const kind of ["image-recipe", "container-recipe"]) this.add(kind, { name, version, count });
      for (const each of components ?? []) this.add("component", { ...each, count });
      for (const each of workflows ?? []) this.add("workflow", { ...each, count });
      // What its recipe names is known from the recipe, while there is one.
      if (!components && !recipes.has(`${name} ${version}`)) this.unreadComponents += count;
      if (!workflows) this.unreadWorkflows += count;
    }
  }

  private add(kind: string, { name, version, count }: { name: string; version: string; count: number }) {
    const key = keyOf(kind, name);
    this.uses.set(key, [...(this.uses.get(key) ?? []), { version, count }]);
  }

  of({ kind, arn, name, version }: Row): { count: number; unread: number } {
    const uses = this.uses.get(keyOf(kind, parseImageBuilderArn(arn)?.name ?? name)) ?? [];
    return {
      count: uses
        .filter((use) => versionMatches(use.version, version))
        .reduce((sum, use) => sum + use.count, 0),
      unread: kind === "component" ? this.unreadComponents : kind === "workflow" ? this.unreadWorkflows : 0,
    };
  }
}
