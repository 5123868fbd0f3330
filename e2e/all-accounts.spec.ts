import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, open, test } from "./support/console";

test("the switch leads to the same page of all accounts, and from there to that of one", async ({
  page,
  account,
}) => {
  await open(page, urls.pipelines(account.target), "Pipelines");
  const navigation = page.getByRole("navigation", { name: "Console" });
  const list = navigation.getByRole("group").first();
  await list.locator("summary").click();
  await list.getByRole("link", { name: /^All accounts/ }).click();
  await page.waitForURL(urls.pipelines(ALL_ACCOUNTS));
  await arriveAt(page, "Pipelines");
  await expect(list.locator("summary")).toContainText("All accounts");

  await list.locator("summary").click();
  await list.getByRole("link", { name: /^Demo/ }).click();
  await page.waitForURL(urls.pipelines("demo"));
  await arriveAt(page, "Pipelines");
});

test("the overview of all accounts names the account of what fails, and leads to it there", async ({
  page,
}) => {
  await open(page, urls.overview(ALL_ACCOUNTS), "Overview");
  const attention = page.getByRole("table", { name: "Pipelines that need attention" });
  // The history of the demo is read while the first journeys run.
  const failing = attention.getByRole("row").filter({ hasText: "Failing" }).first();
  await expect(failing).toBeVisible({ timeout: 90_000 });
  await expect(failing).toContainText("Demo");
  await failing.getByRole("link", { name: /^Open failure/ }).click();
  await page.waitForURL(/\/demo\/images\//);
  await expect(page.getByRole("table", { name: "Accounts" })).toBeHidden();
});

test("builds, images and history of all accounts are shown without a choice of accounts", async ({
  page,
}) => {
  await open(page, urls.builds(ALL_ACCOUNTS), "Builds");
  await expect(page.getByRole("table", { name: "Builds" }).getByText("Demo").first()).toBeVisible({
    timeout: 90_000,
  });
  await expect(page.getByRole("combobox", { name: "Accounts" })).toBeHidden();
  const navigation = page.getByRole("navigation", { name: "Console" });
  for (const name of ["Images", "History", "Approvals"]) {
    await navigation.getByRole("link", { name }).click();
    await arriveAt(page, name);
    await expect(page).toHaveURL(new RegExp(`/${ALL_ACCOUNTS}/`));
  }
});
