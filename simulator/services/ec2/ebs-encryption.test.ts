import {
  CopyImageCommand,
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  DisableEbsEncryptionByDefaultCommand,
  EC2Client,
  EnableEbsEncryptionByDefaultCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
  ModifyEbsDefaultKmsKeyIdCommand,
  ResetEbsDefaultKmsKeyIdCommand,
} from "@aws-sdk/client-ec2";
import { DescribeKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSimulator } from "../../index";

let simulator: Awaited<ReturnType<typeof startSimulator>>;
let ec2: EC2Client;
let kms: KMSClient;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, seed: "empty" });
  const options = {
    endpoint: simulator.url,
    region: "us-east-1",
    credentials: { accessKeyId: "222222222222", secretAccessKey: "any" },
  };
  [ec2, kms] = [new EC2Client(options), new KMSClient(options)];
});
afterAll(async () => {
  ec2.destroy();
  kms.destroy();
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
  const { Ebs } = copy.Images?.[0]?.BlockDeviceMappings?.[0] ?? {};
  const { Snapshots } = await ec2.send(
    new DescribeSnapshotsCommand({ SnapshotIds: [Ebs?.SnapshotId ?? ""] }),
  );
  return [Ebs?.Encrypted, Snapshots?.[0]?.KmsKeyId, Ebs?.KmsKeyId];
};

/** The ARN behind an alias. */
const keyOf = async (alias: string) =>
  (await kms.send(new DescribeKeyCommand({ KeyId: alias }))).KeyMetadata?.Arn;

describe("EBS encryption by default", () => {
  it("is off, with AWS's own key, until somebody turns it on", async () => {
    expect((await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(false);
    expect((await ec2.send(new GetEbsDefaultKmsKeyIdCommand({}))).KmsKeyId).toBe("alias/aws/ebs");
    expect(await copiedVolumes()).toEqual([false, undefined, undefined]);
  });

  it("encrypts copies with the default key or the one that is named, which only the snapshot says", async () => {
    await ec2.send(new EnableEbsEncryptionByDefaultCommand({}));
    expect(await copiedVolumes({ Encrypted: false })).toEqual([
      true,
      await keyOf("alias/aws/ebs"),
      undefined,
    ]);
    const { KmsKeyId } = await ec2.send(
      new ModifyEbsDefaultKmsKeyIdCommand({ KmsKeyId: "alias/image-builder" }),
    );
    expect(KmsKeyId).toBe("arn:aws:kms:us-east-1:222222222222:alias/image-builder");
    expect(await copiedVolumes({ Encrypted: true })).toEqual([
      true,
      await keyOf("alias/image-builder"),
      undefined,
    ]);
    expect(await copiedVolumes({ KmsKeyId: "alias/other" })).toEqual([true, "alias/other", undefined]);
    await ec2.send(new ResetEbsDefaultKmsKeyIdCommand({}));
    expect((await ec2.send(new GetEbsDefaultKmsKeyIdCommand({}))).KmsKeyId).toBe("alias/aws/ebs");
    await ec2.send(new DisableEbsEncryptionByDefaultCommand({}));
    expect((await ec2.send(new GetEbsEncryptionByDefaultCommand({}))).EbsEncryptionByDefault).toBe(false);
  });
});
