import {
  GetImagePipelineCommand,
  GetImageRecipeCommand,
  ListComponentsCommand,
} from "@aws-sdk/client-imagebuilder";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, open, pasteInto, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";

const editor = (page: Page) => page.getByRole("textbox", { name: "Component document" });

test("a new version of a component is checked by AWS, created and moved through its recipe and pipeline", async ({
  page,
  account,
}) => {
  const pipelineArn = await createPipeline(account, "web", documentOf("Greet", "set -e", "echo one"));
  await open(page, urls.resource(account.target, { kind: "component", name: "web" }), "web");
  await expect(page.getByRole("button", { name: /Greet ExecuteBash/ })).toBeVisible();

  await page.getByRole("link", { name: "New version" }).click();
  await arriveAt(page, "New version of web");
  await expect(page.getByLabel("Version", { exact: true })).toHaveValue("1.0.1");
  await pasteInto(editor(page), documentOf("Greet", "set -e", "echo two"));
  await page.getByLabel("Change description").fill("Says two.");
  await page.getByRole("button", { name: "Changes since 1.0.0" }).click();
  await expect(page.getByRole("textbox", { name: "Changes since 1.0.0" })).toContainText("echo two");
  await page.getByRole("button", { name: "Validate with AWS" }).click();
  await expect(page.getByText("Document is valid.")).toBeVisible();
  await page.getByRole("button", { name: "Create version" }).click();

  await arriveAt(page, "Update from 1.0.0 to 1.0.1");
  await expect(page.getByRole("checkbox", { name: "Update image recipe web" })).toBeChecked();
  await expect(page.getByRole("checkbox", { name: "Update pipeline web" })).toBeChecked();
  await page.getByRole("button", { name: "Update 2 to 1.0.1" }).click();
  await expect(page.getByText("All resources use 1.0.1.")).toBeVisible();

  const { imagebuilder } = account;
  const { imagePipeline } = await imagebuilder.send(
    new GetImagePipelineCommand({ imagePipelineArn: pipelineArn }),
  );
  expect(imagePipeline?.imageRecipeArn).toMatch(/image-recipe\/web\/1\.0\.1$/);
  const { imageRecipe } = await imagebuilder.send(
    new GetImageRecipeCommand({ imageRecipeArn: imagePipeline?.imageRecipeArn }),
  );
  expect(imageRecipe?.components?.[0]?.componentArn).toMatch(/component\/web\/1\.0\.1\/1$/);
});

test("a document that AWS would refuse says so beside it, is not sent, and is not lost, not even by a reload", async ({
  page,
  account,
}) => {
  page.on("dialog", (dialog) => dialog.accept());
  await open(page, urls.newResource(account.target, "component"), "Create component");
  await page.getByLabel("Name", { exact: true }).fill("greeting");
  await pasteInto(editor(page), "phases: nothing");
  await page.getByRole("button", { name: "Create component" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "phases must be a list" })).toBeVisible();
  await expect(page.getByText(/Not saved/)).toBeVisible();

  await page.reload();
  await expect(page.getByText("Restored your unsaved changes.")).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("greeting");
  await expect(editor(page)).toHaveText("phases: nothing");

  await pasteInto(editor(page), documentOf("Greet", "set -e", "echo hello"));
  await page.getByRole("button", { name: "Create component" }).click();
  await arriveAt(page, "greeting");
});

test("malformed input is told at its field as one types, and nothing of it is sent", async ({
  page,
  account,
}) => {
  await open(page, urls.newResource(account.target, "component"), "Create component");
  const says = async (label: string, typed: string, words: string | RegExp) => {
    const field = page.getByLabel(label, { exact: true });
    await field.fill(typed);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(words);
  };
  await says("Name", "<script>alert(1)</script>", /letters, digits/);
  await says("Name", "ab", /at least 3/);
  await says("Name", "x".repeat(129), /at most 128/);
  await says("Version", "1.0.x", /three whole numbers/);
  await says("Description optional", "d".repeat(1025), /1,024/);
  await pasteInto(editor(page), "d".repeat(16_001));
  await expect(page.getByRole("alert").filter({ hasText: "at most 16,000 characters" })).toBeVisible();

  await page.getByRole("button", { name: "Create component" }).click();
  await expect(page.getByText(/Not saved/)).toBeVisible();
  const { componentVersionList } = await account.imagebuilder.send(
    new ListComponentsCommand({ owner: "Self" }),
  );
  expect(componentVersionList).toEqual([]);
});

test("a shell script becomes a component, and a workflow is made from the one it begins with", async ({
  page,
  account,
}) => {
  await open(page, urls.importComponent(account.target), "Import a script as a component");
  await page.getByLabel("Name", { exact: true }).fill("harden");
  await page.getByLabel("Script optional").fill("set -e\necho hardened");
  await page.getByRole("button", { name: "Import script" }).click();
  await arriveAt(page, "harden");
  await expect(editor(page)).toContainText("echo hardened");

  await open(page, urls.newResource(account.target, "workflow"), "Create workflow");
  await page.getByLabel("Name", { exact: true }).fill("slow tests");
  await page.getByLabel("Type").selectOption("TEST");
  await expect(page.getByRole("textbox", { name: "Workflow document" })).toContainText("ApplyTestComponents");
  await page.getByRole("button", { name: "Validate with AWS" }).click();
  await expect(page.getByText("Document is valid.")).toBeVisible();
  await page.getByRole("button", { name: "Create workflow" }).click();
  await arriveAt(page, "slow tests");
});
