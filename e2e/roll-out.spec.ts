import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AutoScalingGroup,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  type InstanceRefresh,
} from "@aws-sdk/client-auto-scaling";
import type { Page } from "@playwright/test";
import { urls } from "@/lib/core/urls";
import { createSampleGroup, type SampleGroup } from "@/lib/testing/sample-group";
import { type Account, connectAccount } from "./support/account";
import { awsCli, hasAwsCli } from "./support/aws-cli";
import { arriveAt, expect, open, test } from "./support/console";
import { accountPool, consolePort, region, serverEnvironment, simulatorPort } from "./support/server";
import { startServer } from "./support/server-process";
import { setTrouble } from "./support/trouble";

const connection = ({ accountId }: Account, port = simulatorPort) => ({
  endpoint: `http://127.0.0.1:${port}`,
  accountId,
  region,
});

/** What AWS says of the group, by the CLI where there is one. */
async function readBack(account: Account, { name, scaling }: SampleGroup) {
  const ofGroup = { AutoScalingGroupName: name };
  const byName = { AutoScalingGroupNames: [name] };
  const [groups, refreshes] = hasAwsCli()
    ? await Promise.all([
        awsCli(account, "autoscaling", "describe-auto-scaling-groups", byName),
        awsCli(account, "autoscaling", "describe-instance-refreshes", ofGroup),
      ])
    : await Promise.all([
        scaling.send(new DescribeAutoScalingGroupsCommand(byName)),
        scaling.send(new DescribeInstanceRefreshesCommand(ofGroup)),
      ]);
  const [group] = groups.AutoScalingGroups as AutoScalingGroup[];
  return {
    follows: group?.LaunchTemplate?.Version,
    runs: group?.Instances?.map(({ LaunchTemplate }) => LaunchTemplate?.Version).join(" "),
    refreshes: (refreshes.InstanceRefreshes as InstanceRefresh[]).map(({ Status }) => Status),
  };
}

const status = (page: Page) => page.getByRole("status", { name: "Roll-out status" });
const preferences = (page: Page) => ({
  checkpoints: page.getByLabel("Checkpoints"),
  delay: page.getByLabel("Wait at each checkpoint"),
  alarms: page.getByLabel("CloudWatch alarms"),
  autoRollback: page.getByLabel("Roll back automatically"),
});

/** From the fleet to the preview of a group. */
async function preview(page: Page, target: string, name = "web", origin = "") {
  await open(page, `${origin}${urls.fleet(target)}`, "Fleet");
  await page.getByRole("link", { name: `Roll out to ${name}` }).click();
  await arriveAt(page, `Roll out to ${name}`);
}

async function start(page: Page) {
  await page.getByRole("button", { name: /^Replace \d+ of \d+ instances$/ }).click();
  await page.waitForURL(/\/roll-outs\/[0-9a-f-]{36}$/);
  await arriveAt(page, "web");
}

/** A step that asks first. */
async function take(page: Page, step: string) {
  await page.getByRole("button", { name: step }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: step }).click();
}

test("a group is refreshed by two checkpoints to the end, and returns to the version before", async ({
  page,
  account,
}) => {
  const group = await createSampleGroup(connection(account));
  await preview(page, account.target);
  const { checkpoints, delay } = preferences(page);
  await checkpoints.fill("25, 50, 100");
  await delay.fill("1800");
  await expect(page.getByText("1 (checkpoint 25%), 1 (checkpoint 50%), 1, 1")).toBeVisible();
  await start(page);
  await expect(status(page)).toHaveText(/Checkpoint 25%/);
  await expect(page.getByRole("region", { name: "Checkpoint" })).toContainText("Continue with the last 3?");
  await expect(status(page)).toHaveText(/Checkpoint 50%/);
  await expect(status(page)).toHaveText(/Succeeded/, { timeout: 30_000 });
  expect(await readBack(account, group)).toEqual({
    follows: "2",
    runs: "2 2 2 2",
    refreshes: ["Successful"],
  });

  await take(page, "Return to the version before");
  await expect(page.getByText("Returns from an earlier roll-out.")).toBeVisible();
  await expect(status(page)).toHaveText(/Succeeded/, { timeout: 30_000 });
  expect(await readBack(account, group)).toEqual({
    follows: "1",
    runs: "1 1 1 1",
    refreshes: ["Successful", "Successful"],
  });
});

test("an alarm rolls a group back", async ({ page, account }) => {
  const group = await createSampleGroup(connection(account));
  await preview(page, account.target);
  const { alarms, autoRollback } = preferences(page);
  await alarms.fill("web-5xx-rate");
  await autoRollback.check();
  await start(page);
  await expect(status(page)).toHaveText(/In progress/);
  await setTrouble(account, { alarms: ["web-5xx-rate"] });
  await expect(status(page)).toHaveText(/Rolled back/, { timeout: 30_000 });
  await expect(page.getByText(/Roll-back .*web-5xx-rate/).first()).toBeVisible();
  expect(await readBack(account, group)).toEqual({
    follows: "1",
    runs: "1 1 1 1",
    refreshes: ["RollbackSuccessful"],
  });
});

test("a roll-out is stopped at a checkpoint, and continued with the rest", async ({ page, account }) => {
  const group = await createSampleGroup(connection(account));
  await preview(page, account.target);
  await preferences(page).checkpoints.fill("50, 100");
  await start(page);
  await expect(status(page)).toHaveText(/Checkpoint 50%/);
  await take(page, "Stop here");
  await expect(status(page)).toHaveText(/Canceled/);
  await expect(page.getByText("What was replaced stays.", { exact: false })).toBeVisible();
  expect(await readBack(account, group)).toMatchObject({ follows: "1", refreshes: ["Cancelled"] });

  await take(page, "Continue with the rest");
  await expect(page.getByText("Continues an earlier roll-out.")).toBeVisible();
  await expect(status(page)).toHaveText(/Succeeded/, { timeout: 30_000 });
  expect(await readBack(account, group)).toEqual({
    follows: "2",
    runs: "2 2 2 2",
    refreshes: ["Successful", "Cancelled"],
  });
  await open(page, urls.rollOuts(account.target), "Roll-outs");
  await expect(page.getByRole("link", { name: "web", exact: true })).toHaveCount(2);
});

test("a group that follows $Default is set to its number, and rolled back", async ({ page, account }) => {
  const group = await createSampleGroup(connection(account), { version: "$Default" });
  await preview(page, account.target);
  await expect(page.getByText("✓ Roll-back possible")).toBeVisible();
  await page.getByLabel("Set the group to version 1 first").uncheck();
  await expect(
    page.getByText("The group follows $Default: AWS rolls back only to a numbered version."),
  ).toBeVisible();
  await page.getByLabel("Set the group to version 1 first").check();
  await start(page);
  await expect(status(page)).toHaveText(/In progress/);
  await take(page, "Roll back");
  await expect(status(page)).toHaveText(/Rolled back/, { timeout: 30_000 });
  expect(await readBack(account, group)).toEqual({
    follows: "1",
    runs: "1 1 1 1",
    refreshes: ["RollbackSuccessful"],
  });
});

test("a refresh continues while the console is killed, and is found by its roll-out after a new start", async ({
  page,
}) => {
  const place = { port: consolePort + 4, simulatorPort: simulatorPort + 4 };
  const targets = accountPool.slice(-1);
  const [{ target, accountId }] = targets as [(typeof accountPool)[number]];
  const account = connectAccount(target, accountId, place.simulatorPort);
  const environment = serverEnvironment({
    ...place,
    data: mkdtempSync(join(tmpdir(), "goldsmith-roll-out-")),
    targets: [{ id: target, label: "Team", accountId, region }],
  });
  const killed = await startServer(environment);
  const group = await createSampleGroup(connection(account, place.simulatorPort));
  await preview(page, target, "web", `http://127.0.0.1:${place.port}`);
  await start(page);
  await expect(status(page)).toHaveText(/In progress|Pending/);
  await killed.kill("SIGKILL");

  const server = await startServer(environment);
  await page.reload();
  await expect(status(page)).toHaveText(/Succeeded/, { timeout: 30_000 });
  const { AutoScalingGroups } = await group.scaling.send(
    new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: ["web"] }),
  );
  expect(AutoScalingGroups?.[0]?.LaunchTemplate?.Version).toBe("2");
  await server.kill("SIGTERM");
});
