import * as sdk from "@aws-sdk/client-kms";
import { stableUuid } from "../../engine/ids";
import { defineService } from "../../engine/service";
import { keyAccess } from "./key-access";
import { keys } from "./keys";
import { type KmsStore, openKmsStore } from "./store";

/** A key with its alias, the same at each start. */
export function plantKey(
  store: KmsStore,
  key: { alias: string; manager: "AWS" | "CUSTOMER"; description: string; createdAt: number },
): void {
  const { alias, manager, description, createdAt } = key;
  const KeyId = stableUuid("kms", store.account, store.region, alias);
  store.keys.put({
    KeyId,
    Arn: `arn:${store.partition}:kms:${store.region}:${store.account}:key/${KeyId}`,
    AWSAccountId: store.account,
    CreationDate: new Date(createdAt),
    Description: description,
    Enabled: true,
    KeyState: "Enabled",
    KeyUsage: "ENCRYPT_DECRYPT",
    KeySpec: "SYMMETRIC_DEFAULT",
    KeyManager: manager,
    Origin: "AWS_KMS",
    MultiRegion: false,
    EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
    tags: {},
  });
  store.aliases.put({ name: alias, keyId: KeyId, createdAt });
}

function plantKeys(store: KmsStore, { seededAt: createdAt }: { seededAt: number }): void {
  plantKey(store, {
    alias: "alias/aws/ebs",
    manager: "AWS",
    description: "Default key that protects my EBS volumes when no other key is defined",
    createdAt,
  });
  plantKey(store, {
    alias: "alias/image-builder",
    manager: "CUSTOMER",
    description: "Encrypts the AMIs that Image Builder makes",
    createdAt,
  });
}

export const kms = defineService({
  signingName: "kms",
  protocol: { kind: "awsJson", version: "1.1", target: "TrentService" },
  sdk,
  openStore: openKmsStore,
  prepare: plantKeys,
  handlers: { ...keys, ...keyAccess },
  othersUnsupportedBecause:
    "a console for image builds chooses keys and reads who may use them; it encrypts nothing itself",
});
