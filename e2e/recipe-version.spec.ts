import { GetImagePipelineCommand, ListImageRecipesCommand } from "@aws-sdk/client-imagebuilder";
import { urls } from "@/lib/core/urls";
import type { Account } from "./support/account";
import { arriveAt, expect, open, rowOf, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";

const recipesOf = async ({ imagebuilder }: Account) =>
  (await imagebuilder.send(new ListImageRecipesCommand({}))).imageRecipeSummaryList;

test("a new version of a recipe says what is malformed at its field, is created and moved to its pipeline", async ({
  page,
  account,
}) => {
  const imagePipelineArn = await createPipeline(account, "web", documentOf("Greet", "set -e", "echo one"));
  await open(page, urls.resource(account.target, { kind: "image-recipe", name: "web" }), "web");
  await page.getByRole("link", { name: "New version" }).click();
  await arriveAt(page, "New version of web");
  const version = page.getByLabel("Version", { exact: true });
  await expect(version).toHaveValue("1.0.1");

  await version.fill("1.0");
  await expect(version).toHaveAccessibleDescription(/three whole numbers/);
  const description = page.getByLabel("Description optional", { exact: true });
  await description.fill("d".repeat(1025));
  await expect(description).toHaveAccessibleDescription(/1,024/);
  await page.getByRole("button", { name: "Create version" }).click();
  await expect(description).toHaveValue("d".repeat(1025));
  expect(await recipesOf(account)).toHaveLength(1);

  await version.fill("1.0.1");
  await description.fill("Greets again");
  await page.getByRole("button", { name: "Create version" }).click();
  await arriveAt(page, "Update from 1.0.0 to 1.0.1");
  await page.getByRole("button", { name: "Update 1 to 1.0.1" }).click();
  await expect(page.getByText("All resources use 1.0.1.")).toBeVisible();
  const { imagePipeline } = await account.imagebuilder.send(
    new GetImagePipelineCommand({ imagePipelineArn }),
  );
  expect(imagePipeline?.imageRecipeArn).toMatch(/image-recipe\/web\/1\.0\.1$/);
});

test("several pipelines are disabled at once, and a column that is left out stays out after a reload", async ({
  page,
  account,
}) => {
  for (const name of ["web", "worker"]) await createPipeline(account, name, documentOf("Greet", "echo one"));
  await open(page, urls.pipelines(account.target), "Pipelines");
  await page.getByRole("checkbox", { name: "Select every pipeline shown" }).check();
  await page.getByRole("group", { name: "2 selected" }).getByRole("button", { name: "Disable" }).click();
  const dialog = page.getByRole("alertdialog", { name: "Disable 2 pipelines?" });
  await dialog.getByRole("button", { name: "Disable" }).click();
  await expect(dialog).toHaveCount(0);
  for (const name of ["web", "worker"]) await expect(rowOf(page, name)).toContainText(/disabled/i);

  await expect(page.getByRole("columnheader", { name: "Recipe" })).toBeVisible();
  await page.getByLabel("Columns", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Recipe" }).uncheck();
  await expect(page.getByRole("columnheader", { name: "Recipe" })).toHaveCount(0);
  await page.reload();
  await expect(rowOf(page, "web")).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Recipe" })).toHaveCount(0);
});
