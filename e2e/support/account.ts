import { createHash } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { accountPool, dataFolder, region, simulatorPort } from "./server";

/** An AWS account that one test has for itself, and the console's name for it. */
export type Account = {
  target: string;
  accountId: string;
  imagebuilder: ImagebuilderClient;
  ec2: EC2Client;
  logs: CloudWatchLogsClient;
};

/** Takes an account from the pool that no other test of this run has taken, in whichever worker. */
export function takeAccount(): Account {
  const free = accountPool.find(({ accountId }) => takeOnce("accounts-taken", accountId));
  if (!free) throw new Error("Every account of the pool is taken: raise POOL_SIZE in e2e/support/server.ts.");
  return connectAccount(free.target, free.accountId);
}

/** The same clients on any account, at another simulator where the test runs one of its own. */
export function connectAccount(target: string, accountId: string, port = simulatorPort): Account {
  const options = {
    endpoint: `http://127.0.0.1:${port}`,
    region,
    credentials: { accessKeyId: accountId, secretAccessKey: "any" },
  };
  return {
    target,
    accountId,
    imagebuilder: new ImagebuilderClient(options),
    ec2: new EC2Client(options),
    logs: new CloudWatchLogsClient(options),
  };
}

/** True for the first who takes it in this run, in whichever worker: making a folder succeeds once. */
export function takeOnce(kind: string, what: string): boolean {
  const folder = join(dataFolder, kind);
  mkdirSync(folder, { recursive: true });
  try {
    mkdirSync(join(folder, createHash("sha256").update(what).digest("hex")));
    return true;
  } catch {
    return false;
  }
}
