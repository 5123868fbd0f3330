import { DescribeImageAttributeCommand } from "@aws-sdk/client-ec2";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, expectBuildStatus, open, runPipeline, showTab, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline, ownedAmis } from "./support/pipelines";

/** Opens *More* and presses one of its buttons. */
async function openMore(page: Page, name: string) {
  await page.getByText("More", { exact: true }).click();
  await page.getByRole("button", { name, exact: true }).click();
}

const ORGANIZATION = "arn:aws:organizations::111111111111:organization/o-exampleorgid";

test("an image shows what is in it, is shared, deprecated, and deleted with its AMI", async ({
  page,
  account,
}) => {
  await createPipeline(account, "web", documentOf("Greet", "set -e", "echo hello"));
  await page.goto(urls.pipeline(account.target, "web"));
  await runPipeline(page);
  await expectBuildStatus(page, /available/i);
  await arriveAt(page, /web/);

  await showTab(page, "Packages");
  await page.getByRole("searchbox", { name: "Search packages" }).fill("openssl");
  await expect(page.getByRole("row").filter({ hasText: "openssl" })).toHaveCount(1);
  await showTab(page, "Findings");
  await expect(page.getByText("Image not scanned")).toBeVisible();
  await showTab(page, "Changes");
  await expect(page.getByText("Nothing to compare with")).toBeVisible();
  await showTab(page, "Tests");
  await expect(page.getByRole("tabpanel")).toContainText("LaunchTestInstance");
  await showTab(page, "Recipe");
  await expect(page.getByRole("tabpanel")).toContainText("web/1.0.0/1");
  await arriveAt(page, /web/);

  await openMore(page, "Share…");
  const sharing = page.getByRole("alertdialog");
  const added = sharing.getByRole("combobox", { name: /^Account ID/ });
  const add = sharing.getByRole("button", { name: "Add", exact: true });
  for (const [text, reason] of [
    ["33333", /^An account ID is 12 digits/],
    ["arn:aws:organizations::111111111111:organization/ours", /^The organization must look like arn:/],
  ] as const) {
    await added.fill(text);
    await add.click();
    await expect(sharing.getByRole("alert")).toHaveText(reason);
  }
  await added.fill("333333333333");
  await add.click();
  await added.fill(ORGANIZATION);
  await add.click();
  await sharing.getByRole("button", { name: "Save sharing" }).click();
  await expect(sharing).toHaveCount(0);
  const [ImageId = ""] = await ownedAmis(account);
  const permissions = await account.ec2.send(
    new DescribeImageAttributeCommand({ ImageId, Attribute: "launchPermission" }),
  );
  expect(permissions.LaunchPermissions).toEqual([
    { UserId: "333333333333" },
    { OrganizationArn: ORGANIZATION },
  ]);
  await showTab(page, "Distribution");
  await expect(page.getByRole("tabpanel")).toContainText(
    /333333333333 account, can use it in recipes, can launch/,
  );
  await expect(page.getByRole("tabpanel")).toContainText(`${ORGANIZATION} organization, can launch it in`);

  await showTab(page, "Recipe");
  await page.getByRole("button", { name: "Edit tags" }).click();
  await page.getByRole("button", { name: "Add a tag" }).click();
  await page.getByLabel("Key 1", { exact: true }).fill("stage");
  await page.getByLabel("Value for stage").fill("gold");
  await page.getByRole("button", { name: "Save tags" }).click();
  await expect(page.getByRole("button", { name: "Edit tags" })).toBeVisible();
  await expect(page.getByRole("definition").filter({ hasText: "gold" })).toBeVisible();

  await openMore(page, "Change state…");
  const change = page.getByRole("alertdialog");
  await change.getByRole("radio", { name: /^Deprecated/ }).check();
  await expect(change.getByRole("button", { name: "Change state" })).toBeDisabled();
  await change.getByRole("combobox", { name: "Execution role" }).fill("ImageBuilderLifecycleRole");
  await page.keyboard.press("Tab");
  await change.getByRole("button", { name: "Change state" }).click();
  await expectBuildStatus(page, /deprecated/i);

  await openMore(page, "Delete…");
  const deletion = page.getByRole("alertdialog");
  await expect(deletion.getByText("No usage found")).toBeVisible();
  await deletion.getByRole("checkbox", { name: "its AMI" }).check();
  const confirm = deletion.getByRole("button", { name: "Delete with AMIs" });
  await expect(confirm).toBeDisabled();
  await deletion.getByRole("combobox", { name: "Execution role" }).fill("ImageBuilderLifecycleRole");
  await page.keyboard.press("Tab");
  await confirm.click();
  await expectBuildStatus(page, /deleted/i);
  expect(await ownedAmis(account)).toEqual([]);
});

test("images of this account and Amazon's are found by name, with their versions", async ({ page }) => {
  await open(page, urls.images("demo"), "Images");
  await page.getByRole("link", { name: "Amazon-managed" }).click();
  await expect(page.getByRole("link", { name: "Amazon-managed" })).toHaveAttribute("aria-current", "page");
  await page.getByRole("searchbox", { name: "Search images" }).fill("2023");
  await page.getByRole("link", { name: "Amazon Linux 2023 x86", exact: true }).click();
  await arriveAt(page, "Amazon Linux 2023 x86");
  await expect(page.getByText(/image\/amazon-linux-2023-x86\/x\.x\.x$/)).toBeVisible();
});
