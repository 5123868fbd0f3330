import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createAwsGateway } from "@/lib/aws/gateway";
import { readConfig } from "@/lib/config/config";
import { manualClock } from "@/lib/testing/manual-clock";
import { type RunningSimulator, startSimulator } from "@/simulator/index";
import { targetWarnings, watchTargetAccounts } from "./watch-target-accounts";

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "empty" });
});
afterAll(() => simulator.close());

const target = (id: string, accountId: string, roleArn?: string) => ({
  ...{ id, label: id, accountId, region: "us-east-1" },
  ...(roleArn && { roleArn }),
});

function running(...targets: ReturnType<typeof target>[]) {
  const config = readConfig({ GOLDSMITH_TARGETS: JSON.stringify(targets) });
  const aws = createAwsGateway({
    aws: { endpoint: simulator.url, credentials: "account-id" },
    clock: manualClock(),
  });
  return { config, aws };
}

it("asks AWS for all targets at the start, and tells of those that are not confirmed", async () => {
  const process = running(
    target("good", "111111111111"),
    target("role", "222222222222", "arn:aws:iam::222222222222:role/console"),
    target("closed", "333333333333", "arn:aws:iam::333333333333:role/console-denied"),
  );
  expect(targetWarnings(process)).toHaveLength(3);
  const watch = watchTargetAccounts(process);
  await vi.waitFor(() => expect(targetWarnings(process)).toHaveLength(1));
  watch.stop();
  await vi.waitFor(() =>
    expect(targetWarnings(process)).toEqual([expect.stringMatching(/"closed".*AssumeRole/)]),
  );
});
