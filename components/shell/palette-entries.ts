import type { Route } from "next";
import type { Favorite } from "@/lib/bookmarks/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { TargetSummary } from "@/lib/image-builder/targets/types";
import type { SearchHit } from "@/lib/overview/search-types";
import { favoriteHref, favoriteKind } from "./favorite-href";
import type { RecentPage } from "./recent-pages";
import type { Theme } from "./theme";

/** What choosing a line does. */
type PaletteDeed =
  | { does: "open"; href: Route }
  | { does: "run"; pipeline: string }
  | { does: "theme"; theme: Theme };

export type PaletteEntry = {
  id: string;
  icon: string;
  label: string;
  detail: string;
  /** AWS's state, drawn at the right. */
  state?: { tone: ReturnType<typeof toneOf>; word: string };
  deed: PaletteDeed;
};
export type PaletteGroup = { title: string; entries: PaletteEntry[] };

/** `>` actions, `#` builds and AMIs, `@` accounts; without one, everything. */
export type PaletteScope = "everything" | "actions" | "builds" | "accounts";
const SCOPES: Record<string, PaletteScope> = { ">": "actions", "#": "builds", "@": "accounts" };

export function readPaletteText(text: string): { scope: PaletteScope; words: string } {
  const trimmed = text.trim();
  const scope = SCOPES[trimmed[0] ?? ""];
  return scope ? { scope, words: trimmed.slice(1).trim() } : { scope: "everything", words: trimmed };
}

const open = (icon: string, label: string, detail: string, href: Route): PaletteEntry => ({
  id: `${label} ${href}`,
  icon,
  label,
  detail,
  deed: { does: "open", href },
});

const pagesOf = (target: string): PaletteEntry[] =>
  (
    [
      ["Overview", urls.overview(target)],
      ["Pipelines", urls.pipelines(target)],
      ["Builds", urls.builds(target)],
      ["Images", urls.images(target)],
      ["History", urls.history(target)],
      ["Durations", urls.history(target, { show: "durations" })],
      ["Failures", urls.history(target, { show: "failures" })],
      ["Fleet", urls.fleet(target)],
      ["Roll-outs", urls.rollOuts(target)],
      ["AMIs", urls.amis(target)],
      ["Notifications", urls.notifications(target)],
      ["Approvals", urls.approvals(target)],
      ["Search logs", urls.searchLogs(target)],
      ["Recipes", urls.resources(target, "image-recipe")],
      ["Components", urls.resources(target, "component")],
      ["Infrastructure", urls.resources(target, "infrastructure-configuration")],
      ["Distribution", urls.resources(target, "distribution-configuration")],
      ["Workflows", urls.resources(target, "workflow")],
      ["Lifecycle", urls.resources(target, "lifecycle-policy")],
      ["Audit", urls.audit(target)],
      ["AWS permissions", urls.awsPermissions(target)],
      ["Settings", urls.settings(target)],
      ["Account and sessions", urls.account()],
    ] as const
  ).map(([label, href]) => open("▤", label, "page", href));

/** The pages that are about every account at once. */
const pagesOfAll = (): PaletteEntry[] =>
  (
    [
      ["Overview", urls.overview(ALL_ACCOUNTS)],
      ["Pipelines", urls.pipelines(ALL_ACCOUNTS)],
      ["Builds", urls.builds(ALL_ACCOUNTS)],
      ["Images", urls.images(ALL_ACCOUNTS)],
      ["History", urls.history(ALL_ACCOUNTS)],
      ["Approvals", urls.approvals(ALL_ACCOUNTS)],
    ] as const
  ).map(([label, href]) => open("▤", label, "all accounts", href));

const CVE = /^CVE-\d{4}-\d{4,19}$/i;
/** The name of a package, with its version or without. */
const PACKAGE = /^[a-z0-9][a-z0-9+._-]+( [a-z0-9][a-z0-9+.:~_-]*)?$/i;

/** The search for what is inside of images: a CVE or a package. */
function insideOf(words: string, target: string): PaletteEntry[] {
  const by = CVE.test(words)
    ? "cve"
    : PACKAGE.test(words) && !words.startsWith("ami-")
      ? "package"
      : undefined;
  if (!by) return [];
  const label = by === "cve" ? `Images with ${words.toUpperCase()}` : `Images with the package ${words}`;
  const where = target === ALL_ACCOUNTS ? "in all accounts" : "in this account";
  return [open("⌕", label, where, urls.builds(target, { by, q: words }))];
}

const THEMES: [Theme, string][] = [
  ["light", "Theme: light"],
  ["dark", "Theme: dark"],
  ["system", "Theme: system"],
];

const actionsOf = (target: string): PaletteEntry[] => [
  open("+", "Create pipeline", "from a template or from scratch", urls.newPipeline(target)),
  open("+", "Create image recipe", "", urls.newResource(target, "image-recipe")),
  open("+", "Create container recipe", "", urls.newResource(target, "container-recipe")),
  open("+", "Create component", "", urls.newResource(target, "component")),
  open("+", "Create workflow", "", urls.newResource(target, "workflow")),
  open(
    "+",
    "Create infrastructure configuration",
    "",
    urls.newResource(target, "infrastructure-configuration"),
  ),
  open("+", "Create distribution configuration", "", urls.newResource(target, "distribution-configuration")),
  open("+", "Create lifecycle policy", "", urls.newResource(target, "lifecycle-policy")),
  open("+", "Import an image", "", urls.importImage(target)),
  open("+", "Import a script as a component", "", urls.importComponent(target)),
];

const themes = (): PaletteEntry[] =>
  THEMES.map(([theme, label]) => ({
    id: label,
    icon: "◐",
    label,
    detail: "",
    deed: { does: "theme", theme },
  }));

const accountsOf = (target: string, targets: TargetSummary[]): PaletteEntry[] =>
  targets
    .filter(({ id }) => id !== target)
    .map(({ id, label, accountId, region }) =>
      open("⇄", `Switch to ${label}`, `${accountId} ${region}`, urls.overview(id)),
    );

const stateOf = (status: Parameters<typeof toneOf>[0]) => ({
  tone: toneOf(status),
  word: status.toLowerCase().replaceAll("_", " "),
});

/** `elsewhere`: the account's name and ID, for a hit of another one. */
function toEntry(
  { id: target, elsewhere }: { id: string; elsewhere?: string },
  hit: SearchHit,
): PaletteEntry {
  const entry = ownEntry(target, hit);
  return elsewhere === undefined ? entry : { ...entry, detail: `${elsewhere}, ${entry.detail}` };
}

function ownEntry(target: string, hit: SearchHit): PaletteEntry {
  const page = (key: ImageBuildKey) => urls.imageBuild(target, key);
  if (hit.kind === "pipeline")
    return {
      ...open("◇", hit.name, hit.detail, urls.pipeline(target, hit.name)),
      ...(hit.status && { state: stateOf(hit.status) }),
    };
  if (hit.kind === "resource")
    return open("‹›", hit.name, hit.detail, urls.resource(target, { kind: hit.of, name: hit.name }));
  const detail = hit.kind === "ami" ? hit.detail : hit.detail.slice(0, 10);
  return {
    ...open(hit.kind === "ami" ? "▢" : "△", hit.name, detail, page(hit.key)),
    id: `${target} ${hit.kind} ${hit.name} ${hit.detail}`,
    state: stateOf(hit.status),
  };
}

const runOf = (name: string, where: string): PaletteEntry => ({
  id: `run ${name}`,
  icon: "▷",
  label: `Run ${name}`,
  detail: `starts a build in ${where}, asks first`,
  deed: { does: "run", pipeline: name },
});

/**
 * The lines of the palette by group, empty groups left out. `hits` is what the server found for these very words, or
 * for earlier ones: then only those that still fit are shown. `elsewhere` is what it found over all accounts, drawn
 * below where it is another account's.
 */
export function paletteGroups({
  text,
  target,
  targets,
  isAll = false,
  isAnswered = true,
  hits,
  elsewhere = [],
  recent,
  favorites = [],
}: {
  text: string;
  target: TargetSummary;
  targets: TargetSummary[];
  /** The page is about all accounts. */
  isAll?: boolean;
  /** `hits` are what was found for this text. */
  isAnswered?: boolean;
  hits: SearchHit[];
  elsewhere?: SearchHit[];
  recent: RecentPage[];
  favorites?: Favorite[];
}): PaletteGroup[] {
  const { scope, words } = readPaletteText(text);
  const parts = words.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label, detail }: PaletteEntry) =>
    parts.every((part) => `${label} ${detail}`.toLowerCase().includes(part));
  const starred = favorites.map((one) =>
    open("★", one.label, favoriteKind(one), favoriteHref(target.id, one)),
  );
  const labelOf = (id: string) => targets.find((each) => each.id === id)?.label ?? id;
  const toLine = (hit: SearchHit) =>
    toEntry(
      { id: hit.target ?? target.id, ...(hit.target !== undefined && { elsewhere: labelOf(hit.target) }) },
      hit,
    );
  const found = (...kinds: SearchHit["kind"][]) =>
    hits.filter(({ kind }) => kinds.includes(kind)).map(toLine);
  const others = (kinds: SearchHit["kind"][]) =>
    elsewhere
      .filter((hit) => hit.target !== undefined && hit.target !== target.id && kinds.includes(hit.kind))
      .map(toLine);
  // A run is confirmed in the account that is open, where its guard is.
  const runs = isAll
    ? []
    : hits.flatMap((hit) => (hit.kind === "pipeline" ? [runOf(hit.name, target.label)] : []));
  const actions = [...runs, ...[...(isAll ? [] : actionsOf(target.id)), ...themes()].filter(fits)];
  const accounts = accountsOf(isAll ? ALL_ACCOUNTS : target.id, targets).filter(fits);
  // What else is found comes first: Enter must not open this while the answer is on its way.
  const inside = isAnswered ? insideOf(words, targets.length > 1 ? ALL_ACCOUNTS : target.id) : [];
  const builds: PaletteGroup[] = [
    { title: "AMIs", entries: found("ami") },
    { title: "Builds", entries: found("image-build") },
  ];
  const pages = isAll ? pagesOfAll() : pagesOf(target.id);
  const groups: Record<PaletteScope, () => PaletteGroup[]> = {
    actions: () => [{ title: "Actions", entries: actions }],
    builds: () => [
      ...builds,
      { title: "Other accounts", entries: others(["ami", "image-build"]) },
      { title: "Inside images", entries: inside },
    ],
    accounts: () => [{ title: "Accounts", entries: accounts }],
    everything: () =>
      words === ""
        ? [
            { title: "Favorites", entries: starred },
            {
              title: "Recent",
              entries: recent.map(({ href, label, detail }) => open("↺", label, detail, href)),
            },
            { title: "Go to", entries: pages },
            { title: "Actions", entries: actions },
            { title: "Accounts", entries: accounts },
          ]
        : [
            { title: "Favorites", entries: starred.filter(fits) },
            {
              title: "Go to",
              entries: pages.filter(({ label }) => fits({ label, detail: "" } as PaletteEntry)),
            },
            { title: "Pipelines", entries: found("pipeline") },
            ...builds,
            { title: "Resources", entries: found("resource") },
            { title: "Other accounts", entries: others(["pipeline", "ami", "image-build"]) },
            { title: "Inside images", entries: inside },
            { title: "Actions", entries: actions },
            { title: "Accounts", entries: accounts },
          ],
  };
  return groups[scope]()
    .map((group, at, all) => (all[0]?.title === "Favorites" && at > 0 ? without(group, all[0]) : group))
    .filter(({ entries }) => entries.length > 0);
}

const hrefOf = ({ deed }: PaletteEntry) => (deed.does === "open" ? deed.href : undefined);

/** What stands among the favorites is not said twice. */
function without({ title, entries }: PaletteGroup, favorites: PaletteGroup): PaletteGroup {
  const known = new Set(favorites.entries.map(hrefOf));
  return { title, entries: entries.filter((entry) => !known.has(hrefOf(entry) ?? ("" as Route))) };
}

/** A label in pieces, those that the words match marked. */
export function markedPieces(label: string, words: string): { text: string; isMatch: boolean }[] {
  const parts = words.split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [{ text: label, isMatch: false }];
  const pattern = new RegExp(`(${parts.map((part) => escaped(part)).join("|")})`, "gi");
  return label
    .split(pattern)
    .map((text, index) => ({ text, isMatch: index % 2 === 1 }))
    .filter(({ text }) => text !== "");
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
