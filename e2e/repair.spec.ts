import type { Locator, Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, expectBuildStatus, logOf, open, runPipeline, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";
import { setTrouble } from "./support/trouble";

const FIX = "Fix broken in a new version";
const editorOf = (page: Page) => page.getByRole("textbox", { name: "Component document" });

/** Has the pipeline fail once, and comes to the page of its failed build by its address. */
async function openFailedBuild(page: Page, account: Parameters<typeof createPipeline>[0]) {
  await createPipeline(account, "broken", documentOf("BreakHere", "echo before the fall", "exit 23"));
  await open(page, urls.pipeline(account.target, "broken"), "broken");
  await runPipeline(page);
  await expectBuildStatus(page, /failed/i);
  await page.goto(urls.imageBuild(account.target, { name: "broken", version: "1.0.0", build: "1" }));
}

/** Counts what a hand does with the mouse: keys press buttons too, and those clicks have no detail. */
async function countClicks(page: Page) {
  await page.addInitScript(() =>
    addEventListener(
      "click",
      ({ detail }) => {
        if (detail > 0)
          sessionStorage.setItem("clicks", String(Number(sessionStorage.getItem("clicks")) + 1));
      },
      true,
    ),
  );
  return () => page.evaluate(() => Number(sessionStorage.getItem("clicks")));
}

/** Changes `exit 23` at the end of the document, where the cursor is brought, to `exit 0`. */
async function mendByKeys(page: Page) {
  await expect(editorOf(page)).toBeFocused();
  await page.keyboard.press("Control+End");
  for (let left = 0; left < '23"\n'.length; left++) await page.keyboard.press("Backspace");
  await page.keyboard.insertText('0"');
  await expect(editorOf(page)).toContainText('exit 0"');
}

/** Presses Tab until the element has focus, as people do without a mouse. */
async function tabTo(page: Page, place: Locator) {
  await expect(place).toBeVisible();
  for (let presses = 0; presses < 80; presses++) {
    if (await place.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  await expect(place).toBeFocused();
}

async function expectRepaired(page: Page) {
  await page.waitForURL(/\/images\/broken\/1\.0\.1\/1$/);
  await expectBuildStatus(page, /available/i);
}

test("a failed component is fixed, moved and run in three clicks", async ({ page, account }) => {
  await openFailedBuild(page, account);
  const clicks = await countClicks(page);
  await page.goto(urls.pipeline(account.target, "broken"));
  await page
    .getByRole("main")
    .getByRole("link", { name: /1\.0\.0\/1/ })
    .first()
    .click();
  const link = page.getByRole("link", { name: "Fix in a new version" });
  await expect(logOf(page)).toContainText("before the fall");
  await link.click();
  await arriveAt(page, FIX);

  await expect(page.getByText("Step BreakHere failed with exit code 23.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Version" })).toHaveValue("1.0.1");
  const chain = page.getByRole("list", { name: "What will be created and updated" });
  await expect(chain).toContainText(
    /broken 1\.0\.0 → 1\.0\.1.*recipe broken 1\.0\.0 → 1\.0\.1.*pipeline broken.*run broken/,
  );
  await mendByKeys(page);
  await page.getByRole("button", { name: "Create, update 1 recipe and 1 pipeline, and run" }).click();
  await expectRepaired(page);
  expect(await clicks()).toBe(3);
});

test("the same by keyboard alone", async ({ page, account }) => {
  await openFailedBuild(page, account);
  const clicks = await countClicks(page);
  await page.reload();
  await tabTo(page, page.getByRole("link", { name: "Fix in a new version" }));
  await page.keyboard.press("Enter");
  await arriveAt(page, FIX);
  await mendByKeys(page);
  await page.keyboard.press("Control+Enter");
  await expectRepaired(page);
  expect(await clicks()).toBe(0);
});

test("a repair that is refused halfway lists what exists, and resumes from there", async ({
  page,
  account,
}) => {
  await openFailedBuild(page, account);
  await page.getByRole("link", { name: "Fix in a new version" }).click();
  await arriveAt(page, FIX);
  await mendByKeys(page);
  await setTrouble(account, { errors: { "imagebuilder:UpdateImagePipeline": "ForbiddenException" } });
  await page.getByRole("button", { name: /^Create, update/ }).click();
  const progress = page.getByRole("status", { name: "Progress" });
  await expect(progress).toContainText("Created broken 1.0.1");
  await expect(progress).toContainText("Created recipe broken 1.0.1");
  await expect(progress).toContainText("Couldn't update pipeline broken");
  await expect(progress.getByRole("link", { name: "Update to 1.0.1" })).toBeVisible();
  await setTrouble(account, {});
  await page.getByRole("button", { name: "Continue" }).click();
  await expectRepaired(page);
});
