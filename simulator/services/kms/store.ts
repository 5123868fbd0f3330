import type { GrantListEntry, KeyMetadata } from "@aws-sdk/client-kms";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";

export type KeyRow = KeyMetadata & {
  KeyId: string;
  Arn: string;
  tags: Tags;
  /** JSON; the default policy when there is none. */
  policy?: string;
};

type GrantRow = GrantListEntry & { GrantId: string };

interface AliasRow {
  /** With `alias/`. */
  name: string;
  keyId: string;
  createdAt: number;
}

export interface KmsStore {
  account: string;
  region: string;
  partition: string;
  keys: Table<KeyRow>;
  aliases: Table<AliasRow>;
  grants: Table<GrantRow>;
  /** The key behind an id or `alias/x` of this account and Region, or behind an ARN of any account's in this Region. */
  resolve(reference: string): KeyRow | undefined;
  /** The store that a key's ARN belongs to. */
  holding(arn: string): KmsStore;
}

export function openKmsStore(scope: Scope<{ kms: KmsStore }>): KmsStore {
  const keys = scope.table<KeyRow>("kms.keys", (row) => row.KeyId);
  const aliases = scope.table<AliasRow>("kms.aliases", (row) => row.name);
  const store: KmsStore = {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    keys,
    aliases,
    grants: scope.table<GrantRow>("kms.grants", (row) => row.GrantId),
    resolve(reference) {
      if (reference.startsWith("arn:")) {
        const name = reference.split(":").slice(5).join(":");
        return store.holding(reference) === store
          ? store.resolve(name)
          : store.holding(reference).resolve(name);
      }
      if (reference.startsWith("alias/")) return keys.get(aliases.get(reference)?.keyId ?? "");
      return keys.get(reference.replace(/^key\//, ""));
    },
    holding(arn) {
      const [, , , region = scope.region, account = scope.account] = arn.split(":");
      const isHere = account === scope.account || !/^\d{12}$/.test(account) || region !== scope.region;
      return isHere ? store : scope.at({ account }).kms;
    },
  };
  return store;
}
