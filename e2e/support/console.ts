import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Locator, type Page } from "@playwright/test";
import { listFiles } from "@/lib/testing/project-files";
import { type Account, takeAccount, takeOnce } from "./account";

/** The vocabulary of the journeys. Each test owns an AWS account; `demo` is the seeded one, only read. */
export const test = base.extend<{ account: Account }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from the pattern
  account: async ({}, use) => {
    await use(takeAccount());
  },
  page: async ({ page }, use) => {
    const mistakes: string[] = [];
    page.on("pageerror", (error) => mistakes.push(error.message));
    page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) mistakes.push(message.text());
    });
    // A try that its own code catches is no message of the browser's.
    await page.addInitScript(() =>
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
        reportError(new Error(`Content Security Policy: ${violatedDirective} ${blockedURI} ${sourceFile}`)),
      ),
    );
    // Contrast is judged on what stays, not on a frame of a transition.
    await page.emulateMedia({ reducedMotion: "reduce" });
    await use(page);
    expect(mistakes, "errors thrown in the browser, and what the page's policy refused").toEqual([]);
  },
});

export { expect };

/** Opens a page of the console, waits for its heading and checks it in both themes. */
export async function open(page: Page, path: string, heading: string | RegExp) {
  await page.goto(path);
  await arriveAt(page, heading);
}

/** For a page reached by a click: its heading is there, its data too, and it is accessible. */
export async function arriveAt(page: Page, heading: string | RegExp) {
  // The page before may be called alike: "Edit web" is not "web".
  const exact = typeof heading === "string";
  await expect(page.getByRole("heading", { level: 1, name: heading, exact })).toBeVisible();
  // What is read from AWS piece by piece shares its rate with the sync of a demo that has just started.
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0, { timeout: 45_000 });
  await page.waitForFunction(isAlive);
  if (takeOnce("pages-looked-at", await kindOf(page))) await expectAccessible(page);
}

/** Whether React has everything on the page that can be pressed or filled; what is pressed before is lost on it. */
function isAlive(): boolean {
  const parts = [...document.querySelectorAll("main button, main input, main select, main textarea")];
  return parts
    .filter((part) => part.closest(".cm-editor") === null)
    .every((part) => Object.keys(part).some((key) => key.startsWith("__react")));
}

/**
 * A page's file, and what is on it beside the names of this test's own things: two pages of one kind differ in nothing
 * that axe would see, and most of a journey's time went into looking at the same ones again.
 */
async function kindOf(page: Page): Promise<string> {
  const shape = await page.evaluate(() => {
    const texts = (selector: string) =>
      [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? "");
    const present = (selector: string) => document.querySelector(selector) !== null;
    return [
      ...texts("h2, h3, [role=tab][aria-selected=true]"),
      ...["table", "form", "[role=dialog]", "[role=alert]", "[role=log]", "canvas, svg[role=img]"].map(
        present,
      ),
    ];
  });
  return JSON.stringify([routeOf(page.url()), ...shape]);
}

const routes = listFiles("app")
  .filter((path) => path.endsWith("/page.tsx"))
  .map((path) => path.replace(/^app|\/page\.tsx$/g, ""))
  // Names before patterns: /new is no name.
  .toSorted((a, b) => a.split("[").length - b.split("[").length)
  .map((route) => ({ route, pattern: new RegExp(`^${route.replaceAll(/\[\w+\]/g, "[^/]+")}/?$`) }));

/** The file of `app/` that answers an address. */
function routeOf(url: string): string {
  const { pathname } = new URL(url);
  return routes.find(({ pattern }) => pattern.test(pathname))?.route ?? pathname;
}

/** axe finds nothing against WCAG 2.2 A and AA, in light and in dark. */
export async function expectAccessible(page: Page) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    // Asked again for a while: Next takes the old title away before it streams the new one.
    // One look at a table of some hundred rows takes long on a slow machine.
    const message = `axe in the ${colorScheme} theme of ${page.url()}`;
    await expect.poll(() => findViolations(page, colorScheme), { message, timeout: 45_000 }).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
}

/** A theme changes colors and nothing else, so the dark one is asked about these alone. */
async function findViolations(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  // No page of ours has frames of other origins, for which axe would open a second page.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
  const asked =
    colorScheme === "dark"
      ? axe.withRules(["color-contrast", "link-in-text-block"])
      : axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]);
  const { violations } = await asked.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
}

/** The row of a table that names `name`. */
export const rowOf = (page: Page, name: string): Locator =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name, exact: true }) });

/** Runs a pipeline from its page and arrives at the page of the new build. */
export async function runPipeline(page: Page) {
  await page.getByRole("button", { name: "Run pipeline" }).click();
  await page.waitForURL(/\/images\/[^/]+\/[^/]+\/\d+$/);
}

/** The build's status as its page shows it. */
export async function expectBuildStatus(page: Page, status: RegExp) {
  await expect(page.getByRole("status", { name: "Build status" })).toHaveText(status, { timeout: 30_000 });
}

/** Opens a part of a build's page. */
export async function showTab(page: Page, name: string) {
  await page.getByRole("tab", { name: new RegExp(`^${name}`) }).click();
}

/** Finds a text in the build's log as a reader would: only lines in view are in the page. */
export async function expectInLog(page: Page, text: string) {
  await showTab(page, "Log");
  await page.getByRole("searchbox", { name: "Search the log" }).fill(text);
  await expect(logOf(page)).toContainText(text);
}

/** Replaces the text of a CodeMirror editor as a paste does: what is typed there would be indented anew. */
export async function pasteInto(editor: Locator, text: string) {
  await editor.click();
  await editor.press("ControlOrMeta+a");
  await editor.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The log on the build page. */
export const logOf = (page: Page): Locator => page.getByRole("log");
