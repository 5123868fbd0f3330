/** What a page looks like before its data is there. */
export type PageShape = "overview" | "list" | "charts" | "resource" | "build" | "form";

const LISTS: Record<string, string> = {
  pipelines: "Pipelines",
  builds: "Builds",
  images: "Images",
  history: "History",
  approvals: "Approvals",
  fleet: "Fleet",
  "roll-outs": "Roll-outs",
  amis: "AMIs",
  recipes: "Recipes",
  "build-components": "Components",
  infrastructure: "Infrastructure",
  distribution: "Distribution",
  workflows: "Workflows",
  lifecycle: "Lifecycle",
  notifications: "Notifications",
  audit: "Audit",
  settings: "Settings",
  "aws-permissions": "AWS permissions",
  "search-logs": "Search logs",
};
const SHAPES: [PageShape, RegExp][] = [
  ["overview", /^\/[^/]+$/],
  ["charts", /^\/[^/]+\/history$/],
  ["form", /\/(new|edit|import|fix|move)$|\/pipelines\/new\//],
  ["build", /^\/[^/]+\/images\/[^/]+\/[^/]+\/[^/]+$/],
  ["list", /^\/[^/]+\/[^/]+$/],
];

/** The shape of the page at an address, and its title where the address says it. */
export function pageShapeOf(pathname: string): { shape: PageShape; title: string | undefined } {
  const [, , room = "", ...rest] = pathname.split("/");
  const shape = SHAPES.find(([, pattern]) => pattern.test(pathname))?.[0] ?? "resource";
  if (shape === "overview") return { shape, title: "Overview" };
  if (rest.length === 0) return { shape, title: LISTS[room] };
  if (shape === "form") return { shape, title: undefined };
  return { shape, title: nameIn(shape === "build" ? rest[0] : rest.at(-1)) };
}

/** A name in an address, as it is shown; undefined where it is no text. */
function nameIn(segment = ""): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
