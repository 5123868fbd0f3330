import type { KeyMetadata } from "@aws-sdk/client-kms";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";
import type { Tags } from "../../engine/tags";

export type KeyRow = KeyMetadata & { KeyId: string; Arn: string; tags: Tags };

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
  /** The key behind an id, a key ARN, `alias/x` or an alias ARN of this account and Region. */
  resolve(reference: string): KeyRow | undefined;
}

export function openKmsStore(scope: Scope): KmsStore {
  const keys = scope.table<KeyRow>("kms.keys", (row) => row.KeyId);
  const aliases = scope.table<AliasRow>("kms.aliases", (row) => row.name);
  return {
    account: scope.account,
    region: scope.region,
    partition: scope.partition,
    keys,
    aliases,
    resolve(reference) {
      const name = reference.startsWith("arn:") ? reference.split(":").slice(5).join(":") : reference;
      if (name.startsWith("alias/")) return keys.get(aliases.get(name)?.keyId ?? "");
      return keys.get(name.replace(/^key\//, ""));
    },
  };
}
