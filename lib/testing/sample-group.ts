import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  type CreateAutoScalingGroupCommandInput,
} from "@aws-sdk/client-auto-scaling";
import {
  CopyImageCommand,
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DescribeImagesCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";

export type SampleGroup = {
  name: string;
  amis: [old: string, fresh: string];
  scaling: AutoScalingClient;
  ec2: EC2Client;
};

/**
 * A group of some instances in an account of the simulator, on a launch template of two versions: 1, the default, names
 * an old AMI, 2 a fresh one.
 */
export async function createSampleGroup(
  connection: { endpoint: string; accountId: string; region: string },
  {
    name = "web",
    count = 4,
    version = "1",
    ...rest
  }: { name?: string; count?: number; version?: string } & Partial<CreateAutoScalingGroupCommandInput> = {},
): Promise<SampleGroup> {
  const { endpoint, accountId, region } = connection;
  const options = { endpoint, region, credentials: { accessKeyId: accountId, secretAccessKey: "any" } };
  const [scaling, ec2] = [new AutoScalingClient(options), new EC2Client(options)];
  const { Images } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const copy = async (Name: string) => {
    const source = { SourceImageId: Images?.[0]?.ImageId ?? "", SourceRegion: region };
    return (await ec2.send(new CopyImageCommand({ Name, ...source }))).ImageId ?? "";
  };
  const [old, fresh] = [await copy(`${name}-old`), await copy(`${name}-fresh`)];
  const template = { LaunchTemplateName: name };
  await ec2.send(new CreateLaunchTemplateCommand({ ...template, LaunchTemplateData: { ImageId: old } }));
  await ec2.send(
    new CreateLaunchTemplateVersionCommand({ ...template, LaunchTemplateData: { ImageId: fresh } }),
  );
  await scaling.send(
    new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      LaunchTemplate: { ...template, Version: version },
      MinSize: 0,
      MaxSize: count * 2,
      DesiredCapacity: count,
      HealthCheckGracePeriod: 600,
      ...rest,
    }),
  );
  return { name, amis: [old, fresh], scaling, ec2 };
}
