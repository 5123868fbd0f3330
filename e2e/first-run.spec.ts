import { urls } from "@/lib/core/urls";
import { arriveAt, expect, expectAccessible, open, rowOf, test } from "./support/console";

test("someone without an AWS account lands in a demo that shows a factory at work", async ({ page }) => {
  await open(page, "/", "Overview");
  await expect(page).toHaveURL("/demo");

  await page.getByRole("navigation").getByRole("link", { name: "Pipelines" }).click();
  await expect(page).toHaveURL("/demo/pipelines");
  await expect(page.getByRole("row").filter({ has: page.getByRole("link") })).toHaveCount(10);
});

test("an account nobody has used yet explains how to begin instead of showing an empty table", async ({
  page,
  account,
}) => {
  await open(page, `/${account.target}/pipelines`, "Pipelines");
  await expect(page.getByText(/no pipelines yet/i)).toBeVisible();
});

test("an address that leads nowhere says so and leads back", async ({ page }) => {
  for (const path of [
    "/nowhere/pipelines",
    "/demo/pipelines/no-such-pipeline",
    "/demo/images/none/1.0.0/1",
  ]) {
    await open(page, path, /not found|no such|does not exist/i);
    await expect(page.getByRole("main").getByRole("link").first()).toBeVisible();
  }
});

test("a search that finds nothing says so, and the table comes back when it is cleared", async ({ page }) => {
  await open(page, "/demo/pipelines?q=no-such-name", "Pipelines");
  await expect(page.getByText(/no pipeline matches/i)).toBeVisible();
  await page.getByRole("searchbox").fill("");
  await expect(rowOf(page, "container-base")).toBeVisible();
  await expect(page.getByRole("row").filter({ has: page.getByRole("link") })).toHaveCount(10);
});

test("an empty account says what it needs, what is done and how to do the rest", async ({
  page,
  account,
}) => {
  await open(page, urls.overview(account.target), "Overview");
  const steps = page.getByRole("list", { name: "Set up this account" }).getByRole("listitem");
  await expect(steps.filter({ hasText: "Credentials" })).toContainText(/Done.*Signed in to AWS account/);
  await expect(steps.filter({ hasText: "Network" })).toContainText(/Done|Missing|Not known/);
  await expect(steps.filter({ hasText: "Vulnerability scanning" })).toContainText(
    /Done.*Amazon Inspector scans EC2 instances and ECR images/,
  );
  await expectAccessible(page);
  await steps.getByRole("link", { name: "Choose a template" }).click();
  await arriveAt(page, "Create pipeline");
});

test("the demo says that it is one, and leads to three things to try until it is dismissed", async ({
  page,
}) => {
  for (const [link, heading] of [
    ["Open failed builds", "Builds"],
    ["Choose a template", "Create pipeline"],
    ["Open findings", "History"],
  ] as const) {
    await open(page, urls.overview("demo"), "Overview");
    const note = page.getByRole("region", { name: "About this demo" });
    await expect(note).toContainText("This account is simulated.");
    await note.getByRole("link", { name: link }).click();
    await arriveAt(page, heading);
  }
  await open(page, urls.overview("demo"), "Overview");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("region", { name: "About this demo" })).toHaveCount(0);
  await page.reload();
  await arriveAt(page, "Overview");
  await expect(page.getByRole("region", { name: "About this demo" })).toHaveCount(0);
});
