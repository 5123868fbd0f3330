import { expect, open, rowOf, test } from "./support/console";

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
