import {
  CreateComponentCommand,
  CreateDistributionConfigurationCommand,
  CreateImageRecipeCommand,
  GetDistributionConfigurationCommand,
  ListComponentBuildVersionsCommand,
  ListComponentsCommand,
} from "@aws-sdk/client-imagebuilder";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import type { Account } from "./support/account";
import { expect, expectAccessible, open, test } from "./support/console";
import { documentOf } from "./support/documents";

const createComponent = async ({ imagebuilder }: Account, name: string, semanticVersion = "1.0.0") => {
  const data = documentOf("Say", `echo ${name}`);
  const { componentBuildVersionArn } = await imagebuilder.send(
    new CreateComponentCommand({ name, semanticVersion, platform: "Linux", data }),
  );
  return componentBuildVersionArn ?? "";
};
const components = (page: Page) => page.getByRole("table");

test("what nothing uses is found, deleted at once, and what is used stays", async ({ page, account }) => {
  const used = await createComponent(account, "agent", "1.1.0");
  await createComponent(account, "agent", "1.0.0");
  await createComponent(account, "left-over");
  await account.imagebuilder.send(
    new CreateImageRecipeCommand({
      name: "base",
      semanticVersion: "1.0.0",
      parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
      components: [{ componentArn: used }],
    }),
  );
  await open(page, urls.resources(account.target, "component"), "Components");
  const rowOf = (name: string) => components(page).getByRole("row").filter({ hasText: name });
  await expect(rowOf("agent")).toContainText("1 recipe");
  // What the console listed before all of this was created stays fresh for some seconds.
  await expect(async () => {
    await page.reload();
    await expect(rowOf("agent")).toContainText("1 unused version", { timeout: 5_000 });
  }).toPass();
  await expect(rowOf("left-over")).toContainText("Unused");

  await page.getByRole("checkbox", { name: "Select every component shown" }).check();
  await page.getByRole("button", { name: "Delete unused versions…" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("Delete 2 unused versions?");
  await expect(dialog.getByRole("list", { name: "Stays" })).toContainText("agent 1.1.0");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Delete 2" }).click();
  await expect(page.getByRole("status", { name: "Messages" })).toContainText("Deleted 2 unused versions.");

  const { componentVersionList = [] } = await account.imagebuilder.send(
    new ListComponentsCommand({ owner: "Self" }),
  );
  expect(componentVersionList.map(({ name, version }) => `${name} ${version}`)).toEqual(["agent 1.1.0"]);
  const kept = new ListComponentBuildVersionsCommand({ componentVersionArn: used.replace(/\/\d+$/, "") });
  const { componentSummaryList = [] } = await account.imagebuilder.send(kept);
  expect(componentSummaryList).toHaveLength(1);
});

test("a favorite comes first on the overview and in the palette, and a view of a list is kept by its name", async ({
  page,
  account,
}) => {
  await createComponent(account, "agent");
  await createComponent(account, "zz-monitoring");
  await open(
    page,
    urls.resource(account.target, { kind: "component", name: "zz-monitoring" }),
    "zz-monitoring",
  );
  const star = page.getByRole("button", { name: "Favorite zz-monitoring" });
  await star.click();
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("dialog").getByRole("option").first()).toContainText("zz-monitoring");
  await page.keyboard.press("Escape");
  await open(page, urls.overview(account.target), "Overview");
  await expect(page.getByRole("navigation", { name: "Favorites" })).toContainText("zz-monitoring");

  await open(page, urls.resources(account.target, "component"), "Components");
  await page.getByRole("searchbox").fill("zz");
  await expect(components(page).getByRole("row")).toHaveCount(2);
  await expect(page).toHaveURL(/zz/);
  const views = page.getByRole("list", { name: "Saved views" });
  await page
    .locator("summary", { has: page.locator("svg") })
    .and(page.getByLabel("Saved views"))
    .click();
  await page.getByLabel("Save these filters as").fill("Monitoring");
  await page.getByRole("button", { name: "Save view" }).click();
  await expect(views).toContainText("Monitoring");
  await expectAccessible(page);

  // Another day, from another page: the list as it was.
  await open(page, urls.resources(account.target, "component"), "Components");
  await expect(components(page).getByRole("row")).toHaveCount(3);
  await page.locator("summary").and(page.getByLabel("Saved views")).click();
  await views.getByRole("button", { name: "Monitoring", exact: true }).click();
  await expect(components(page).getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("searchbox")).toHaveValue("zz");
});

test("three Regions are a table, and one of them is changed without the others", async ({
  page,
  account,
}) => {
  const regions = ["us-east-1", "us-west-2", "eu-west-1"];
  const { distributionConfigurationArn } = await account.imagebuilder.send(
    new CreateDistributionConfigurationCommand({
      name: "everywhere",
      distributions: regions.map((region) => ({
        region,
        amiDistributionConfiguration: { name: `web-${region} {{ imagebuilder:buildDate }}` },
      })),
    }),
  );
  await open(
    page,
    urls.editResource(account.target, "distribution-configuration", "everywhere"),
    "Edit everywhere",
  );
  const table = page.getByRole("table", { name: "Regions" });
  await expect(table.getByRole("row")).toHaveCount(4);
  await table.getByRole("button", { name: "Edit us-west-2" }).click();
  await page.getByRole("textbox", { name: "AMI name" }).fill("west {{ imagebuilder:buildDate }}");
  await expect(table.getByRole("row", { name: /us-west-2/ })).toContainText("west {{");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Review changes" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByRole("status", { name: "Messages" })).toContainText("Saved everywhere.");
  const { distributionConfiguration } = await account.imagebuilder.send(
    new GetDistributionConfigurationCommand({ distributionConfigurationArn }),
  );
  expect(
    distributionConfiguration?.distributions?.map((one) => one.amiDistributionConfiguration?.name),
  ).toEqual([
    "web-us-east-1 {{ imagebuilder:buildDate }}",
    "west {{ imagebuilder:buildDate }}",
    "web-eu-west-1 {{ imagebuilder:buildDate }}",
  ]);
});
