import { CreateComponentCommand } from "@aws-sdk/client-imagebuilder";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, open, test } from "./support/console";
import { setTrouble } from "./support/trouble";

/** What people do while a page is on its way. AWS is slow in all of these. */
const SLOW = { latencyMs: 700 };
/** Every call of such a page takes long, on a machine that has other work. */
const PATIENT = { timeout: 60_000 };

/** Opens a page and waits until it answers keys: a click before that is the browser's own way to another page. */
async function openAlive(page: Page, address: string, heading: string) {
  await open(page, address, heading);
  const palette = page.getByRole("dialog");
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(palette).toBeVisible({ timeout: 1_000 });
  }).toPass(PATIENT);
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
}

test("a click shows the page's shape in the next frame, and marks its section", async ({ page, account }) => {
  await openAlive(page, urls.overview(account.target), "Overview");
  await setTrouble(account, SLOW);
  const skeleton = page.getByRole("status", { name: "Loading page" });
  const link = page
    .getByRole("navigation", { name: "Console" })
    .getByRole("link", { name: "Infrastructure", exact: true });
  // The shapes come with the first sign that somebody is about to go somewhere.
  await link.hover();
  await page.waitForLoadState("networkidle");
  const isThere = await link.evaluate((element: HTMLElement) => {
    element.click();
    return new Promise<boolean>((resolve) =>
      requestAnimationFrame(() => resolve(document.querySelector('[aria-label="Loading page"]') !== null)),
    );
  });
  expect(isThere, "the skeleton in the frame after the click").toBe(true);
  await expect(skeleton).toContainText("Infrastructure");
  await expect(link).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("heading", { name: "Overview" })).toBeHidden();
  await expect(skeleton).toHaveCount(0, PATIENT);
  await arriveAt(page, "Infrastructure");

  await page.goBack();
  await arriveAt(page, "Overview");
  await setTrouble(account, {});
});

test("what is typed after a click on a tab stays, and so does the tab", async ({ page, account }) => {
  await account.imagebuilder.send(
    new CreateComponentCommand({
      name: "my-tools",
      semanticVersion: "1.0.0",
      platform: "Linux",
      data: "name: my-tools\nschemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Say\n        action: ExecuteBash\n        inputs:\n          commands:\n            - echo tools\n",
    }),
  );
  await openAlive(page, urls.resources(account.target, "component"), "Components");
  await setTrouble(account, SLOW);
  await page.getByRole("link", { name: "Amazon-managed" }).click();
  await page.keyboard.press("/");
  await page.keyboard.type("aws-cli");
  await expect(page).toHaveURL(/[?&]owner=Amazon\b.*[?&]q=aws-cli/, PATIENT);
  const search = page.getByRole("searchbox", { name: "Search components" });
  await expect(search).toHaveValue("aws-cli");
  await expect(search).toBeFocused();
  await page.keyboard.type("-version");
  await expect(page).toHaveURL(/q=aws-cli-version/);
  await setTrouble(account, {});
});

test("what is typed before a page is left does not keep anybody on it", async ({ page, account }) => {
  await openAlive(page, urls.audit(account.target), "Audit");
  await setTrouble(account, SLOW);
  await page.getByRole("searchbox", { name: "User" }).focus();
  await page.keyboard.type("somebody with a long name");
  await expect(page.getByRole("searchbox", { name: "User" })).toHaveValue("somebody with a long name");
  await expect(page).toHaveURL(/who=somebody\+with\+a\+long\+name/);
  await page.getByRole("link", { name: "Workflows", exact: true }).click();
  await page.keyboard.type("x");
  await expect(page).toHaveURL(new RegExp(`${urls.resources(account.target, "workflow")}$`), PATIENT);
  await arriveAt(page, "Workflows");
  await setTrouble(account, {});
});

test("after three seconds the page says which service of AWS it waits for", async ({ page, account }) => {
  await openAlive(page, urls.overview(account.target), "Overview");
  await setTrouble(account, { latencyMs: 9000 });
  await page.getByRole("link", { name: "Workflows", exact: true }).click();
  await expect(page.getByRole("status", { name: "Waiting" })).toContainText(
    /EC2 Image Builder hasn't answered for \d+ s\./,
    PATIENT,
  );
  await setTrouble(account, {});
  await expect(page.getByRole("status", { name: "Waiting" })).toBeEmpty(PATIENT);
  await arriveAt(page, "Workflows");
});

test("a refused list of pipelines takes only its own panels from the overview", async ({ page, account }) => {
  await setTrouble(account, { errors: { "imagebuilder:ListImagePipelines": "ForbiddenException" } });
  await openAlive(page, urls.overview(account.target), "Overview");
  const main = page.getByRole("main");
  await expect(main).toContainText("Couldn't check which pipelines are disabled or never run.");
  await expect(main.getByRole("heading", { name: "Running" })).toBeVisible();
  await expect(main.getByRole("heading", { name: "Next runs" })).toBeVisible();
  await expect(main).toContainText(/Not known\. .*ListImagePipelines/);
  await setTrouble(account, {});
});
