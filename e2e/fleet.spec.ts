import { AutoScalingClient, CreateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import { CopyImageCommand, CreateLaunchTemplateCommand, DescribeImagesCommand } from "@aws-sdk/client-ec2";
import type { Page } from "@playwright/test";
import { apiUrls, urls } from "@/lib/core/urls";
import { arriveAt, expect, open, test } from "./support/console";
import { region, simulatorPort } from "./support/server";
import { setTrouble } from "./support/trouble";

const groupRow = (page: Page, name: string) =>
  page.getByRole("row").filter({ has: page.getByText(name, { exact: true }) });

test("a group that would start an older image says by how much, and leads to that image", async ({
  page,
}) => {
  await open(page, urls.fleet("demo"), "Fleet");
  const search = groupRow(page, "search");
  await expect(search.getByText("3 builds behind")).toBeVisible({ timeout: 45_000 });
  await expect(groupRow(page, "api-ubuntu").getByText(/Mixed: 5 of 8 differ/)).toBeVisible();

  await page.getByRole("combobox", { name: "Mixed" }).selectOption("mixed");
  await expect(search).toBeHidden();
  await page.getByRole("combobox", { name: "Mixed" }).selectOption("");
  await search.getByRole("link", { name: /^Web-Base/ }).click();
  await arriveAt(page, /Web-Base/);

  const csv = await page.request.get(apiUrls.fleetExport("demo"));
  expect(await csv.text()).toMatch(/^"search","Auto Scaling group",.*"behind",3,/m);
});

test("what cannot be told has its reason, and one source that fails leaves the rest", async ({
  page,
  account,
}) => {
  const { Images } = await account.ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const { ImageId } = await account.ec2.send(
    new CopyImageCommand({
      Name: "by-hand",
      SourceImageId: Images?.[0]?.ImageId ?? "",
      SourceRegion: region,
    }),
  );
  const LaunchTemplate = { LaunchTemplateName: "by-hand" };
  await account.ec2.send(
    new CreateLaunchTemplateCommand({ ...LaunchTemplate, LaunchTemplateData: { ImageId } }),
  );
  const scaling = new AutoScalingClient({
    endpoint: `http://127.0.0.1:${simulatorPort}`,
    region,
    credentials: { accessKeyId: account.accountId, secretAccessKey: "any" },
  });
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: "by-hand",
      LaunchTemplate,
      MinSize: 2,
      MaxSize: 2,
    }),
  );
  scaling.destroy();
  await setTrouble(account, { errors: { "ec2:DescribeInstanceImageMetadata": "UnauthorizedOperation" } });

  await open(page, urls.fleet(account.target), "Fleet");
  const row = groupRow(page, "by-hand");
  await expect(row.getByText("Can’t tell").first()).toBeVisible();
  await expect(row.getByText(`No build in the history made ${ImageId}.`)).toBeVisible();
  await expect(
    page.getByRole("status").getByText(/The AMIs of instances in us-east-1 could not be read/),
  ).toBeVisible();
});
