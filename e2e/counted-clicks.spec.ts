import type { Locator, Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, open, test } from "./support/console";

/** Counts what a person does, so that a journey that grows longer is noticed. */
function counting(page: Page) {
  const counted = { clicks: 0, texts: 0 };
  return {
    counted,
    click: async (locator: Locator) => {
      counted.clicks += 1;
      await locator.click();
    },
    type: async (locator: Locator, text: string) => {
      counted.texts += 1;
      await locator.fill(text);
    },
    button: (name: string) => page.getByRole("main").getByRole("button", { name, exact: true }),
  };
}

test("from scratch to a running build with a component of one's own: nine clicks, three texts", async ({
  page,
  account,
}) => {
  await open(page, urls.overview(account.target), "Overview");
  const { counted, click, type, button } = counting(page);
  await click(page.getByRole("main").getByRole("link", { name: "Create pipeline" }));
  await click(button("Start from scratch"));
  await arriveAt(page, /New pipeline/);
  await type(page.getByLabel("Name", { exact: true }), "counted");
  await click(button("Next: Recipe"));

  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("counted");
  await type(page.getByRole("combobox", { name: "Base image" }), "amazon-linux-2023-x86");
  await click(page.getByRole("option", { name: /amazon-linux-2023-x86/ }).first());
  await click(button("Create component"));
  await type(page.getByLabel("Component name"), "counted-tools");
  await click(button("Next: Infrastructure"));

  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("counted");
  await expect(page.getByRole("combobox", { name: "Instance profile" })).toHaveValue(
    "EC2InstanceProfileForImageBuilder",
  );
  await click(button("Next: Distribution"));
  await click(button("Next: Review"));
  await click(button("Create and run"));
  await expect(page).toHaveURL(/\/images\/counted\/1\.0\.0\/1$/, { timeout: 60_000 });
  expect(counted).toEqual({ clicks: 9, texts: 3 });
});
