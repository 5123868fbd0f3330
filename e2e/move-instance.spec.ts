import {
  CopyImageCommand,
  DescribeImagesCommand,
  DescribeInstancesCommand,
  type Instance,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import type { Account } from "./support/account";
import { awsCli, hasAwsCli } from "./support/aws-cli";
import { arriveAt, expect, open, test } from "./support/console";
import { region } from "./support/server";

/** A server by itself, in the first zone. */
async function aServer(account: Account): Promise<string> {
  const { Images = [] } = await account.ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const base = Images.find(({ Architecture }) => Architecture === "x86_64");
  const { ImageId } = await account.ec2.send(
    new CopyImageCommand({ Name: "by-hand", SourceImageId: base?.ImageId, SourceRegion: region }),
  );
  const { Instances } = await account.ec2.send(
    new RunInstancesCommand({
      ImageId,
      InstanceType: "m7i.large",
      MinCount: 1,
      MaxCount: 1,
      Placement: { AvailabilityZone: `${region}a` },
      TagSpecifications: [
        {
          ResourceType: "instance",
          Tags: [
            { Key: "Name", Value: "reports" },
            { Key: "team", Value: "finance" },
          ],
        },
      ],
    }),
  );
  return Instances?.[0]?.InstanceId ?? "";
}

/** All instances of the account, by the CLI where there is one. */
async function instancesOf(account: Account): Promise<Instance[]> {
  const { Reservations = [] } = hasAwsCli()
    ? ((await awsCli(account, "ec2", "describe-instances", {})) as {
        Reservations?: { Instances?: Instance[] }[];
      })
    : await account.ec2.send(new DescribeInstancesCommand({}));
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}

/** A step of the move, which says first what it does. */
async function take(page: Page, step: string) {
  await page.getByRole("button", { name: step, exact: true }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: step, exact: true }).click();
  await expect(dialog).toBeHidden();
}

test("an instance is moved to another zone, over a break, and one like it runs there", async ({
  page,
  account,
}) => {
  const instanceId = await aServer(account);
  await open(page, urls.fleet(account.target), "Fleet");
  await page.getByRole("link", { name: `Move reports (${instanceId})` }).click();
  await arriveAt(page, `Move ${instanceId}`);
  await expect(page.getByText("Private IP address", { exact: false })).toBeVisible();

  // The last zone does not offer the type: nothing is begun.
  const subnets = page.getByLabel("Subnet");
  const options = await subnets.locator("option").allTextContents();
  const textOf = (zone: string) => options.find((text) => text.startsWith(`${region}${zone}`)) ?? "";
  expect(textOf("f")).toContain("doesn’t offer this type");
  await subnets.selectOption(textOf("f"));
  await page.getByRole("button", { name: "Start the move" }).click();
  await expect(page.getByText(`${region}f does not offer m7i.large`).first()).toBeVisible();
  await subnets.selectOption(textOf("c"));
  await page.getByRole("button", { name: "Start the move" }).click();
  await take(page, "Create the AMI");

  // What has begun is there when somebody comes back, and is not begun twice.
  await open(page, urls.move(account.target, { region, instanceId }), `Move ${instanceId}`);
  await expect(page.getByRole("button", { name: "Create the AMI" })).toBeHidden();
  await take(page, "Launch the instance");
  await page.reload();
  await take(page, "Stop the old instance");
  await expect(page.getByRole("button", { name: "Move it again" })).toBeVisible();

  const [old, made, ...others] = (await instancesOf(account)).toSorted((a) =>
    a.InstanceId === instanceId ? -1 : 1,
  );
  expect(others).toEqual([]);
  expect(old?.State?.Name).toMatch(/^stopp(ing|ed)$/);
  expect(made).toMatchObject({
    State: { Name: "running" },
    InstanceType: "m7i.large",
    Placement: { AvailabilityZone: `${region}c` },
    Tags: [
      { Key: "Name", Value: "reports" },
      { Key: "team", Value: "finance" },
    ],
  });
});
