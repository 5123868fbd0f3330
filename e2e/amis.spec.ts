import { CopyImageCommand, DescribeImageAttributeCommand, DescribeImagesCommand } from "@aws-sdk/client-ec2";
import { CreateGrantCommand, CreateKeyCommand, KMSClient, PutKeyPolicyCommand } from "@aws-sdk/client-kms";
import type { Page } from "@playwright/test";
import { apiUrls, urls } from "@/lib/core/urls";
import type { Account } from "./support/account";
import { awsCli, hasAwsCli } from "./support/aws-cli";
import { arriveAt, expect, open, test } from "./support/console";
import { region, simulatorPort } from "./support/server";

const FRIEND = "333333333333";

/** An AMI of the account that a key of its own encrypts. */
async function encryptedAmi(account: Account) {
  const kms = new KMSClient({
    endpoint: `http://127.0.0.1:${simulatorPort}`,
    region,
    credentials: { accessKeyId: account.accountId, secretAccessKey: "any" },
  });
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.Arn ?? "";
  const { Images } = await account.ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const { ImageId = "" } = await account.ec2.send(
    new CopyImageCommand({
      Name: "golden",
      SourceImageId: Images?.[0]?.ImageId ?? "",
      SourceRegion: region,
      Encrypted: true,
      KmsKeyId: KeyId,
    }),
  );
  return { amiId: ImageId, kms, KeyId };
}

/** What AWS says of the AMI, by the CLI where there is one. */
async function readBack(account: Account, ImageId: string) {
  const attribute = { ImageId, Attribute: "launchPermission" } as const;
  const ofImage = { ImageIds: [ImageId], IncludeDisabled: true };
  const [{ LaunchPermissions }, { Images }] = hasAwsCli()
    ? ((await Promise.all([
        awsCli(account, "ec2", "describe-image-attribute", attribute),
        awsCli(account, "ec2", "describe-images", ofImage),
      ])) as { LaunchPermissions?: unknown; Images?: unknown }[] as [
        { LaunchPermissions: { UserId: string }[] },
        { Images: { State: string }[] },
      ])
    : ((await Promise.all([
        account.ec2.send(new DescribeImageAttributeCommand(attribute)),
        account.ec2.send(new DescribeImagesCommand(ofImage)),
      ])) as unknown as [{ LaunchPermissions: { UserId: string }[] }, { Images: { State: string }[] }]);
  return { shared: LaunchPermissions.map(({ UserId }) => UserId), state: Images[0]?.State };
}

const state = (page: Page) => page.getByRole("status", { name: "AMI state" });

/** A step of retiring, which asks first. */
async function take(page: Page, step: string) {
  await page.getByRole("button", { name: step, exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: step, exact: true }).click();
}

test("an AMI is refused to an account by its key, then granted; disabled, and restored with its sharing", async ({
  page,
  account,
}) => {
  const { amiId, kms, KeyId } = await encryptedAmi(account);
  await open(page, urls.amis(account.target), "AMIs");
  await page.getByRole("link", { name: "golden" }).click();
  await arriveAt(page, amiId);
  await expect(page.getByText("customer managed")).toBeVisible();

  const dialog = page.getByRole("dialog", { name: `Share ${amiId}` });
  await expect(async () => {
    await page.getByRole("button", { name: "Share", exact: true }).click();
    await expect(dialog).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await dialog.getByLabel("Account ID, organization ARN, or OU ARN").fill(FRIEND);
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(dialog.getByText(/The key policy doesn’t allow kms:DescribeKey/)).toBeVisible();
  await dialog.getByRole("button", { name: "Save sharing" }).click();
  await expect(dialog.getByRole("alert")).toContainText(`${FRIEND} could not launch it.`);
  expect((await readBack(account, amiId)).shared).toEqual([]);

  // What the page writes out is what its key's owner and the other account's administrator put in place.
  const offered = JSON.parse((await dialog.locator("pre").first().textContent()) ?? "") as object[];
  const own = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account.accountId}:root` } };
  const Statement = [{ ...own, Action: "kms:*", Resource: "*" }, ...offered];
  await kms.send(
    new PutKeyPolicyCommand({ KeyId, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }),
  );
  const command = (await dialog.locator("pre").last().textContent()) ?? "";
  const after = (flag: string) => (command.split(`--${flag} `)[1] ?? "").split(/\s*\\?\n/)[0] ?? "";
  await kms.send(
    new CreateGrantCommand({
      KeyId: after("key-id"),
      GranteePrincipal: after("grantee-principal"),
      Operations: after("operations").split(" ") as "Decrypt"[],
    }),
  );
  kms.destroy();
  await expect(async () => {
    await dialog.getByRole("button", { name: "Check the key again" }).click();
    await expect(dialog.getByRole("row").filter({ hasText: FRIEND }).getByText("Yes")).toHaveCount(2, {
      timeout: 2_000,
    });
  }).toPass();
  await dialog.getByRole("button", { name: "Save sharing" }).click();
  await expect(dialog).toBeHidden();
  expect(await readBack(account, amiId)).toEqual({ shared: [FRIEND], state: "available" });

  await take(page, "Stop launches");
  await expect(state(page)).toHaveText(/Disabled/);
  expect(await readBack(account, amiId)).toEqual({ shared: [], state: "disabled" });
  await page.getByRole("button", { name: "Restore", exact: true }).click();
  const restore = page.getByRole("alertdialog");
  await expect(restore.getByLabel(/Share again as before: 1 account/)).toBeChecked();
  await restore.getByRole("button", { name: "Restore", exact: true }).click();
  await expect(state(page)).toHaveText(/Available/);
  expect(await readBack(account, amiId)).toEqual({ shared: [FRIEND], state: "available" });

  const csv = await page.request.get(apiUrls.amisExport(account.target));
  expect(await csv.text()).toContain(`"${amiId}","golden","${region}"`);
});
