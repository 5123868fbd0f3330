import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
} from "@aws-sdk/client-auto-scaling";
import {
  CreateLaunchTemplateCommand,
  DescribeImagesCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from "@aws-sdk/client-iam";
import { CreateAliasCommand, CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

/** Python's moto, an emulator of AWS by other people: https://docs.getmoto.org/en/latest/docs/server_mode.html */
export const hasMoto = (): boolean => spawnSync("python3", ["-c", "import moto.server"]).status === 0;

/** Starts moto on a free port of loopback. */
export async function startMoto(): Promise<{ url: URL; close(): Promise<void> }> {
  const port = await freePort();
  const moto = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const killWithWorker = () => moto.kill("SIGKILL");
  process.once("exit", killWithWorker);
  await new Promise<void>((resolve, reject) => {
    moto.once("exit", (code) => reject(new Error(`moto ended with ${code} before it served.`)));
    moto.stderr.on("data", (said) => {
      if (String(said).includes("Running on")) resolve();
    });
  });
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    close: async () => {
      process.off("exit", killWithWorker);
      const ended = once(moto, "exit");
      moto.kill("SIGTERM");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

const IMAGE_BUILDER = JSON.stringify({
  Statement: [
    { Effect: "Allow", Principal: { Service: "imagebuilder.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

/** What a team has in its account, made through the API as it would be. Returns the AMI that all of it uses. */
export async function stockAccount({ href: endpoint }: URL): Promise<string> {
  const options = {
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
  };
  const ec2 = new EC2Client(options);
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"], MaxResults: 5 }));
  const ImageId = Images[0]?.ImageId ?? "";
  await ec2.send(
    new CreateLaunchTemplateCommand({ LaunchTemplateName: "web", LaunchTemplateData: { ImageId } }),
  );
  await ec2.send(new RunInstancesCommand({ ImageId, MinCount: 1, MaxCount: 1 }));

  const scaling = new AutoScalingClient(options);
  const none = { MinSize: 0, MaxSize: 0, AvailabilityZones: ["us-east-1a"] };
  const LaunchTemplate = { LaunchTemplateName: "web", Version: "1" };
  await scaling.send(
    new CreateLaunchConfigurationCommand({
      LaunchConfigurationName: "web-2019",
      ImageId,
      InstanceType: "m5.large",
    }),
  );
  for (const how of [
    { AutoScalingGroupName: "old", LaunchConfigurationName: "web-2019" },
    { AutoScalingGroupName: "pinned", LaunchTemplate },
    {
      AutoScalingGroupName: "mixed",
      MixedInstancesPolicy: {
        LaunchTemplate: {
          LaunchTemplateSpecification: { ...LaunchTemplate, Version: "$Latest" },
          Overrides: [{ InstanceType: "m5.large" } as const],
        },
      },
    },
  ])
    await scaling.send(new CreateAutoScalingGroupCommand({ ...none, ...how }));

  const ssm = new SSMClient(options);
  const image = { Name: "/images/web", Value: ImageId, DataType: "aws:ec2:image", Type: "String" } as const;
  await ssm.send(new PutParameterCommand(image));
  const note = { Name: "/notes/web", Value: `since May: ${ImageId}, ask Ana`, Type: "String" } as const;
  await ssm.send(new PutParameterCommand(note));

  const iam = new IAMClient(options);
  await iam.send(new CreateRoleCommand({ RoleName: "lifecycle", AssumeRolePolicyDocument: IMAGE_BUILDER }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: "builders" }));
  await iam.send(
    new AddRoleToInstanceProfileCommand({ InstanceProfileName: "builders", RoleName: "lifecycle" }),
  );
  const kms = new KMSClient(options);
  const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
  await kms.send(new CreateAliasCommand({ AliasName: "alias/golden", TargetKeyId: KeyMetadata?.KeyId }));
  await new SNSClient(options).send(new CreateTopicCommand({ Name: "builds" }));
  await new S3Client({ ...options, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket: "build-logs" }),
  );
  await new ECRClient(options).send(new CreateRepositoryCommand({ repositoryName: "platform/web" }));
  return ImageId;
}
