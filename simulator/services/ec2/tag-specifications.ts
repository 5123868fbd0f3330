import type { Tag, TagSpecification } from "@aws-sdk/client-ec2";

/** The tags of a request that are meant for one kind of resource. */
export function tagsFor(type: string, specifications: TagSpecification[] | undefined): Tag[] {
  return (specifications ?? [])
    .filter(({ ResourceType }) => ResourceType === type)
    .flatMap(({ Tags }) => Tags ?? []);
}
