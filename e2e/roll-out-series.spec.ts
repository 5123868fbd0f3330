import { DescribeInstanceRefreshesCommand, type InstanceRefresh } from "@aws-sdk/client-auto-scaling";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { createSampleGroup, type SampleGroup } from "@/lib/testing/sample-group";
import type { Account } from "./support/account";
import { awsCli, hasAwsCli } from "./support/aws-cli";
import { arriveAt, expect, open, test } from "./support/console";
import { region, simulatorPort } from "./support/server";
import { setTrouble } from "./support/trouble";

/** What AWS says of the group's refreshes, by the CLI where there is one. */
async function refreshesOf(account: Account, { name, scaling }: SampleGroup) {
  const input = { AutoScalingGroupName: name };
  const { InstanceRefreshes } = hasAwsCli()
    ? await awsCli(account, "autoscaling", "describe-instance-refreshes", input)
    : await scaling.send(new DescribeInstanceRefreshesCommand(input));
  return (InstanceRefreshes as InstanceRefresh[]).map(({ Status }) => Status);
}

const status = (page: Page) => page.getByRole("status", { name: "Roll-out status" });

/** A step that asks first. */
async function take(page: Page, step: string) {
  await page.getByRole("button", { name: step }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: step }).click();
}

test("several groups are rolled out to in order: by time, past one that failed, and by a person", async ({
  page,
  account,
}) => {
  const { accountId, target } = account;
  const place = { endpoint: `http://127.0.0.1:${simulatorPort}`, accountId, region };
  const [canary, second, third] = await Promise.all(
    [
      { name: "web-canary", count: 1 },
      // It takes long enough for an alarm to come in between.
      { name: "web-a", count: 6 },
      { name: "web-z", count: 1 },
    ].map((group) => createSampleGroup(place, group)),
  ).then((groups) => groups as [SampleGroup, SampleGroup, SampleGroup]);

  // In the order of the table: web-a, web-canary, web-z.
  await open(page, `${urls.fleet(target)}?sort=name`, "Fleet");
  for (const { name } of [canary, second, third])
    await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  await page.getByRole("link", { name: "Roll out to 3 groups" }).click();
  await arriveAt(page, "Roll out to several groups");
  // The order is changed by keyboard, where the focus stays to move further, and by mouse.
  for (let press = 0; press < 2; press++)
    await page.getByRole("button", { name: "Move web-canary up" }).press("Enter");
  await expect(page.getByRole("heading", { name: "1 web-canary" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Move web-canary up" })).toBeFocused();
  await page.getByRole("button", { name: "Move web-z up" }).click();
  await expect(page.getByRole("heading", { name: "2 web-z" })).toBeVisible();
  await page.getByRole("button", { name: "Move web-z down" }).click();
  await expect(page.getByRole("heading", { name: "3 web-z" })).toBeVisible();

  await page.getByLabel("Then start web-a").selectOption("automatically after a wait");
  await page.getByLabel("Wait before web-a, in minutes").fill("0");
  await page.getByRole("listitem").filter({ hasText: "2 web-a" }).getByText("Image, way back").click();
  await page.getByLabel("CloudWatch alarms").and(page.locator(":visible")).fill("web-5xx-rate");
  await page.getByRole("button", { name: "Replace 8 instances in 3 groups" }).click();
  await page.waitForURL(/\/roll-outs\/series\/[0-9a-f-]{36}$/);
  await arriveAt(page, "web-canary and 2 more");

  // The second starts by its gate, and an alarm stops it.
  const track = page.getByRole("list", { name: "Groups in order" });
  await expect(track.getByRole("listitem").filter({ hasText: "2 web-a" })).toContainText("In progress", {
    timeout: 30_000,
  });
  await setTrouble(account, { alarms: ["web-5xx-rate"] });
  await expect(status(page)).toHaveText(/Stopped/, { timeout: 30_000 });
  const decision = page.getByRole("region", { name: "Decision" });
  await expect(decision).toContainText("Done: web-canary. Left: web-z.");
  expect(await refreshesOf(account, third)).toEqual([]);
  await setTrouble(account, { alarms: [] });

  await take(page, "Continue from web-a");
  await expect(status(page)).toHaveText(/Waiting for a person/, { timeout: 45_000 });
  await take(page, "Start web-z");
  await expect(status(page)).toHaveText(/Done/, { timeout: 45_000 });
  expect(await refreshesOf(account, canary)).toEqual(["Successful"]);
  expect(await refreshesOf(account, second)).toEqual(["Successful", "Failed"]);
  expect(await refreshesOf(account, third)).toEqual(["Successful"]);

  await open(page, urls.rollOuts(target), "Roll-outs");
  await expect(page.getByRole("list", { name: "Roll-outs of several groups" })).toContainText(
    "3 of 3 groups succeeded",
  );
});
