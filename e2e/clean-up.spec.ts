import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  DescribeImagesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeSnapshotsCommand,
} from "@aws-sdk/client-ec2";
import {
  ListComponentsCommand,
  ListImagePipelinesCommand,
  ListImagesCommand,
} from "@aws-sdk/client-imagebuilder";
import { urls } from "@/lib/core/urls";
import { createSampleFactory } from "@/lib/testing/sample-clean-up";
import type { Account } from "./support/account";
import { awsCli, hasAwsCli } from "./support/aws-cli";
import { arriveAt, expect, open, test } from "./support/console";
import { region, simulatorPort } from "./support/server";
import { setTrouble } from "./support/trouble";

const endpoint = `http://127.0.0.1:${simulatorPort}`;

/** How many AMIs, snapshots, launch templates, images, pipelines, and components an account has of its own. */
async function countLeft(account: Account): Promise<number[]> {
  const { ec2, imagebuilder } = account;
  const images = { Owners: ["self"], IncludeDisabled: true };
  const answers = hasAwsCli()
    ? await Promise.all([
        awsCli(account, "ec2", "describe-images", images),
        awsCli(account, "ec2", "describe-snapshots", { OwnerIds: ["self"] }),
        awsCli(account, "ec2", "describe-launch-templates", {}),
        awsCli(account, "imagebuilder", "list-images", { owner: "Self" }),
        awsCli(account, "imagebuilder", "list-image-pipelines", {}),
        awsCli(account, "imagebuilder", "list-components", { owner: "Self" }),
      ])
    : await Promise.all([
        ec2.send(new DescribeImagesCommand(images)),
        ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ["self"] })),
        ec2.send(new DescribeLaunchTemplatesCommand({})),
        imagebuilder.send(new ListImagesCommand({ owner: "Self" })),
        imagebuilder.send(new ListImagePipelinesCommand({})),
        imagebuilder.send(new ListComponentsCommand({ owner: "Self" })),
      ]);
  const lists = [
    "Images",
    "Snapshots",
    "LaunchTemplates",
    "imageVersionList",
    "imagePipelineList",
    "componentVersionList",
  ];
  return answers.map((answer, index) => {
    const list = (answer as Record<string, unknown>)[lists[index] ?? ""];
    return Array.isArray(list) ? list.length : 0;
  });
}

test("everything that a pipeline made goes once nobody uses it, also after a failure in the middle", async ({
  page,
  account,
}) => {
  const connection = { endpoint, accountId: account.accountId, region };
  const { ec2, templateId } = await createSampleFactory(
    { ...connection, imagebuilder: account.imagebuilder },
    1,
  );
  const credentials = { accessKeyId: account.accountId, secretAccessKey: "any" };
  const scaling = new AutoScalingClient({ endpoint, region, credentials });
  const group = { AutoScalingGroupName: "front" };
  await expect.poll(async () => (await countLeft(account))[0], { timeout: 60_000 }).toBe(1);
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      ...group,
      LaunchTemplate: { LaunchTemplateId: templateId, Version: "$Default" },
      MinSize: 0,
      MaxSize: 2,
      DesiredCapacity: 1,
    }),
  );

  await open(page, urls.pipeline(account.target, "web"), "web");
  await page.getByRole("link", { name: "Clean up" }).click();
  await arriveAt(page, "Clean up web");
  const stays = page.getByRole("list", { name: "Stays" });
  const goes = page.getByRole("list", { name: "Will be removed" });
  const checkAgain = page.getByRole("button", { name: "Check again" });
  await expect(stays).toContainText("Used by the Auto Scaling group front.");
  // Before the history knows the account, nothing at all may go yet.
  await expect(goes.filter({ hasText: "Launch template" })).toHaveCount(0);

  await scaling.send(new DeleteAutoScalingGroupCommand({ ...group, ForceDelete: true }));
  // The history has to know the Regions that the AMIs went to, and the groups are read anew after a while.
  await expect(async () => {
    await checkAgain.click();
    await expect(page.getByRole("button", { name: "Remove 12" })).toBeEnabled();
  }).toPass({ timeout: 90_000 });
  await setTrouble(account, { errors: { "imagebuilder:DeleteImagePipeline": "ForbiddenException" } });
  await page.getByRole("button", { name: "Remove 12" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Remove 12" }).click();
  await expect(page.getByText(/web was not removed\./)).toBeVisible({ timeout: 60_000 });
  expect(await countLeft(account)).toEqual([0, 0, 0, 0, 1, 1]);

  await setTrouble(account, {});
  await checkAgain.click();
  await page.getByRole("button", { name: /^Remove the rest/ }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Remove/ })
    .click();
  await expect(page.getByText(/Nothing of it is left/)).toBeVisible({ timeout: 60_000 });
  expect(await countLeft(account)).toEqual([0, 0, 0, 0, 0, 0]);
  scaling.destroy();
  ec2.destroy();
});
