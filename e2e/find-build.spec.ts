import {
  ImagebuilderClient,
  ListImagePackagesCommand,
  ListImagePipelineImagesCommand,
} from "@aws-sdk/client-imagebuilder";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, open, rowOf, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline, readState, startBuild } from "./support/pipelines";
import { simulatorPort } from "./support/server";

/** Deep in the history: far more builds came after it than a page has. */
async function oldAmiOf(pipeline: string) {
  const client = new ImagebuilderClient({
    endpoint: `http://127.0.0.1:${simulatorPort}`,
    region: "us-east-1",
    credentials: { accessKeyId: "111111111111", secretAccessKey: "any" },
  });
  const imagePipelineArn = `arn:aws:imagebuilder:us-east-1:111111111111:image-pipeline/${pipeline}`;
  let nextToken: string | undefined;
  let oldest: { amiId: string; build: string } | undefined;
  do {
    const page = await client.send(new ListImagePipelineImagesCommand({ imagePipelineArn, nextToken }));
    for (const { arn = "", outputResources, state } of page.imageSummaryList ?? []) {
      const amiId = outputResources?.amis?.[0]?.image;
      if (amiId && state?.status === "AVAILABLE")
        oldest = { amiId, build: arn.split("/").slice(-2).join("/") };
    }
    nextToken = page.nextToken;
  } while (nextToken);
  client.destroy();
  if (!oldest) throw new Error(`${pipeline} has no good build.`);
  return oldest;
}

test("the build behind an AMI ID is found however old it is, by its address too", async ({
  page,
  browser,
}) => {
  const { amiId, build } = await oldAmiOf("web-base");
  await open(page, urls.builds("demo"), "Builds");
  await page.keyboard.press("/");
  await page.keyboard.type(amiId);
  const row = page.getByRole("table", { name: "Builds" }).getByRole("row").filter({ hasText: amiId });
  await expect(row.getByRole("link", { name: new RegExp(`${build}$`) })).toBeVisible({ timeout: 45_000 });
  await expect(page.getByRole("status").filter({ hasText: /^1$/ })).toBeVisible();

  const other = await browser.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("searchbox", { name: "Search builds" })).toHaveValue(amiId);
  await other.getByRole("link", { name: new RegExp(`${build}$`) }).click();
  await expect(other).toHaveURL(/\/demo\/images\/web-base/);
  await other.close();
});

test("builds are filtered and leafed through, and a search that finds nothing says so", async ({ page }) => {
  await open(page, urls.builds("demo"), "Builds");
  const first = page.getByRole("table", { name: "Builds" }).getByRole("row").nth(1).getByRole("link").first();
  const newest = await first.textContent();
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(first).not.toHaveText(newest ?? "");
  await page.getByRole("link", { name: "Newest" }).click();
  await expect(first).toHaveText(newest ?? "");

  await page.getByRole("combobox", { name: "Result" }).selectOption("failed");
  await expect(page).toHaveURL(/result=failed/);
  await expect(page.getByRole("table").getByText("failed").first()).toBeVisible();
  await expect(page.getByRole("table").getByText("available")).toHaveCount(0);
  await page.getByRole("searchbox").fill("no-such-build");
  await expect(page.getByText(/no builds match/i)).toBeVisible();
});

test("a build that was started elsewhere is in the list within seconds", async ({ page, account }) => {
  await open(page, urls.builds(account.target), "Builds");
  await expect(page.getByText("No builds yet")).toBeVisible();
  await startBuild(account, await createPipeline(account, "from-outside", documentOf("Hello", "echo hello")));
  await expect(page.getByRole("table", { name: "Builds" }).getByText("from-outside").first()).toBeVisible({
    timeout: 45_000,
  });
});

test("who has a package is answered once the build is indexed", async ({ page, account }) => {
  const build = await startBuild(
    account,
    await createPipeline(account, "with-packages", documentOf("Hello", "echo hello")),
  );
  await expect(async () => expect((await readState(account, build)).status).toBe("AVAILABLE")).toPass({
    timeout: 60_000,
  });
  const { imagePackageList } = await account.imagebuilder.send(
    new ListImagePackagesCommand({ imageBuildVersionArn: build }),
  );
  const { packageName = "", packageVersion = "" } = imagePackageList?.[0] ?? {};
  await open(page, urls.images(account.target), "Images");
  await page.getByRole("link", { name: "Find a package or CVE" }).click();
  await arriveAt(page, "Builds");
  await page.getByRole("searchbox", { name: "Search builds" }).fill(`${packageName} ${packageVersion}`);
  const row = page
    .getByRole("table", { name: "Builds" })
    .getByRole("row")
    .filter({ hasText: packageVersion });
  await expect(row).toContainText("with-packages", { timeout: 90_000 });
  await page.getByRole("combobox", { name: "Search by" }).selectOption({ label: "CVE" });
  await expect(page.getByText("Enter a whole CVE ID")).toBeVisible();
});

test("each image has one row with its latest successful build and its AMIs, and stale ones can be told apart", async ({
  page,
}) => {
  await open(page, urls.images("demo"), "Images");
  const names = page.getByRole("table", { name: "Images" }).getByRole("row");
  await expect(names.first()).toBeVisible();
  const row = rowOf(page, "web-base").first();
  await expect(row.getByText(/^ami-/).first()).toBeVisible();
  await row.getByRole("link", { name: /^\d+\.\d+\.\d+\/\d+/ }).click();
  await expect(page).toHaveURL(/\/demo\/images\/web-base\/\d/);
});

test("a day of the overview leads to its builds, by the keyboard too", async ({ page }) => {
  await open(page, urls.overview("demo"), "Overview");
  const days = page.getByRole("link", { name: /^web-base, \d+ \w+: / });
  await expect(days.first()).toBeVisible({ timeout: 45_000 });
  await days.last().focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Enter");
  await arriveAt(page, "Builds");
  await expect(page).toHaveURL(/pipeline=web-base.*from=\d{4}-\d\d-\d\d/);
  await expect(page.getByRole("table", { name: "Builds" }).getByRole("link").first()).toBeVisible();
});

test("the overview has each pipeline that needs somebody once, and its next action leads on", async ({
  page,
}) => {
  await open(page, urls.overview("demo"), "Overview");
  const table = page.getByRole("table", { name: "Pipelines that need attention" });
  await expect(table).toBeVisible();
  const names = await table.locator("tbody td:first-child").allTextContents();
  expect(names.length).toBeGreaterThan(0);
  expect(names).toEqual([...new Set(names)]);
  const failing = table.getByRole("row").filter({ hasText: "Failing." }).first();
  await expect(failing).toContainText(/\d+ builds?/);
  await failing.getByRole("link", { name: /^Open failure/ }).click();
  await expect(page).toHaveURL(/\/demo\/images\/[^/]+\/[^/]+\/\d+/);
});
