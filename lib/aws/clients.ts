import "server-only";
import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ECRClient } from "@aws-sdk/client-ecr";
import { IAMClient } from "@aws-sdk/client-iam";
import { ImagebuilderClient } from "@aws-sdk/client-imagebuilder";
import { Inspector2Client } from "@aws-sdk/client-inspector2";
import { KMSClient } from "@aws-sdk/client-kms";
import { OrganizationsClient } from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";
import type { Target } from "@/lib/core/target";
import type { MiddlewareClient } from "./middleware";
import { keepRawJson } from "./raw-json";
import { roleCredentials } from "./role-credentials";
import type { AwsOptions } from "./types";

/** The services the console calls, by the prefix of their IAM actions. */
export type AwsClients = {
  imagebuilder: ImagebuilderClient;
  logs: CloudWatchLogsClient;
  ec2: EC2Client;
  sts: STSClient;
  iam: IAMClient;
  inspector2: Inspector2Client;
  kms: KMSClient;
  sns: SNSClient;
  sqs: SQSClient;
  ssm: SSMClient;
  s3: S3Client;
  ecr: ECRClient;
  autoscaling: AutoScalingClient;
  cloudwatch: CloudWatchClient;
  organizations: OrganizationsClient;
  servicequotas: ServiceQuotasClient;
};
export type ServiceName = keyof AwsClients;

/** SDK clients of a target, calling under `sessionName` when the target has a role. */
export function createClients(aws: AwsOptions, target: Target, sessionName: string): AwsClients {
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
  const options = { ...shared, credentials };
  return {
    imagebuilder,
    logs: new CloudWatchLogsClient(options),
    ec2: new EC2Client(options),
    sts: new STSClient(options),
    iam: new IAMClient(options),
    inspector2: new Inspector2Client(options),
    kms: new KMSClient(options),
    sns: new SNSClient(options),
    sqs: new SQSClient(options),
    ssm: new SSMClient(options),
    // An endpoint of one host name cannot carry the bucket in front of it.
    s3: new S3Client({ ...options, forcePathStyle: aws.endpoint !== undefined }),
    ecr: new ECRClient(options),
    autoscaling: new AutoScalingClient(options),
    cloudwatch: new CloudWatchClient(options),
    organizations: new OrganizationsClient(options),
    servicequotas: new ServiceQuotasClient(options),
  };
}
