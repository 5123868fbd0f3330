import {
  GetImagePipelineCommand,
  GetImageRecipeCommand,
  ListImagePipelinesCommand,
  UpdateImagePipelineCommand,
} from "@aws-sdk/client-imagebuilder";
import { urls } from "@/lib/core/urls";
import { arriveAt, expect, open, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";

test("a pipeline is changed after a look at the change, and keeps every member the form did not touch", async ({
  page,
  account,
}) => {
  const { target, imagebuilder } = account;
  const imagePipelineArn = await createPipeline(account, "nightly", documentOf("Greet", "echo one"));
  const read = async () => {
    const answer = await imagebuilder.send(new GetImagePipelineCommand({ imagePipelineArn }));
    return answer.imagePipeline;
  };
  const { imageRecipeArn, infrastructureConfigurationArn } = (await read()) ?? {};
  await imagebuilder.send(
    new UpdateImagePipelineCommand({
      imagePipelineArn,
      imageRecipeArn,
      infrastructureConfigurationArn,
      imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 90 },
      loggingConfiguration: { imageLogGroupName: "/aws/imagebuilder/nightly-builds" },
    }),
  );

  await open(page, urls.pipeline(target, "nightly"), "nightly");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await arriveAt(page, "Edit nightly");
  await page.getByLabel("Scheduled", { exact: true }).check();
  await page.getByLabel("Schedule expression").fill("cron(30 25 * * ? *)");
  await expect(page.getByText(/"25" is not a valid hour/)).toBeVisible();
  await page.getByLabel("Schedule expression").fill("cron(30 2 * * ? *)");
  const zone = page.getByRole("combobox", { name: "Time zone" });
  await zone.fill("Europe/Berlin");
  await page.keyboard.press("Escape");
  await expect(page.getByText("Every day at 02:30, Europe/Berlin")).toBeVisible();
  await expect(page.getByRole("list", { name: "Next runs" }).getByRole("listitem")).toHaveCount(5);
  await expect(page.getByText(/the clocks go (forward|back) an hour/)).toBeVisible();
  await page.getByRole("button", { name: "Review changes" }).click();
  const review = page.getByRole("alertdialog", { name: /Save \d+ changes? to nightly/ });
  await expect(review).toContainText("cron(30 2 * * ? *)");
  await review.getByRole("button", { name: "Save changes" }).click();
  await arriveAt(page, "nightly");

  expect(await read()).toMatchObject({
    imageRecipeArn,
    infrastructureConfigurationArn,
    schedule: { scheduleExpression: "cron(30 2 * * ? *)", timezone: "Europe/Berlin" },
    imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 90 },
    loggingConfiguration: { imageLogGroupName: "/aws/imagebuilder/nightly-builds" },
  });
});

test("a pipeline is cloned, edited as new with parts of its own, and deleted", async ({ page, account }) => {
  const { target, imagebuilder } = account;
  await createPipeline(account, "first", documentOf("Greet", "echo one"));
  await open(page, urls.pipeline(target, "first"), "first");
  await page.getByRole("button", { name: "Duplicate", exact: true }).click();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue("first-copy");
  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: "Review" }).click();
  await page.getByRole("button", { name: "Create pipeline" }).click();
  await page.getByRole("link", { name: "Open first-copy" }).click();

  await arriveAt(page, "first-copy");
  await page.getByRole("button", { name: "Duplicate with new settings" }).click();
  await page.getByLabel("Name", { exact: true }).fill("second");
  await page.getByRole("navigation", { name: "Steps" }).getByRole("link", { name: "Review" }).click();
  await page.getByRole("button", { name: "Create pipeline" }).click();
  await page.getByRole("link", { name: "Open second" }).click();
  await arriveAt(page, "second");

  const { imagePipelineList = [] } = await imagebuilder.send(new ListImagePipelinesCommand({}));
  const recipeOf = (name: string) => imagePipelineList.find((one) => one.name === name)?.imageRecipeArn;
  expect(recipeOf("first-copy")).toBe(recipeOf("first"));
  expect(recipeOf("second")).not.toBe(recipeOf("first"));
  const [original, copy] = await Promise.all(
    ["first", "second"].map(async (name) => {
      const answer = await imagebuilder.send(new GetImageRecipeCommand({ imageRecipeArn: recipeOf(name) }));
      return answer.imageRecipe;
    }),
  );
  expect(copy?.components).toEqual(original?.components);
  expect(copy?.parentImage).toBe(original?.parentImage);

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await arriveAt(page, "Pipelines");
  const left = await imagebuilder.send(new ListImagePipelinesCommand({}));
  expect(left.imagePipelineList?.map(({ name }) => name)).toEqual(["first", "first-copy"]);
});
