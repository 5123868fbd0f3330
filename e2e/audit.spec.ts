import { apiUrls, urls } from "@/lib/core/urls";
import { expect, open, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";

test("an admin finds a write on record, with what changed, filters by it and takes it away as a file", async ({
  page,
  account,
}) => {
  await createPipeline(account, "recorded", documentOf("Hello", "echo hello"));
  await open(page, urls.pipeline(account.target, "recorded"), "recorded");
  await page.getByRole("button", { name: "Disable" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("button", { name: "Enable" })).toBeVisible();

  await open(page, urls.audit(account.target), "Audit");
  await page.getByRole("button", { name: /^set-pipeline-status/ }).click();
  await expect(page.getByRole("region", { name: "Before" })).toContainText('"ENABLED"');
  await expect(page.getByRole("region", { name: "After" })).toContainText('"DISABLED"');

  await page.getByLabel("Result").selectOption("refused");
  await expect(page).toHaveURL(/result=refused/);
  await expect(page.getByText("No events match this filter.")).toBeVisible();
  await page.getByLabel("Result").selectOption("succeeded");
  await page.getByRole("searchbox", { name: "Resource" }).fill("recorded");

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export CSV" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe(`audit-${account.target}.csv`);

  await page.getByRole("button", { name: "Check integrity" }).click();
  await expect(page.getByText(/All \d+ rows are unchanged/)).toBeVisible();
});

test("an audit with nothing in it says what will be there, and a bad filter says what is wrong", async ({
  page,
  account,
}) => {
  await open(page, urls.audit(account.target), "Audit");
  await expect(page.getByText("No events yet")).toBeVisible();
  const answer = await page.request.get(
    apiUrls.audit(account.target, new URLSearchParams({ from: "yesterday" })),
  );
  expect(answer.status()).toBe(400);
  expect(await answer.text()).toContain("2026-11-21");
});
