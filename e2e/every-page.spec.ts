import type { APIRequestContext, Page } from "@playwright/test";
import type { Diagnosis } from "@/lib/build-log/diagnosis/types";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { ImageBuildKey, ResourceKind } from "@/lib/core/resource-names";
import { apiUrls } from "@/lib/core/urls";
import type { Amis } from "@/lib/fleet/amis/types";
import type { Fleet } from "@/lib/fleet/groups/types";
import { listFiles } from "@/lib/testing/project-files";
import { expect, open, test } from "./support/console";
import { weighScripts } from "./support/weigh-scripts";

/** What the pages of the demo are about: names as its own API lists them. */
type Demo = {
  first(kind: ResourceKind): Promise<{ name: string; version: string }>;
  build(): Promise<string>;
  /** A build that failed in a component of the account's own. */
  failed(): Promise<string>;
  /** The ID of an AMI in the demo's own Region. */
  ami(): Promise<string>;
  instance(): Promise<string>;
};
type Address = string | ((demo: Demo) => Promise<string>);

const named =
  (folder: string, kind: ResourceKind, end = "") =>
  async (demo: Demo) => {
    const { name, version } = await demo.first(kind);
    const versions = end === "/move" ? `?from=${version}&to=${version}` : "";
    return `/demo/${folder}/${encodeURIComponent(name)}${end}${versions}`;
  };
const ofBuild = (end: string) => async (demo: Demo) => `/demo/images/${await demo.build()}${end}`;
/** Every page of `app/` with an address where it has something to show. A page without a row fails the test below. */
const PAGES: Record<string, Address> = {
  "app/page.tsx": "/",
  "app/account/page.tsx": "/account",
  "app/sign-in/page.tsx": "/sign-in",
  "app/all-accounts/page.tsx": "/all-accounts",
  "app/all-accounts/pipelines/page.tsx": "/all-accounts/pipelines",
  "app/all-accounts/builds/page.tsx": "/all-accounts/builds",
  "app/all-accounts/images/page.tsx": "/all-accounts/images",
  "app/all-accounts/history/page.tsx": "/all-accounts/history?show=durations",
  "app/all-accounts/approvals/page.tsx": "/all-accounts/approvals",
  "app/all-accounts/activity/page.tsx": "/all-accounts/activity",
  "app/[target]/page.tsx": "/demo",
  "app/[target]/approvals/page.tsx": "/demo/approvals",
  "app/[target]/activity/page.tsx": "/demo/activity",
  "app/[target]/audit/page.tsx": "/demo/audit",
  "app/[target]/notifications/page.tsx": "/demo/notifications",
  "app/[target]/api/page.tsx": "/demo/api",
  "app/[target]/api-tokens/page.tsx": "/demo/api-tokens",
  "app/[target]/settings/page.tsx": "/demo/settings",
  "app/[target]/aws-permissions/page.tsx": "/demo/aws-permissions",
  "app/[target]/fleet/page.tsx": "/demo/fleet",
  "app/[target]/fleet/move/page.tsx": async (demo) =>
    `/demo/fleet/move?region=us-east-1&instance=${await demo.instance()}`,
  "app/[target]/amis/page.tsx": "/demo/amis",
  "app/[target]/amis/[region]/[id]/page.tsx": async (demo) => `/demo/amis/us-east-1/${await demo.ami()}`,
  "app/[target]/roll-outs/page.tsx": "/demo/roll-outs",
  "app/[target]/roll-outs/new/page.tsx": "/demo/roll-outs/new?region=us-east-1&group=search",
  "app/[target]/roll-outs/several/page.tsx":
    "/demo/roll-outs/several?group=us-east-1%2Fsearch&group=us-east-1%2Fcheckout",
  "app/[target]/history/page.tsx": "/demo/history",
  "app/[target]/search-logs/page.tsx": "/demo/search-logs",
  "app/[target]/pipelines/page.tsx": "/demo/pipelines",
  "app/[target]/pipelines/[name]/page.tsx": named("pipelines", "image-pipeline"),
  "app/[target]/pipelines/[name]/edit/page.tsx": named("pipelines", "image-pipeline", "/edit"),
  "app/[target]/pipelines/[name]/clean-up/page.tsx": named("pipelines", "image-pipeline", "/clean-up"),
  "app/[target]/pipelines/new/page.tsx": "/demo/pipelines/new",
  "app/[target]/builds/page.tsx": "/demo/builds",
  "app/[target]/images/page.tsx": "/demo/images",
  "app/[target]/images/import/page.tsx": "/demo/images/import",
  "app/[target]/images/[name]/page.tsx": async (demo) =>
    `/demo/images/${(await demo.build()).split("/").slice(0, 1)}`,
  "app/[target]/images/[name]/[version]/page.tsx": async (demo) =>
    `/demo/images/${(await demo.build()).split("/").slice(0, 2).join("/")}`,
  "app/[target]/images/[name]/[version]/[build]/page.tsx": ofBuild(""),
  "app/[target]/images/[name]/[version]/[build]/compare/page.tsx": ofBuild("/compare"),
  "app/[target]/images/[name]/[version]/[build]/fix/page.tsx": async (demo) =>
    `/demo/images/${await demo.failed()}/fix`,
  "app/[target]/build-components/page.tsx": "/demo/build-components",
  "app/[target]/build-components/new/page.tsx": "/demo/build-components/new",
  "app/[target]/build-components/import/page.tsx": "/demo/build-components/import",
  "app/[target]/build-components/[name]/page.tsx": named("build-components", "component"),
  "app/[target]/build-components/[name]/move/page.tsx": named("build-components", "component", "/move"),
  "app/[target]/recipes/page.tsx": "/demo/recipes",
  "app/[target]/recipes/image/new/page.tsx": "/demo/recipes/image/new",
  "app/[target]/recipes/image/[name]/page.tsx": named("recipes/image", "image-recipe"),
  "app/[target]/recipes/image/[name]/move/page.tsx": named("recipes/image", "image-recipe", "/move"),
  "app/[target]/recipes/container/new/page.tsx": "/demo/recipes/container/new",
  "app/[target]/recipes/container/[name]/page.tsx": named("recipes/container", "container-recipe"),
  "app/[target]/recipes/container/[name]/move/page.tsx": named(
    "recipes/container",
    "container-recipe",
    "/move",
  ),
  "app/[target]/infrastructure/page.tsx": "/demo/infrastructure",
  "app/[target]/infrastructure/new/page.tsx": "/demo/infrastructure/new",
  "app/[target]/infrastructure/[name]/page.tsx": named("infrastructure", "infrastructure-configuration"),
  "app/[target]/infrastructure/[name]/edit/page.tsx": named(
    "infrastructure",
    "infrastructure-configuration",
    "/edit",
  ),
  "app/[target]/distribution/page.tsx": "/demo/distribution",
  "app/[target]/distribution/new/page.tsx": "/demo/distribution/new",
  "app/[target]/distribution/[name]/page.tsx": named("distribution", "distribution-configuration"),
  "app/[target]/distribution/[name]/edit/page.tsx": named(
    "distribution",
    "distribution-configuration",
    "/edit",
  ),
  "app/[target]/workflows/page.tsx": "/demo/workflows",
  "app/[target]/workflows/new/page.tsx": "/demo/workflows/new",
  "app/[target]/workflows/[name]/page.tsx": named("workflows", "workflow"),
  "app/[target]/workflows/[name]/move/page.tsx": named("workflows", "workflow", "/move"),
  "app/[target]/lifecycle/page.tsx": "/demo/lifecycle",
  "app/[target]/lifecycle/new/page.tsx": "/demo/lifecycle/new",
  "app/[target]/lifecycle/[name]/page.tsx": named("lifecycle", "lifecycle-policy"),
  "app/[target]/lifecycle/[name]/edit/page.tsx": named("lifecycle", "lifecycle-policy", "/edit"),
};
/** A draft's steps need a draft and a roll-out's page a roll-out: their journeys walk through each of them. */
const WALKED_BY_JOURNEYS = /^app\/\[target\]\/(pipelines\/new\/\[draft\]|roll-outs\/(series\/)?\[id\])\//;

/** Bytes of JavaScript, brotli 11, that a page may fetch before anybody touches it. */
const BUDGET = 150_000;
/**
 * Pages that are over it, with what they may have until they are not: these figures only go down. They went up twice, by
 * one to three KB each: with what pages say while they wait, their toasts, and what forms take of AWS since 2026; and
 * with all accounts, what an account is for, and the reader's time zone.
 */
const HEAVY: Record<string, number> = {
  "app/[target]/build-components/new/page.tsx": 400_000,
  "app/[target]/workflows/new/page.tsx": 400_000,
  "app/[target]/build-components/[name]/page.tsx": 361_000,
  "app/[target]/workflows/[name]/page.tsx": 361_000,
  "app/[target]/recipes/image/new/page.tsx": 217_000,
  "app/[target]/recipes/container/new/page.tsx": 217_000,
  "app/[target]/pipelines/[name]/edit/page.tsx": 221_000,
  "app/[target]/lifecycle/new/page.tsx": 217_000,
  "app/[target]/lifecycle/[name]/edit/page.tsx": 217_000,
  "app/[target]/distribution/[name]/edit/page.tsx": 216_000,
  "app/[target]/distribution/new/page.tsx": 215_000,
  "app/[target]/infrastructure/[name]/edit/page.tsx": 215_000,
  "app/[target]/infrastructure/new/page.tsx": 214_000,
  "app/[target]/images/import/page.tsx": 157_000,
  "app/[target]/build-components/import/page.tsx": 181_000,
  "app/[target]/images/[name]/[version]/[build]/page.tsx": 221_000,
  // The document editor, as on the page of a new component.
  "app/[target]/images/[name]/[version]/[build]/fix/page.tsx": 398_000,
};

/** Of all that is drawn, as a share of the window: people do not notice it. */
const MOST_SHIFT = 0.02;
/** Where accounts answer one by one, and what needs somebody comes first. */
const SHIFTING: Record<string, number> = { "app/all-accounts/page.tsx": 0.1 };
const PHONE = { width: 390, height: 844 };

test("every page of the console is opened below", () => {
  const opened = Object.keys(PAGES);
  const pages = listFiles("app").filter((path) => path.endsWith("/page.tsx"));
  expect(opened.toSorted()).toEqual(pages.filter((path) => !WALKED_BY_JOURNEYS.test(path)).toSorted());
});

for (const [file, address] of Object.entries(PAGES)) {
  test(`${file} opens by its address, stays where it is drawn, is accessible, and fits a phone`, async ({
    page,
    request,
  }) => {
    const scriptBytes = weighScripts(page);
    await watchShifts(page);
    await openWhole(page, typeof address === "string" ? address : await address(demoOf(request)));
    const bytes = await scriptBytes();
    test.info().annotations.push({ type: "JavaScript, brotli 11", description: `${bytes} bytes` });
    const shift = await shiftsOf(page);
    test.info().annotations.push({ type: "layout shift", description: shift.sum.toFixed(4) });
    expect(shift.sum, `layout shift\n${shift.moved.join("\n")}`).toBeLessThanOrEqual(
      SHIFTING[file] ?? MOST_SHIFT,
    );
    expect(bytes, "bytes of JavaScript, brotli 11").toBeLessThanOrEqual(HEAVY[file] ?? BUDGET);
    await page.setViewportSize(PHONE);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth), "no wider than a phone")
      .toBeLessThanOrEqual(PHONE.width);
  });
}

async function openWhole(page: Page, address: string) {
  await open(page, address, /\S/);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(/not found|went wrong/i);
  await expect(page).toHaveTitle(/\S · Goldsmith$/);
}

type Shifts = { add(entries: PerformanceEntryList): void; sum: number; moved: string[] };

/**
 * Adds up how far what is drawn moves from the moment a page is opened, as browsers count it, and what moved:
 * https://web.dev/articles/cls. What moves in the frame in which a font comes is left out: how late a font is says
 * more of the machine than of the page, and the widths of its stand-in in globals.css keep that small.
 */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    type Shift = PerformanceEntry & {
      value: number;
      sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
    };
    let fontsCameAt = Number.NEGATIVE_INFINITY;
    document.fonts.addEventListener("loadingdone", () => {
      fontsCameAt = performance.now();
    });
    const isOfFont = ({ startTime }: Shift) => Math.abs(startTime - fontsCameAt) < 300;
    const shifts: Shifts = {
      sum: 0,
      moved: [],
      add(entries) {
        for (const entry of entries as Shift[]) {
          if (isOfFont(entry)) continue;
          shifts.sum += entry.value;
          for (const { node, previousRect: from, currentRect: to } of entry.sources)
            shifts.moved.push(
              `${entry.value.toFixed(4)} ${node?.nodeName} "${node?.textContent?.substring(0, 40)}" from ${from.x},${from.y} ${from.width}x${from.height} to ${to.x},${to.y} ${to.width}x${to.height}`,
            );
        }
      },
    };
    const observer = new PerformanceObserver((list) => shifts.add(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    Object.assign(window, { shifts, takeShifts: () => shifts.add(observer.takeRecords()) });
  });
}

const shiftsOf = (page: Page): Promise<Pick<Shifts, "sum" | "moved">> =>
  page.evaluate(() => {
    const { shifts, takeShifts } = window as unknown as { shifts: Shifts; takeShifts(): void };
    takeShifts();
    return { sum: shifts.sum, moved: shifts.moved };
  });

function demoOf(request: APIRequestContext): Demo {
  const read = async <Row>(url: string): Promise<Row[]> => (await request.get(url)).json();
  return {
    async first(kind) {
      const [resource] = await read<{ name: string; version?: string }>(apiUrls.resources("demo", kind));
      if (!resource) throw new Error(`The demo has no ${kind}.`);
      return { name: resource.name, version: resource.version ?? "" };
    },
    async failed() {
      const builds = await read<ImageBuildKey & { status: string }>(apiUrls.imageBuilds("demo"));
      for (const build of builds.filter(({ status }) => status === "FAILED")) {
        const why: Diagnosis | null = await (await request.get(apiUrls.diagnosis("demo", build))).json();
        if (parseImageBuilderArn(why?.failed.component)?.accountId === "111111111111")
          return `${build.name}/${build.version}/${build.build}`;
      }
      throw new Error("The demo has no build that failed in a component of its own.");
    },
    async build() {
      const builds = await read<ImageBuildKey & { status: string }>(apiUrls.imageBuilds("demo"));
      const ended = builds.find(({ status }) => status === "AVAILABLE");
      if (!ended) throw new Error("The demo has no build that succeeded.");
      return `${ended.name}/${ended.version}/${ended.build}`;
    },
    async ami() {
      const { rows } = (await (await request.get(apiUrls.amis("demo"))).json()) as Amis;
      const own = rows.find((row) => row.region === "us-east-1" && row.isOwn);
      if (!own) throw new Error("The demo has no AMI.");
      return own.amiId;
    },
    async instance() {
      const { rows } = (await (await request.get(apiUrls.fleet("demo"))).json()) as Fleet;
      const single = rows.find(({ region, instanceId }) => region === "us-east-1" && instanceId);
      if (!single?.instanceId) throw new Error("The demo has no instance outside of groups.");
      return single.instanceId;
    },
  };
}
