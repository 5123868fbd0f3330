import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuildStatus } from "@/lib/image-builder/image-builds/types";

/** The parts of a build's page, in the order of their tabs. */
export const BUILD_TABS = [
  { id: "summary", label: "Summary", ended: false },
  { id: "log", label: "Log", ended: false },
  { id: "changes", label: "Changes", ended: true },
  { id: "packages", label: "Packages", ended: true },
  { id: "findings", label: "Findings", ended: true },
  { id: "tests", label: "Tests", ended: false },
  { id: "distribution", label: "Distribution", ended: true },
  { id: "recipe", label: "Recipe", ended: false },
] as const;
export type BuildTab = (typeof BUILD_TABS)[number]["id"];

/** What older addresses call a part that has moved. */
const MOVED = new Map<string, BuildTab>([
  ["users", "summary"],
  ["sharing", "distribution"],
]);

const TO_A_LINE = /^#L\d/;
/** Builds whose answer is what came out of them; of every other it is in the log. */
const GOOD = new Set(["AVAILABLE", "DEPRECATED", "DISABLED", "DELETED"]);

/** Of a build that is on its way, only what there is already. */
export const tabsOf = (status: ImageBuildStatus) =>
  BUILD_TABS.filter(({ ended }) => !ended || !isInFlight(status));

/** The tab that an address asks for with `?show=`: undefined where it asks for none that the build has. */
export function askedTab(asked: string | null | undefined, status: ImageBuildStatus): BuildTab | undefined {
  const id = MOVED.get(asked ?? "") ?? asked;
  return tabsOf(status).find((tab) => tab.id === id)?.id;
}

/** What a build opens on when nothing is asked for: the log while it runs and when it failed, else the summary. */
export const firstTab = (status: ImageBuildStatus): BuildTab => (GOOD.has(status) ? "summary" : "log");

/** Whether the fragment of an address names a line of the log. */
export const namesLogLine = (hash: string): boolean => TO_A_LINE.test(hash);
