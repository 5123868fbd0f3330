import { urls } from "@/lib/core/urls";
import { arriveAt, expect, expectBuildStatus, expectInLog, open, runPipeline, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline, ownedAmis } from "./support/pipelines";

test("a pipeline run from the browser ends AVAILABLE with an AMI that EC2 knows", async ({
  page,
  account,
}) => {
  await createPipeline(account, "web-base", documentOf("InstallNginx", "echo installing nginx"));
  await open(page, urls.pipeline(account.target, "web-base"), "web-base");

  await runPipeline(page);
  await arriveAt(page, /web-base/);
  await expectInLog(page, "InstallNginx");
  await expectInLog(page, "installing nginx");
  await expectBuildStatus(page, /available/i);

  const [ami] = await ownedAmis(account);
  expect(ami).toMatch(/^ami-[0-9a-f]{17}$/);
  await expect(
    page
      .getByRole("main")
      .getByText(ami ?? "")
      .first(),
  ).toBeVisible();
});

test("a build with a failing command ends FAILED and says at which step and why", async ({
  page,
  account,
}) => {
  await createPipeline(account, "broken", documentOf("BreakHere", "echo before the fall", "exit 23"));
  await open(page, urls.pipeline(account.target, "broken"), "broken");

  await runPipeline(page);
  await expectBuildStatus(page, /failed/i);
  await arriveAt(page, /broken/);
  await expect(
    page
      .getByRole("main")
      .getByText(/BreakHere/)
      .first(),
  ).toBeVisible();
  await expectInLog(page, "23");
  await expect(page.getByRole("link", { name: "Open broken at this step" })).toBeVisible();
  const icon = decodeURIComponent((await page.locator('link[rel="icon"]').getAttribute("href")) ?? "");
  expect(icon, "the tab's icon shows a cross").toContain("M5 5l6 6M11 5l-6 6");
  expect(await ownedAmis(account)).toEqual([]);
});
