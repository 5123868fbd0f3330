import type { Tag } from "@aws-sdk/client-ec2";
import type { Table } from "../../engine/table";
import { AwsError } from "../../wire/contract";
import type { Ec2 } from "./operations";
import { refuseDryRun } from "./paging";
import type { Ec2Store } from "./store";

/** Tags of any resource, by the prefix of its id. */
export const resourceTags = {
  CreateTags({ store }, input) {
    refuseDryRun(input);
    const keys = new Set(input.Tags?.map(({ Key }) => Key));
    changeTags(store, input.Resources, (tags) => [
      ...tags.filter(({ Key }) => !keys.has(Key)),
      ...(input.Tags ?? []),
    ]);
    return {};
  },

  DeleteTags({ store }, input) {
    refuseDryRun(input);
    const isGone = (tag: Tag) =>
      (input.Tags ?? []).some(
        ({ Key, Value }) => Key === tag.Key && (Value === undefined || Value === tag.Value),
      );
    changeTags(store, input.Resources, (tags) => tags.filter((tag) => !isGone(tag)));
    return {};
  },
} satisfies Partial<Ec2>;

function changeTags(store: Ec2Store, ids: string[] | undefined, change: (tags: Tag[]) => Tag[]): void {
  const tables: Record<string, unknown> = {
    ami: store.images,
    snap: store.snapshots,
    i: store.instances,
    vpc: store.vpcs,
    subnet: store.subnets,
    sg: store.securityGroups,
    key: store.keyPairs,
    lt: store.launchTemplates,
  };
  for (const id of ids ?? []) {
    const table = tables[id.split("-")[0] ?? ""] as Table<{ Tags?: Tag[] }> | undefined;
    const row = table?.get(id);
    if (!table || !row) throw new AwsError("InvalidID", `The ID '${id}' is not valid`);
    table.update(id, { Tags: change(row.Tags ?? []) });
  }
}
