import { AwsError } from "../../wire/contract";
import type { Ec2 } from "./operations";
import { refuseDryRun } from "./paging";
import type { EbsDefaultRow, Ec2Store } from "./store";

const settingOf = (store: Ec2Store): EbsDefaultRow =>
  store.ebsDefaults.get("default") ?? { id: "default", encrypts: false };

/** The key of volumes that are encrypted without one being named. */
const defaultEbsKey = (store: Ec2Store): string => settingOf(store).kmsKeyId ?? "alias/aws/ebs";

/** Whether each new volume and each copy of a snapshot in this Region is encrypted. */
const encryptsByDefault = (store: Ec2Store): boolean => settingOf(store).encrypts;

type Encryption = { Encrypted: boolean; KmsKeyId?: string };

/** A volume or copy is encrypted when it is asked for, when its snapshot is, or when the Region does so by default. */
export function copyEncryption(
  store: Ec2Store,
  source: { Encrypted?: boolean; KmsKeyId?: string } | undefined,
  asked: { Encrypted?: boolean; KmsKeyId?: string },
): Encryption {
  const isEncrypted = asked.Encrypted || asked.KmsKeyId || source?.Encrypted || encryptsByDefault(store);
  if (!isEncrypted) return { Encrypted: false };
  return { Encrypted: true, KmsKeyId: asked.KmsKeyId ?? source?.KmsKeyId ?? defaultEbsKey(store) };
}

export const ebsEncryption = {
  GetEbsEncryptionByDefault({ store }, input) {
    refuseDryRun(input);
    return { EbsEncryptionByDefault: settingOf(store).encrypts, SseType: "sse-ebs" as const };
  },

  EnableEbsEncryptionByDefault({ store }, input) {
    refuseDryRun(input);
    store.ebsDefaults.put({ ...settingOf(store), encrypts: true });
    return { EbsEncryptionByDefault: true };
  },

  DisableEbsEncryptionByDefault({ store }, input) {
    refuseDryRun(input);
    store.ebsDefaults.put({ ...settingOf(store), encrypts: false });
    return { EbsEncryptionByDefault: false };
  },

  GetEbsDefaultKmsKeyId({ store }, input) {
    refuseDryRun(input);
    return { KmsKeyId: defaultEbsKey(store) };
  },

  ModifyEbsDefaultKmsKeyId({ store }, input) {
    refuseDryRun(input);
    if (!input.KmsKeyId)
      throw new AwsError("MissingParameter", "The request must contain the parameter KmsKeyId");
    const { KmsKeyId } = input;
    const arn = KmsKeyId.startsWith("arn:")
      ? KmsKeyId
      : `arn:${store.partition}:kms:${store.region}:${store.account}:${KmsKeyId.startsWith("alias/") ? KmsKeyId : `key/${KmsKeyId}`}`;
    store.ebsDefaults.put({ ...settingOf(store), kmsKeyId: arn });
    return { KmsKeyId: arn };
  },

  ResetEbsDefaultKmsKeyId({ store }, input) {
    refuseDryRun(input);
    store.ebsDefaults.put({ id: "default", encrypts: settingOf(store).encrypts });
    return { KmsKeyId: defaultEbsKey(store) };
  },
} satisfies Partial<Ec2>;
