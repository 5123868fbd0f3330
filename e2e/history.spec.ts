import { urls } from "@/lib/core/urls";
import { arriveAt, expect, logOf, open, test } from "./support/console";

test("from a red day of the calendar to the failing line it takes three clicks", async ({ page }) => {
  await open(page, urls.history("demo", { show: "calendar" }), "History");
  const redDays = page.getByRole("link", { name: /, \d{4}-\d\d-\d\d:.*\d+ failed/ });
  await expect(redDays.first()).toBeVisible({ timeout: 30_000 });

  await redDays.last().click();
  await expect(page.getByRole("link", { name: /^Result: failed/ })).toBeVisible();
  await page.getByRole("table", { name: "Builds" }).getByRole("link").first().click();
  await page.waitForURL(/\/images\//);
  await page
    .getByRole("main")
    .getByRole("link", { name: /line \d+/i })
    .or(page.getByRole("main").getByRole("button", { name: /line \d+/i }))
    .first()
    .click();
  await expect(logOf(page)).toBeVisible();
});

test("a shared address shows the same view", async ({ page, browser }) => {
  await open(page, urls.history("demo", { show: "failures", days: "90" }), "History");
  await page.getByRole("combobox", { name: "Days" }).selectOption("7");
  await expect(page).toHaveURL(/days=7/);
  const other = await browser.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("combobox", { name: "Days" })).toHaveValue("7");
  await expect(other.getByRole("heading", { name: "Cause", exact: true })).toBeVisible();
  await other.close();
});

for (const show of ["health", "failures", "durations", "changes", "findings", "costs", "builds"]) {
  test(`the question ${show} is accessible`, async ({ page }) => {
    await open(page, urls.history("demo", { show }), "History");
    await expect(
      page
        .getByRole("main")
        .getByRole("table")
        .or(page.getByText("Table", { exact: true }))
        .first(),
      "shown once the history has read enough builds",
    ).toBeVisible({ timeout: 45_000 });
  });
}

test("the wall has the whole screen, is accessible and reads again by itself", async ({ page }) => {
  await open(page, urls.history("demo", { show: "wall" }), "Demo");
  await expect(page.getByRole("heading", { name: "Needs attention" })).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Console" })).toBeHidden();
  await page.waitForResponse(/\/history\/health/);
});

test("the keyboard opens the table of the calendar, which a screen reader reads", async ({ page }) => {
  await open(page, urls.history("demo", { show: "calendar", days: "45" }), "History");
  await page.getByText("Table", { exact: true }).first().focus();
  await page.keyboard.press("Enter");
  const table = page.getByRole("table", { name: "Build activity" });
  await expect(table.getByRole("columnheader", { name: "Failed" })).toBeVisible();
  await table.getByRole("link").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("table", { name: "Builds" })).toBeVisible();
});

test("an account without builds says how they come here", async ({ page, account }) => {
  await open(page, urls.history(account.target), "History");
  await expect(page.getByText(/its first build appears here/)).toBeVisible();
  await page.getByRole("navigation", { name: "Questions" }).getByRole("link", { name: "Builds" }).click();
  await arriveAt(page, "History");
  await expect(page.getByText(/No builds match/)).toBeVisible();
});
