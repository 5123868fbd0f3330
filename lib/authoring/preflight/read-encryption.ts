import "server-only";
import {
  DescribeSnapshotsCommand,
  GetEbsDefaultKmsKeyIdCommand,
  GetEbsEncryptionByDefaultCommand,
} from "@aws-sdk/client-ec2";
import { DescribeKeyCommand } from "@aws-sdk/client-kms";
import type { AwsAccess } from "@/lib/aws/types";
import { parseArn } from "@/lib/core/arn";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readBaseImage } from "./check-base-image";
import { type Encryption, type EncryptionFacts, judgeEncryption } from "./judge-encryption";
import type { KeyFacts } from "./judge-sharing";
import type { PreflightParts } from "./read-subject";
import { unlessMissing } from "./unless-missing";

type KeyOwner = "own" | "aws";
type Mapping = { ebs?: { encrypted?: boolean; kmsKeyId?: string } };

/** How the AMI is encrypted in a Region whose distribution names no key: where it is built, then where it is copied to. */
export async function readEncryption(
  ctx: UseCaseContext,
  parts: PreflightParts,
  region: string,
): Promise<Encryption> {
  const [built, there] = await Promise.all([
    readFacts(ctx, parts).then(judgeEncryption),
    region === ctx.target.region ? undefined : readRegionDefault(ctx.aws.inRegion(region)),
  ]);
  if (!there || built.state === "own-key" || built.state === "default-key") return built;
  // A copy is encrypted by its Region's default, whatever the source is.
  const copied = judgeEncryption({ recipe: [], baseEncrypted: false, ...there });
  return copied.state === "no" ? built : copied;
}

async function readFacts(ctx: UseCaseContext, parts: PreflightParts): Promise<EncryptionFacts> {
  const { blockDeviceMappings = [], parentImage = "" } = parts.recipe as {
    blockDeviceMappings?: Mapping[];
    parentImage?: string;
  };
  const [recipe, base, region] = await Promise.all([
    Promise.all(blockDeviceMappings.map(({ ebs = {} }) => readVolume(ctx, ebs))),
    unlessFailed(readBaseImage(ctx, parentImage, parts.recipeKind), undefined),
    readRegionDefault(ctx.aws),
  ]);
  const volumes = base.value?.facts.volumes;
  const encrypted = volumes?.find((volume) => volume.encrypted);
  return {
    recipe,
    baseEncrypted: volumes && encrypted !== undefined,
    baseKeyOwner: encrypted && (await readSnapshotKey(ctx.aws, encrypted.snapshotId)),
    ...region,
  };
}

async function readVolume(
  ctx: UseCaseContext,
  { encrypted, kmsKeyId }: NonNullable<Mapping["ebs"]>,
): Promise<EncryptionFacts["recipe"][number]> {
  if (!kmsKeyId) return { encrypted };
  return {
    encrypted: true,
    keyOwner: (await readKeyOwner(ctx.aws, kmsKeyId, ctx.target.accountId)) ?? "unknown",
  };
}

async function readRegionDefault(
  aws: AwsAccess,
): Promise<Pick<EncryptionFacts, "regionEncrypts" | "defaultKeyOwner">> {
  const [byDefault, key] = await Promise.all([
    unlessFailed(aws.ec2.read(new GetEbsEncryptionByDefaultCommand({})), undefined),
    unlessFailed(aws.ec2.read(new GetEbsDefaultKmsKeyIdCommand({})), undefined),
  ]);
  const id = key.value?.KmsKeyId;
  return {
    regionEncrypts: byDefault.value?.EbsEncryptionByDefault,
    defaultKeyOwner: id ? await readKeyOwner(aws, id) : undefined,
  };
}

async function readSnapshotKey(
  aws: AwsAccess,
  snapshotId: string | undefined,
): Promise<KeyOwner | undefined> {
  if (!snapshotId) return undefined;
  const command = new DescribeSnapshotsCommand({ SnapshotIds: [snapshotId] });
  const { value } = await unlessFailed(unlessMissing(aws.ec2.read(command)), undefined);
  const key = value?.Snapshots?.[0]?.KmsKeyId;
  return key ? readKeyOwner(aws, key) : undefined;
}

/** Whose key it is. Undefined where KMS does not say. */
async function readKeyOwner(
  aws: AwsAccess,
  KeyId: string,
  accountId?: string,
): Promise<KeyOwner | undefined> {
  if (/(^|:)alias\/aws\//.test(KeyId)) return "aws";
  // Nobody can use the AWS managed key of another account.
  const owner = parseArn(KeyId)?.accountId;
  if (accountId && owner && owner !== accountId) return "own";
  const { value } = await unlessFailed(
    unlessMissing(aws.kms.read(new DescribeKeyCommand({ KeyId }))),
    undefined,
  );
  const manager = value?.KeyMetadata?.KeyManager;
  return manager && (manager === "AWS" ? "aws" : "own");
}

/** The key of a Region. One of another account that KMS does not show may well be there. */
export async function readKey(
  aws: AwsAccess,
  KeyId: string | undefined,
  accountId: string,
): Promise<KeyFacts | undefined> {
  if (!KeyId) return undefined;
  const owner = parseArn(KeyId)?.accountId || undefined;
  const isOfOthers = owner !== undefined && owner !== accountId;
  const reading = unlessMissing(aws.kms.read(new DescribeKeyCommand({ KeyId })));
  const { value, reason } = isOfOthers
    ? await unlessFailed(reading, undefined)
    : { value: await reading, reason: undefined };
  const key = value?.KeyMetadata;
  if (key)
    return {
      id: KeyId,
      state: key.KeyState,
      isManagedByAws: key.KeyManager && key.KeyManager === "AWS",
      arn: key.Arn,
    };
  if (isOfOthers) return { id: KeyId, hiddenIn: owner, reason };
  return { id: KeyId, isMissing: true };
}
