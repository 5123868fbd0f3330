import { urls } from "@/lib/core/urls";
import { arriveAt, expect, expectBuildStatus, open, runPipeline, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline, ownedAmis } from "./support/pipelines";

test("a running build is canceled after a confirmation, and leaves no AMI", async ({ page, account }) => {
  await createPipeline(account, "slow", documentOf("TakeYourTime", "sleep 3600"));
  await open(page, urls.pipeline(account.target, "slow"), "slow");
  await runPipeline(page);

  await page.getByRole("button", { name: "Cancel build" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Cancel build" }).click();
  await expectBuildStatus(page, /cancelled/i);
  await arriveAt(page, /slow/);
  expect(await ownedAmis(account)).toEqual([]);
});

test("a build goes on when the confirmation is turned down", async ({ page, account }) => {
  await createPipeline(account, "steady", documentOf("TakeYourTime", "sleep 3600"));
  await open(page, urls.pipeline(account.target, "steady"), "steady");
  await runPipeline(page);

  await page.getByRole("button", { name: "Cancel build" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: /keep/i }).click();
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
  await expectBuildStatus(page, /building/i);
});
