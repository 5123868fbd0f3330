import { ALL_ACCOUNTS } from "@/lib/core/target";

/** Rooms whose resources are found by name, so that one of the same name may be in another account. */
const NAMED = new Set([
  "pipelines",
  "recipes",
  "build-components",
  "infrastructure",
  "distribution",
  "workflows",
  "lifecycle",
]);
/** Rooms that are about every account at once too; the overview has no room. */
const OF_ALL = new Set(["pipelines", "builds", "images", "history", "approvals", "activity"]);
const NAMES_NOTHING = new Set(["new", "import"]);

/**
 * The page of another target that shows what this one does: the same list, the resource of the same name, the image of
 * the same name. What is one target's own, such as a build, a draft or a roll-out, leads to its list. `to`: the ID of
 * the other target, or `ALL_ACCOUNTS`.
 */
export function switchAddress(pathname: string, to: string): string {
  const [, , room = "", ...rest] = pathname.split("/");
  const home = `/${encodeURIComponent(to)}`;
  if (!room || (to === ALL_ACCOUNTS && !OF_ALL.has(room))) return home;
  const list = `${home}/${room}`;
  if (to === ALL_ACCOUNTS || rest.length === 0) return list;
  if (room === "images" && !NAMES_NOTHING.has(rest[0] ?? "")) return `${list}/${rest[0]}`;
  if (!NAMED.has(room)) return list;
  // A recipe's kind stands before its name.
  const [kind, name] = room === "recipes" ? [`${rest[0]}/`, rest[1]] : ["", rest[0]];
  return name && !NAMES_NOTHING.has(name) ? `${list}/${kind}${name}` : list;
}
