import {
  CopyImageCommand,
  DescribeImagesCommand,
  DisableEbsEncryptionByDefaultCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  ModifyEbsDefaultKmsKeyIdCommand,
  ResetEbsDefaultKmsKeyIdCommand,
} from "@aws-sdk/client-ec2";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSimulator } from "../../index";

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let ec2: EC2Client;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "empty" });
  ec2 = new EC2Client({
    endpoint: simulator.url,
    region: "us-east-1",
    credentials: { accessKeyId: "222222222222", secretAccessKey: "any" },
  });
});
afterAll(async () => {
  ec2.destroy();
  await simulator.close();
});

const copiedVolumes = async (asked: { Encrypted?: boolean; KmsKeyId?: string } = {}) => {
  const { Images = [] } = await ec2.send(new DescribeImagesCommand({ Owners: ["amazon"] }));
  const SourceImageId = Images[0]?.ImageId;
  const { ImageId = "" } = await ec2.send(
    new CopyImageCommand({
      SourceImageId,
      SourceRegion: "us-east-1",
      Name: `copy ${JSON.stringify(asked)}`,
      ...asked,
    }),
  );
  const copy = await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }));
  return copy.Images?.[0]?.BlockDeviceMappings?.map(({ Ebs }) => [Ebs?.Encrypted, Ebs?.KmsKeyId])[0];
};

describe("EBS encryption by default", () => {
  it("is off, with AWS's own key, until somebody turns it on", async () => {
    expect((await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(false);
    expect((await ec2.send(new GetEbsDefaultKmsKeyIdCommand({}))).KmsKeyId).toBe("alias/aws/ebs");
    expect(await copiedVolumes()).toEqual([false, undefined]);
  });

  it("encrypts copies with the default key, and one that names a key with that", async () => {
    await ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
    expect(await copiedVolumes({ Encrypted: false })).toEqual([true, "alias/aws/ebs"]);
    const { KmsKeyId } = await ec2.send(
      new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: "alias/image-builder" }),
    );
    expect(KmsKeyId).toBe("arn:aws:kms:us-east-1:222222222222:alias/image-builder");
    expect(await copiedVolumes({ Encrypted: true })).toEqual([true, KmsKeyId]);
    expect(await copiedVolumes({ KmsKeyId: "alias/other" })).toEqual([true, "alias/other"]);
    await ec2.send(new ResetEbsDefaultKmsKeyIdCommand({}));
    expect((await ec2.send(new GetEbsDefaultKmsKeyIdCommand({}))).KmsKeyId).toBe("alias/aws/ebs");
    await ec2.send(new DisableEbsEncryptionByDefaultCommand({}));
    expect((await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(false);
  });
});
