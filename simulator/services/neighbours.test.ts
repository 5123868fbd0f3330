import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  DescribeInstanceRefreshesCommand,
  StartInstanceRefreshCommand,
} from "@aws-sdk/client-auto-scaling";
import { CreateLaunchTemplateCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  CreateRepositoryCommand,
  DescribeImagesCommand as DescribeContainerImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
} from "@aws-sdk/client-ecr";
import {
  GetInstanceProfileCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { DescribeKeyCommand, KMSClient, ListAliasesCommand } from "@aws-sdk/client-kms";
import { ListAccountsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { ListServiceQuotasCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import {
  GetParameterCommand,
  GetParametersByPathCommand,
  PutParameterCommand,
  SSMClient,
} from "@aws-sdk/client-ssm";
import { beforeEach, expect, test } from "vitest";
import { clientConfig, createSimulator, manualClock } from "../testing";

const START = Date.UTC(2026, 10, 20);
const clock = manualClock(START);
let config: ReturnType<typeof clientConfig>;

beforeEach(() => {
  clock.set(START);
  config = clientConfig(createSimulator({ clock, seed: "empty", speed: 1 }));
});

test("an account starts with the instance profile, its policies and the service-linked role", async () => {
  const iam = new IAMClient(config);
  const InstanceProfileName = "EC2InstanceProfileForImageBuilder";
  const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName }));
  const RoleName = InstanceProfile?.Roles?.[0]?.RoleName;
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  expect(AttachedPolicies?.map((policy) => policy.PolicyName)).toContain("AmazonSSMManagedInstanceCore");
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: "AWSServiceRoleForImageBuilder" }));
  expect(Role?.Arn).toContain(":role/aws-service-role/imagebuilder.amazonaws.com/");
  await expect(iam.send(new GetRoleCommand({ RoleName: "nobody" }))).rejects.toMatchObject({
    name: "NoSuchEntityException",
    $metadata: { httpStatusCode: 404 },
  });
});

test("parameters get versions, and public ones hold the newest AMI of a base image", async () => {
  const ssm = new SSMClient(config);
  const Name = "/golden/web";
  await ssm.send(new PutParameterCommand({ Name, Value: "ami-1", Type: "String" }));
  await expect(ssm.send(new PutParameterCommand({ Name, Value: "ami-2" }))).rejects.toMatchObject({
    name: "ParameterAlreadyExists",
  });
  await ssm.send(new PutParameterCommand({ Name, Value: "ami-2", Overwrite: true }));
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name }));
  expect(Parameter).toMatchObject({ Value: "ami-2", Version: 2 });
  const Path = "/aws/service/ami-amazon-linux-latest";
  const { Parameters } = await ssm.send(new GetParametersByPathCommand({ Path }));
  expect(Parameters?.every((row) => row.Value?.startsWith("ami-"))).toBe(true);
});

test("a topic delivers to a queue, and a received message stays hidden until its time is up", async () => {
  const sns = new SNSClient(config);
  const sqs = new SQSClient(config);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "builds" }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "inbox" }));
  const attributes = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }),
  );
  await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: attributes.Attributes?.QueueArn }),
  );
  await sns.send(new PublishCommand({ TopicArn, Message: "<&> done" }));
  const receive = async () => (await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0];
  const message = await receive();
  expect(JSON.parse(message?.Body ?? "{}")).toMatchObject({ Type: "Notification", Message: "<&> done" });
  expect(await receive()).toBeUndefined();
  clock.advance(30_000);
  const again = await receive();
  expect(again?.MessageId).toBe(message?.MessageId);
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
  clock.advance(30_000);
  expect(await receive()).toBeUndefined();
  await expect(sqs.send(new GetQueueUrlCommand({ QueueName: "none" }))).rejects.toMatchObject({
    name: "QueueDoesNotExist",
  });
});

test("objects are put, listed by folder and read back byte for byte", async () => {
  const s3 = new S3Client(config);
  const Bucket = "build-logs";
  await s3.send(new CreateBucketCommand({ Bucket }));
  const Key = "web/1.0.0/1/Apply Build/console.log";
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: "line 1\nline 2", Metadata: { step: "apply" } }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "top.txt", Body: new Uint8Array([0, 255, 128]) }));
  const listed = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: "/" }));
  expect(listed.Contents?.map((row) => row.Key)).toEqual(["top.txt"]);
  expect(listed.CommonPrefixes).toEqual([{ Prefix: "web/" }]);
  const read = await s3.send(new GetObjectCommand({ Bucket, Key }));
  expect(await read.Body?.transformToString()).toBe("line 1\nline 2");
  expect(read.Metadata).toEqual({ step: "apply" });
  const part = await s3.send(new GetObjectCommand({ Bucket, Key: "top.txt", Range: "bytes=1-" }));
  expect([...((await part.Body?.transformToByteArray()) ?? [])]).toEqual([255, 128]);
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: "gone" }))).rejects.toMatchObject({
    name: "NoSuchKey",
  });
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: "gone" }))).rejects.toMatchObject({
    name: "NotFound",
  });
});

test("repositories are made and described, and one that is not there is said to be missing", async () => {
  const ecr = new ECRClient(config);
  const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName: "platform/base" }));
  expect(repository?.repositoryUri).toBe("222222222222.dkr.ecr.us-east-1.amazonaws.com/platform/base");
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
  expect(repositories?.[0]?.createdAt).toEqual(new Date(START));
  const images = await ecr.send(new DescribeContainerImagesCommand({ repositoryName: "platform/base" }));
  expect(images.imageDetails).toEqual([]);
  const missing = new DescribeRepositoriesCommand({ repositoryNames: ["none"] });
  await expect(ecr.send(missing)).rejects.toMatchObject({ name: "RepositoryNotFoundException" });
});

test("an instance refresh goes on with the clock until it succeeds", async () => {
  const scaling = new AutoScalingClient(config);
  const LaunchTemplateName = "nodes";
  await new EC2Client(config).send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName,
      LaunchTemplateData: { InstanceType: "m7i.large" },
    }),
  );
  const AutoScalingGroupName = "web";
  const size = { MinSize: 2, MaxSize: 4 };
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName,
      LaunchTemplate: { LaunchTemplateName },
      ...size,
    }),
  );
  const { AutoScalingGroups } = await scaling.send(new DescribeAutoScalingGroupsCommand({}));
  expect(AutoScalingGroups?.[0]?.Instances).toHaveLength(2);
  await scaling.send(new StartInstanceRefreshCommand({ AutoScalingGroupName }));
  const refresh = async () =>
    (await scaling.send(new DescribeInstanceRefreshesCommand({ AutoScalingGroupName })))
      .InstanceRefreshes?.[0];
  clock.advance(90_000);
  expect(await refresh()).toMatchObject({ Status: "InProgress", PercentageComplete: 50 });
  clock.advance(60_000);
  expect(await refresh()).toMatchObject({ Status: "Successful", PercentageComplete: 100 });
});

test("keys, accounts and quotas are there to be chosen from", async () => {
  const kms = new KMSClient(config);
  const { Aliases } = await kms.send(new ListAliasesCommand({}));
  expect(Aliases?.map((row) => row.AliasName)).toContain("alias/aws/ebs");
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/image-builder" }));
  expect(KeyMetadata?.Enabled).toBe(true);
  const { Accounts } = await new OrganizationsClient(config).send(new ListAccountsCommand({}));
  expect(Accounts?.map((row) => row.Name)).toEqual([
    "Management",
    "Shared services",
    "Staging",
    "Production",
  ]);
  const { Quotas } = await new ServiceQuotasClient(config).send(
    new ListServiceQuotasCommand({ ServiceCode: "imagebuilder" }),
  );
  // https://docs.aws.amazon.com/general/latest/gr/imagebuilder.html
  expect(Quotas).toHaveLength(23);
  expect(
    Quotas?.every(({ Adjustable, QuotaCode }) => Adjustable && /^L-[0-9A-F]{8}$/.test(QuotaCode ?? "")),
  ).toBe(true);
  expect(Object.fromEntries(Quotas?.map((row) => [row.QuotaName, row.Value]) ?? [])).toMatchObject({
    "Component size": 64,
    "Components per image recipe": 20,
    "Image pipelines": 75,
    "Image workflows per image": 10,
    "Lifecycle policies": 50,
    "SSM Parameters updated per distribution configuration Region": 10,
    "Steps per image workflow": 15,
  });
});
