import type { Table } from "../../engine/table";
import { type Tags, withoutTags, withTags } from "../../engine/tags";
import { parseArn, type ResourceKind } from "./arns";
import { invalidRequest, notFound } from "./exceptions";
import type { ImageBuilderHandlers } from "./handlers";
import type { ImageBuilderStore } from "./store";

const TAG_LIMIT = 50;

export const tags = {
  TagResource({ store }, { resourceArn = "", tags: added = {} }) {
    changeTags(store, resourceArn, (current) => withTags(current, added));
    return {};
  },
  UntagResource({ store }, { resourceArn = "", tagKeys = [] }) {
    changeTags(store, resourceArn, (current) => withoutTags(current, tagKeys));
    return {};
  },
  ListTagsForResource({ store }, { resourceArn = "" }) {
    const row = tableOf(store, resourceArn).get(resourceArn) ?? notFound(resourceArn);
    return { tags: row.tags ?? {} };
  },
} satisfies Partial<ImageBuilderHandlers>;

interface TaggedRow {
  arn: string;
  tags?: Tags | undefined;
}

function changeTags(store: ImageBuilderStore, arn: string, change: (current: Tags) => Tags): void {
  const table = tableOf(store, arn);
  const row = table.get(arn) ?? notFound(arn);
  const changed = change(row.tags ?? {});
  if (Object.keys(changed).length > TAG_LIMIT)
    invalidRequest(`A resource can have at most ${TAG_LIMIT} tags.`);
  table.put({ ...row, tags: changed });
}

function tableOf(store: ImageBuilderStore, arn: string): Table<TaggedRow> {
  const tables: Record<ResourceKind, unknown> = {
    component: store.components,
    "container-recipe": store.containerRecipes,
    "distribution-configuration": store.distributions,
    image: store.imageBuilds,
    "image-pipeline": store.pipelines,
    "image-recipe": store.imageRecipes,
    "infrastructure-configuration": store.infrastructures,
    "lifecycle-policy": store.lifecyclePolicies,
    workflow: store.workflows,
  };
  const table = tables[parseArn(arn)?.kind ?? "image"];
  return table as Table<TaggedRow>;
}
