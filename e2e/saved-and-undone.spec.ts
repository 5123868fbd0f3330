import { CreateInfrastructureConfigurationCommand } from "@aws-sdk/client-imagebuilder";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { expect, expectAccessible, open, test } from "./support/console";

const messages = (page: Page) => page.getByRole("status", { name: "Messages" });

test("what was saved is said, and comes back by mouse and by keys", async ({ page, account }) => {
  await account.imagebuilder.send(
    new CreateInfrastructureConfigurationCommand({
      name: "builders",
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
      tags: { team: "web" },
    }),
  );
  const where = { kind: "infrastructure-configuration", name: "builders" } as const;
  await open(page, urls.resource(account.target, where), "builders");
  const change = async (value: string) => {
    await page.getByRole("button", { name: "Edit tags" }).click();
    await page
      .getByRole("textbox", { name: /^Value/ })
      .first()
      .fill(value);
    await page.getByRole("button", { name: "Save tags" }).click();
    await expect(messages(page)).toContainText("Saved the tags of builders.");
  };
  const tags = page.getByRole("main");
  await change("mail");
  await expectAccessible(page);
  await messages(page).getByRole("button", { name: "Undo" }).click();
  await expect(messages(page)).toContainText("Undone.");
  await expect(tags).toContainText("web");
  await messages(page).getByRole("button", { name: "Close" }).first().click();

  await change("shop");
  await page.keyboard.press("F8");
  await expect(messages(page).getByRole("button", { name: "Undo" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(tags).toContainText("web");
});

test("a description that was saved is put back from the page that follows", async ({ page, account }) => {
  await account.imagebuilder.send(
    new CreateInfrastructureConfigurationCommand({
      name: "runners",
      description: "as it was",
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
    }),
  );
  await open(
    page,
    urls.editResource(account.target, "infrastructure-configuration", "runners"),
    "Edit runners",
  );
  await page.getByRole("textbox", { name: "Description" }).fill("as it became");
  await page.getByRole("button", { name: "Review changes" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: /^Save/ }).click();
  await expect(messages(page)).toContainText("Saved runners.");
  await expect(page.getByRole("main")).toContainText("as it became");
  await messages(page).getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("main")).toContainText("as it was");
});
