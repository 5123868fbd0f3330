import type { Route } from "next";

/** A resource that was open lately. `href` is its page in this console. */
export type RecentPage = { href: Route; label: string; detail: string };

const MOST = 6;
const keyOf = (target: string) => `goldsmith-recent ${target}`;

const SECTIONS: Record<string, string> = {
  pipelines: "pipeline",
  images: "image",
  "build-components": "component",
  infrastructure: "infrastructure configuration",
  distribution: "distribution configuration",
  workflows: "workflow",
  lifecycle: "lifecycle policy",
};
const VERBS = new Set(["new", "import"]);

/** What a page of one resource is called; undefined for lists, forms and pages that are no resource's. */
export function recentPageOf(target: string, pathname: string): RecentPage | undefined {
  const [of, section, ...rest] = pathname.split("/").filter(Boolean).map(decoded);
  if (of !== target || !section) return undefined;
  const href = pathname as Route;
  if (section === "recipes") {
    const [type, name, more] = rest;
    if (!type || !name || VERBS.has(name) || more) return undefined;
    return { href, label: name, detail: type === "container" ? "container recipe" : "image recipe" };
  }
  const [name, version, build, more] = rest;
  const detail = SECTIONS[section];
  if (!detail || !name || VERBS.has(name) || more) return undefined;
  if (section === "images" && version && build)
    return { href, label: `${name} ${version}/${build}`, detail: "build" };
  return version ? undefined : { href, label: name, detail };
}

/** The latest first; none where the browser keeps nothing, or something else has written there. */
export function readRecentPages(
  target: string,
  storage: Pick<Storage, "getItem"> = localStorage,
): RecentPage[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(keyOf(target)) ?? "[]");
    if (!Array.isArray(kept)) return [];
    const hrefs = kept.filter((href) => typeof href === "string");
    return hrefs.flatMap((href) => recentPageOf(target, href) ?? []).slice(0, MOST);
  } catch {
    return [];
  }
}

/** Puts a page first. Only its address is kept: what it is called follows from that. */
export function rememberPage(target: string, pathname: string, storage: Storage = localStorage): void {
  if (!recentPageOf(target, pathname)) return;
  const others = readRecentPages(target, storage).filter(({ href }) => href !== pathname);
  try {
    storage.setItem(
      keyOf(target),
      JSON.stringify([pathname, ...others.map(({ href }) => href)].slice(0, MOST)),
    );
  } catch {
    // A browser that keeps nothing has no recent pages.
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
