import { readFile } from "node:fs/promises";
import { DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { urls } from "@/lib/core/urls";
import {
  arriveAt,
  expect,
  expectAccessible,
  expectBuildStatus,
  expectInLog,
  logOf,
  open,
  runPipeline,
  showTab,
  test,
} from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";

const MARKUP = "<img src=x onerror=alert(1)> <b>bold</b>";

test("a log is searched, linked to, filtered and downloaded, and markup in it stays text", async ({
  page,
  account,
}) => {
  const document = documentOf(
    "SayThings",
    "echo a needle",
    `echo '${MARKUP}'`,
    `echo '${"a".repeat(60)}!'`,
    "echo trouble ahead >&2",
  );
  await createPipeline(account, "log-reader", document);
  await open(page, urls.pipeline(account.target, "log-reader"), "log-reader");
  await runPipeline(page);
  await expectBuildStatus(page, /available/i);
  const build = page.url();

  await expectInLog(page, MARKUP);
  await expect(logOf(page).locator("img")).toHaveCount(0);

  await expectInLog(page, "a needle");
  const row = logOf(page)
    .locator("div")
    .filter({ hasText: /^\d+.*a needle$/ })
    .last();
  await row.getByRole("button", { name: /^Line / }).click();
  await expect(page).toHaveURL(/#L\d+$/);
  const address = page.url();
  await page.goto("about:blank");
  await page.goto(address);
  await expect(logOf(page)).toContainText("a needle");

  const steps = page.getByRole("navigation", { name: "Steps of the build" });
  await steps.getByRole("button", { name: /^log-reader/ }).click();
  await steps.getByRole("button", { name: /^SayThings/ }).click();
  await expect(logOf(page)).toContainText("SayThings");
  await logOf(page).press("g");
  await page.keyboard.type("2-3");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/#L2-L3$/);
  await logOf(page).press("?");
  await expect(page.getByRole("dialog", { name: "Log shortcuts" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  // A pattern that goes on for ever is given up, and the log is there again.
  const field = page.getByRole("searchbox", { name: "Search the log" });
  await page.getByRole("button", { name: "Regular expression" }).click();
  await field.fill("(a+)+$");
  await expect(page.getByText("This expression takes too long on this log.")).toBeVisible({
    timeout: 20_000,
  });
  await field.fill("a ne+dle");
  await expect(page.getByRole("status").filter({ hasText: /^1 of \d/ })).toBeVisible();
  await field.fill("");

  await page.getByRole("combobox", { name: "Lines shown" }).selectOption("Stderr only");
  await expect(logOf(page)).toContainText("trouble ahead");
  await expect(logOf(page)).not.toContainText("a needle");

  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Text", exact: true }).click();
  const text = await readFile(await (await downloading).path(), "utf8");
  expect(text).toContain(`Stdout: ${MARKUP}\n`);

  await page.goto(build);
  await showTab(page, "Log");
  await expect(page).toHaveURL(/\?show=log$/);
  await page.getByRole("link", { name: /^Compare with the last/ }).click();
  await arriveAt(page, "Compare logs");
  await expect(page.getByText("has no good build in the 90 days before this one")).toBeVisible();
});

test("a line is found among the logs of all builds, and a search that finds nothing says so", async ({
  page,
  account,
}) => {
  await createPipeline(account, "far-away", documentOf("SayThings", "echo hidden in here"));
  await open(page, urls.pipeline(account.target, "far-away"), "far-away");
  await runPipeline(page);
  await expectBuildStatus(page, /available/i);

  await open(page, urls.searchLogs(account.target), "Search logs");
  const field = page.getByRole("searchbox", { name: "Text in a line" });
  await field.fill("nothing says this");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(page.getByText("No matching lines")).toBeVisible();

  await field.fill("Stdout: hidden in here");
  await page.getByRole("button", { name: "Search", exact: true }).click();
  const found = page.getByRole("list", { name: "Matching lines" });
  await expect(found).toContainText("hidden in here");
  await found.getByRole("link").first().click();
  await expect(page).toHaveURL(/far-away\/1\.0\.0\/1#L\d+$/);
  await expect(logOf(page)).toContainText("hidden in here");

  // A search costs money: an address, which anybody can write, only fills the form.
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await open(page, urls.searchLogs(account.target, "Stdout: hidden in here"), "Search logs");
  await expect(page.getByText("Press Search to start")).toBeVisible();
  await expect(field).toHaveValue("Stdout: hidden in here");
  expect(asked.filter((path) => path.includes("log-search"))).toEqual([]);
  await page.getByRole("button", { name: "Search", exact: true }).click();
  await expect(found).toContainText("hidden in here");
});

test("a failed build says why, shows the line that proves it, and offers what to do next", async ({
  page,
  account,
}) => {
  const document = documentOf("FillDisk", "echo 'write /var/x: No space left on device' >&2", "exit 1");
  await createPipeline(account, "disk-full", document);
  await open(page, urls.pipeline(account.target, "disk-full"), "disk-full");
  await runPipeline(page);
  await expectBuildStatus(page, /failed/i);

  const panel = page.getByRole("region", { name: "Diagnosis" });
  await expect(panel).toContainText("The disk is full.");
  await expect(panel).toContainText("Step FillDisk of disk-full 1.0.0/1, phase build, exit code 1");
  await expect(panel.getByRole("link", { name: "Open disk-full" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Run pipeline disk-full" })).toBeVisible();
  await expectAccessible(page);

  await expect(logOf(page)).toContainText("No space left on device");
  const steps = page.getByRole("navigation", { name: "Steps of the build" });
  await expect(steps.getByRole("button", { name: /^FillDisk failed/ })).toBeVisible();
  await page.getByRole("button", { name: "Evidence of ApplyBuildComponents" }).click();
  const evidence = page.getByRole("dialog", { name: "Evidence of ApplyBuildComponents" });
  await evidence.getByText("Run Command").click();
  await expect(evidence).toContainText("Failed, exit code 1");
  await evidence.getByText("Systems Manager agent").click();
  await expect(evidence).toContainText("whether the agent ever reported is not known");
  await expectAccessible(page);
  await evidence.getByRole("button", { name: "Close" }).click();
  await panel.getByRole("link", { name: /^line \d+/ }).click();
  await expect(page).toHaveURL(/#L\d+$/);
  await expect(logOf(page)).toContainText("No space left on device");
});

test("a log that was read outlives its log group", async ({ page, account }) => {
  const document = documentOf("SayThings", "echo still here");
  await createPipeline(account, "outlived", document);
  await open(page, urls.pipeline(account.target, "outlived"), "outlived");
  await runPipeline(page);
  await expectBuildStatus(page, /available/i);
  const status = page.getByRole("region", { name: "Log" }).getByRole("status").last();
  await expect(status).toHaveText("Complete", { timeout: 30_000 });
  await account.logs.send(new DeleteLogGroupCommand({ logGroupName: "/aws/imagebuilder/outlived" }));
  await page.reload();
  await expectInLog(page, "still here");
});
