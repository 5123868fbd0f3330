import {
  CreateDistributionConfigurationCommand,
  GetDistributionConfigurationCommand,
  GetInfrastructureConfigurationCommand,
} from "@aws-sdk/client-imagebuilder";
import type { Page } from "@playwright/test";
import { arriveAt, expect, open, test } from "./support/console";
import { documentOf } from "./support/documents";
import { createPipeline } from "./support/pipelines";
import { region } from "./support/server";

/** Types into a field that also offers choices, and leaves it as typed. */
async function type(page: Page, label: string, text: string) {
  const field = page.getByRole("combobox", { name: label, exact: true });
  await field.fill(text);
  await page.keyboard.press("Escape");
  await expect(field).toHaveValue(text);
}

const arnOf = (accountId: string, kind: string, name: string) =>
  `arn:aws:imagebuilder:${region}:${accountId}:${kind}/${name}`;

test("an infrastructure configuration is created, changed after a look at the change, and read back by AWS", async ({
  page,
  account,
}) => {
  const { target, accountId, imagebuilder } = account;
  await open(page, `/${target}/infrastructure`, "Infrastructure");
  await page.getByRole("link", { name: "Create infrastructure configuration" }).click();
  await arriveAt(page, "Create infrastructure configuration");

  await page.getByRole("button", { name: "Create infrastructure configuration" }).click();
  await expect(page.getByText("Enter a name.")).toBeVisible();
  await expect(page.getByText("The instance profile is required.")).toBeVisible();

  await page.getByLabel("Name", { exact: true }).fill("web builds");
  await type(page, "Instance profile", "EC2InstanceProfileForImageBuilder");
  await page.getByRole("button", { name: "Add an instance type" }).click();
  await type(page, "Instance types 1", "m7i.large");
  await page.getByRole("button", { name: "Create infrastructure configuration" }).click();
  await arriveAt(page, "web builds");

  await page.getByRole("link", { name: "Edit" }).click();
  await arriveAt(page, "Edit web builds");
  await page.getByRole("textbox", { name: "Description optional" }).fill("For the web team");
  await page.getByRole("checkbox", { name: "Terminate the instance when a build fails" }).uncheck();
  await page.getByRole("button", { name: "Review changes" }).click();
  const review = page.getByRole("alertdialog", { name: /Save 2 changes to web builds/ });
  await expect(review).toContainText("For the web team");
  await expect(review.getByRole("list", { name: "Changes" })).toContainText("Terminate instance on failure");
  await review.getByRole("button", { name: "Save changes" }).click();
  await arriveAt(page, "web builds");

  const infrastructureConfigurationArn = arnOf(accountId, "infrastructure-configuration", "web-builds");
  const stored = await imagebuilder.send(
    new GetInfrastructureConfigurationCommand({ infrastructureConfigurationArn }),
  );
  expect(stored.infrastructureConfiguration).toMatchObject({
    name: "web builds",
    description: "For the web team",
    instanceProfileName: "EC2InstanceProfileForImageBuilder",
    instanceTypes: ["m7i.large"],
    terminateInstanceOnFailure: false,
  });
});

test("a distribution configuration keeps every member that its form did not touch", async ({
  page,
  account,
}) => {
  const { target, accountId, imagebuilder } = account;
  await imagebuilder.send(
    new CreateDistributionConfigurationCommand({
      name: "everywhere",
      distributions: [
        {
          region,
          amiDistributionConfiguration: {
            name: "web {{ imagebuilder:buildDate }}",
            amiTags: { team: "web" },
            launchPermission: { userIds: ["333333333333"] },
          },
          ssmParameterConfigurations: [{ parameterName: "/imagebuilder/web", dataType: "aws:ec2:image" }],
        },
      ],
    }),
  );
  await open(page, `/${target}/distribution/everywhere`, "everywhere");
  await page.getByRole("link", { name: "Edit" }).click();
  await arriveAt(page, "Edit everywhere");
  await page.getByRole("button", { name: "Add a Region" }).click();
  const second = page.getByRole("region", { name: "Region 2" });
  await second.getByRole("combobox", { name: "Region", exact: true }).fill("eu-central-1");
  await page.keyboard.press("Escape");
  const added = page.getByRole("region", { name: "eu-central-1" });
  await added.getByLabel("AMI name").fill("web");
  await expect(added.getByText("must contain {{ imagebuilder:buildDate }}")).toBeVisible();
  await added.getByRole("button", { name: "Add the build date" }).click();
  await page.getByRole("button", { name: "Review changes" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Save changes" }).click();
  await arriveAt(page, "everywhere");

  const distributionConfigurationArn = arnOf(accountId, "distribution-configuration", "everywhere");
  const { distributionConfiguration } = await imagebuilder.send(
    new GetDistributionConfigurationCommand({ distributionConfigurationArn }),
  );
  expect(distributionConfiguration?.distributions).toMatchObject([
    {
      region,
      amiDistributionConfiguration: {
        name: "web {{ imagebuilder:buildDate }}",
        amiTags: { team: "web" },
        launchPermission: { userIds: ["333333333333"] },
      },
      ssmParameterConfigurations: [{ parameterName: "/imagebuilder/web", dataType: "aws:ec2:image" }],
    },
    { region: "eu-central-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } },
  ]);
});

test("what a pipeline uses is not deleted before the pipeline, and goes with it in order", async ({
  page,
  account,
}) => {
  const { target } = account;
  await createPipeline(account, "web", documentOf("Hello", "echo hello"));
  await open(page, `/${target}/infrastructure/web`, "web");
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("alertdialog");
  await expect(dialog).toContainText("In use.");
  const all = dialog.getByRole("button", { name: "Delete all 2" });
  await expect(all).toBeDisabled();
  await dialog.getByRole("checkbox").check();
  await all.click();
  await arriveAt(page, "Infrastructure");
  await expect(page.getByText("No infrastructure configurations yet")).toBeVisible();
  await open(page, `/${target}/pipelines`, "Pipelines");
  await expect(page.getByRole("link", { name: "web", exact: true })).toHaveCount(0);
});

test("10 MB pasted into a name are refused at the field, and nothing is sent", async ({ page, account }) => {
  await open(page, `/${account.target}/lifecycle/new`, "Create lifecycle policy");
  const name = page.getByLabel("Name", { exact: true });
  await name.evaluate((input: HTMLInputElement) => {
    input.focus();
    document.execCommand("insertText", false, "a".repeat(10 * 1024 * 1024));
  });
  await expect(page.getByText("A name has at most 128 characters.")).toBeVisible();
  await page.getByRole("button", { name: "Create lifecycle policy" }).click();
  await expect(page.getByText(/Not saved/)).toBeVisible();
});
