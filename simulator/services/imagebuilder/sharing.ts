import type { ImageBuilderStore } from "./store";

/** What is shared with other accounts cannot be deleted; a policy without a statement shares nothing. */
export function isShared(store: ImageBuilderStore, arn: string): boolean {
  const { Statement = [] } = JSON.parse(store.policies.get(arn)?.policy ?? "{}");
  return [Statement].flat().length > 0;
}
