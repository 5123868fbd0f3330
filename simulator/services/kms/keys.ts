import type * as sdk from "@aws-sdk/client-kms";
import {
  AlreadyExistsException,
  type CustomerMasterKeySpec,
  InvalidMarkerException,
  type KeyMetadata,
  NotFoundException,
} from "@aws-sdk/client-kms";
import { stableUuid } from "../../engine/ids";
import { pageOf } from "../../engine/page";
import { tagList } from "../../engine/tags";
import type { Handlers } from "../../wire/contract";
import type { KeyRow, KmsStore } from "./store";

type Kms = Handlers<typeof sdk, KmsStore>;

export const keys = {
  CreateKey({ store, now, requestId }, input) {
    const KeyId = stableUuid(requestId);
    const row = store.keys.put({
      KeyId,
      Arn: `arn:${store.partition}:kms:${store.region}:${store.account}:key/${KeyId}`,
      AWSAccountId: store.account,
      CreationDate: new Date(now),
      Description: input.Description ?? "",
      Enabled: true,
      KeyState: "Enabled",
      KeyUsage: input.KeyUsage ?? "ENCRYPT_DECRYPT",
      KeySpec: input.KeySpec ?? "SYMMETRIC_DEFAULT",
      KeyManager: "CUSTOMER",
      Origin: "AWS_KMS",
      MultiRegion: input.MultiRegion ?? false,
      ...(input.Policy && { policy: input.Policy }),
      tags: Object.fromEntries(
        (input.Tags ?? []).map(({ TagKey = "", TagValue = "" }) => [TagKey, TagValue]),
      ),
    });
    return { KeyMetadata: described(row) };
  },

  DescribeKey({ store }, { KeyId = "" }) {
    return { KeyMetadata: described(requireKey(store, KeyId)) };
  },

  ListKeys({ store }, input) {
    const { items, ...page } = kmsPage([...store.keys.values()], input);
    return { Keys: items.map(({ KeyId, Arn }) => ({ KeyId, KeyArn: Arn })), ...page };
  },

  ListAliases({ store }, input) {
    const wanted = input.KeyId && requireKey(store, input.KeyId).KeyId;
    const { items, ...page } = kmsPage(
      store.aliases.list(({ keyId }) => !wanted || keyId === wanted),
      input,
    );
    return {
      Aliases: items.map(({ name, keyId, createdAt }) => ({
        AliasName: name,
        AliasArn: `arn:${store.partition}:kms:${store.region}:${store.account}:${name}`,
        TargetKeyId: keyId,
        CreationDate: new Date(createdAt),
        LastUpdatedDate: new Date(createdAt),
      })),
      ...page,
    };
  },

  CreateAlias({ store, now }, { AliasName: name = "", TargetKeyId = "" }) {
    if (store.aliases.has(name)) {
      throw new AlreadyExistsException({
        message: `An alias with the name ${name} already exists`,
        $metadata: {},
      });
    }
    store.aliases.put({ name, keyId: requireKey(store, TargetKeyId).KeyId, createdAt: now });
    return {};
  },

  DeleteAlias({ store }, { AliasName: name = "" }) {
    if (!store.aliases.delete(name)) throw notFound(`Alias ${name} is not found.`);
    return {};
  },

  ListResourceTags: ({ store }, { KeyId = "" }) => ({
    Tags: tagList(requireKey(store, KeyId).tags).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value })),
    Truncated: false,
  }),
} satisfies Partial<Kms>;

/** With the old name of the specification, which AWS still shows beside the new one. */
function described({ tags: _, policy: __, ...metadata }: KeyRow): KeyMetadata {
  const { KeySpec, KeyUsage } = metadata;
  return {
    ...metadata,
    CustomerMasterKeySpec: KeySpec as CustomerMasterKeySpec,
    ...(KeyUsage === "ENCRYPT_DECRYPT" &&
      KeySpec === "SYMMETRIC_DEFAULT" && { EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"] }),
  };
}

/** Throws NotFoundException. */
export function requireKey(store: KmsStore, reference: string): KeyRow {
  const key = store.resolve(reference);
  if (!key) throw notFound(`Key '${reference}' does not exist`);
  return key;
}

function notFound(message: string): NotFoundException {
  return new NotFoundException({ message, $metadata: {} });
}

/** A page of KMS, with its marker. */
export function kmsPage<Row>(
  rows: Row[],
  input: { Marker?: string | undefined; Limit?: number | undefined },
) {
  const { items, nextToken } = pageOf(
    rows,
    { nextToken: input.Marker, maxResults: input.Limit },
    {
      defaultSize: 50,
      refuse: () => {
        throw new InvalidMarkerException({ message: "The marker is not valid.", $metadata: {} });
      },
    },
  );
  return { items, Truncated: nextToken !== undefined, NextMarker: nextToken };
}
