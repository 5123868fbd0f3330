export type Tags = Record<string, string>;

/** The tags a resource has after `added` is laid over them. */
export function withTags(tags: Tags | undefined, added: Tags | undefined): Tags {
  return { ...tags, ...added };
}

/** The tags without `keys`; keys that are not there are no error, as in AWS. */
export function withoutTags(tags: Tags | undefined, keys: readonly string[]): Tags {
  return Object.fromEntries(Object.entries(tags ?? {}).filter(([key]) => !keys.includes(key)));
}

/** `[{Key, Value}]`, the form in which EC2, IAM, SSM and others carry tags. */
export function tagList(tags: Tags | undefined): { Key: string; Value: string }[] {
  return Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
}

export function tagsFromList(
  list: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Tags {
  return Object.fromEntries(
    (list ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? ""]])),
  );
}
