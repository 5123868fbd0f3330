import { apiV1Urls, urls } from "@/lib/core/urls";
import { expect, expectAccessible, open, test } from "./support/console";
import { consolePort } from "./support/server";

const origin = `http://127.0.0.1:${consolePort}`;

test("what happened is filtered by its address, in one account and over all", async ({ page }) => {
  await open(page, urls.activity("demo", { kind: "build", outcome: "failed" }), "Activity");
  const rows = page.getByRole("table", { name: "Activity" }).getByRole("row");
  await expect(rows.nth(1)).toContainText("failed", { timeout: 60_000 });
  await expect(rows.filter({ hasText: "succeeded" })).toHaveCount(0);
  await page.getByLabel("Name").fill("rhel-9");
  await expect(page).toHaveURL(/name=rhel-9/);
  // The history of the demo is read while the first journeys run.
  await expect(rows.nth(1)).toContainText(/rhel-9/i, { timeout: 60_000 });
  await expect(rows.filter({ hasText: /web-base/i })).toHaveCount(0);

  // The switch leads to the same of all accounts, where each entry names its own.
  const accounts = page.getByRole("navigation", { name: "Console" }).getByRole("group").first();
  await accounts.locator("summary").click();
  await accounts.getByRole("link", { name: /^All accounts/ }).click();
  await page.waitForURL(/\/all-accounts\/activity/);
  await page.goto(urls.activity("all-accounts", { kind: "build", outcome: "failed", name: "rhel-9" }));
  await expect(rows.nth(1)).toContainText("Demo", { timeout: 60_000 });
  await expect(rows.nth(1)).toContainText(/rhel-9/i);
  await expectAccessible(page);
});

test("a feed key reads the activity and the schedules, and nothing else, until it is revoked", async ({
  page,
  account,
  playwright,
}) => {
  await open(page, urls.apiTokens(account.target), "API tokens");
  await page.getByRole("main").getByRole("button", { name: "Create token" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /A feed reader/ }).check();
  const name = `reader of ${account.target}`;
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  await dialog.getByRole("button", { name: "Create" }).click();
  const addresses = dialog.getByRole("list", { name: "Feed addresses" });
  await expect(addresses).toContainText("activity.atom");
  await expectAccessible(page);
  const [key = ""] = /goldsmith_[0-9A-Za-z]{38}/.exec((await addresses.textContent()) ?? "") ?? [];

  const reader = await playwright.request.newContext({ baseURL: origin });
  const atom = await reader.get(apiV1Urls.activityFeed(account.target, { key }));
  expect([atom.status(), atom.headers()["content-type"]]).toEqual([200, expect.stringContaining("atom+xml")]);
  expect(await atom.text()).toContain("<feed");
  const calendar = await reader.get(apiV1Urls.scheduleCalendar(account.target, { key }));
  expect(await calendar.text()).toMatch(/^BEGIN:VCALENDAR/);
  const forged = key.replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  const feeds = [apiV1Urls.activityFeed, apiV1Urls.scheduleCalendar];
  const answersTo = (asked: string) =>
    Promise.all(feeds.map(async (feed) => (await reader.get(feed(account.target, { key: asked }))).status()));
  expect(await answersTo(key)).toEqual([200, 200]);
  expect(await answersTo(forged)).toEqual([401, 401]);
  const pipelines = await reader.get(`/api/v1/targets/${account.target}/pipelines?key=${key}`);
  expect(pipelines.status()).toBe(401);

  await dialog.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row", { name: new RegExp(name) });
  await row.getByRole("button", { name: /^Revoke/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Revoke/ })
    .click();
  await expect(page.getByRole("table", { name: "API tokens that have ended" })).toContainText(name);
  expect(await answersTo(key)).toEqual([401, 401]);
  await reader.dispose();
});
