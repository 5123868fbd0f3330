import "server-only";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { STSClient } from "@aws-sdk/client-sts";
import type { Config } from "@/lib/config";
import type { MiddlewareClient } from "./middleware";
import { keepRawJson } from "./raw-json";
import { roleCredentials } from "./role-credentials";
import type { Target } from "./types";

/** The services the console calls, by the prefix of their IAM actions. */
export type AwsClients = {
  imagebuilder: ImagebuilderClient;
  logs: CloudWatchLogsClient;
  ec2: EC2Client;
  sts: STSClient;
};
export type ServiceName = keyof AwsClients;

/** SDK clients of a target, calling under `sessionName` when the target has a role. */
export function createClients(aws: Config["aws"], target: Target, sessionName: string): AwsClients {
  const shared = {
    region: target.region,
    endpoint: aws.endpoint,
    // Trying again is decided in one place, with the budget in hand: `patient-send.ts`.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  };
  const ownCredentials =
    aws.credentials === "account-id" ? { accessKeyId: target.accountId, secretAccessKey: "any" } : undefined;
  const base = { ...shared, credentials: ownCredentials };
  const credentials = target.roleArn
    ? roleCredentials(new STSClient({ ...base, maxAttempts: 3 }), target, sessionName)
    : ownCredentials;

  const imagebuilder = new ImagebuilderClient({ ...shared, credentials });
  keepRawJson(imagebuilder as unknown as MiddlewareClient);
  return {
    imagebuilder,
    logs: new CloudWatchLogsClient({ ...shared, credentials }),
    ec2: new EC2Client({ ...shared, credentials }),
    sts: new STSClient({ ...shared, credentials }),
  };
}
