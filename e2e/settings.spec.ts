import { urls } from "@/lib/core/urls";
import { expect, open, rowOf, test } from "./support/console";

test("an administrator adds an account, opens it, and removes it", async ({ page, account }) => {
  await open(page, urls.settings(account.target), "Settings");
  await expect(page.getByRole("row").filter({ hasText: "Demo" })).toContainText("Environment");
  await page.getByRole("button", { name: "Add account" }).click();
  const dialog = page.getByRole("dialog", { name: "Add account" });
  await dialog.getByLabel("Name", { exact: true }).fill("Added by hand");
  await dialog.getByLabel("Account ID").fill("12");
  await dialog.getByLabel("Region").fill("eu-west-1");
  await dialog.getByRole("button", { name: "Check and save" }).click();
  await expect(dialog).toContainText("the 12 digits of an AWS account");
  await dialog.getByLabel("Account ID").fill("444444444444");
  await dialog.getByRole("button", { name: "Check and save" }).click();
  await expect(page.getByRole("status", { name: "Messages" })).toContainText("Added Added by hand.");
  await expect(rowOf(page, "Added by hand")).toContainText("Added here");

  await rowOf(page, "Added by hand").getByRole("link").click();
  await expect(page).toHaveURL(/\/added-by-hand$/);
  await page.goBack();
  await rowOf(page, "Added by hand").getByRole("button", { name: "Remove Added by hand" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove account" }).click();
  await expect(rowOf(page, "Added by hand")).toHaveCount(0);
});
