import { invalidValue, notFound } from "./exceptions";
import type { ImageBuilderHandlers } from "./handlers";
import { exactBuild } from "./image-builds";
import type { ImageBuilderStore } from "./store";

/** The policies by which a resource is shared with other accounts: sharing.ts reads them. */
export const policies = {
  PutComponentPolicy({ store, requestId }, { componentArn = "", policy = "" }) {
    if (!store.components.has(componentArn)) notFound(componentArn);
    putPolicy(store, componentArn, policy);
    return { requestId, componentArn };
  },
  GetComponentPolicy: ({ store, requestId }, { componentArn }) => ({
    requestId,
    policy: policyOf(store, componentArn),
  }),
  PutImageRecipePolicy({ store, requestId }, { imageRecipeArn = "", policy = "" }) {
    if (!store.imageRecipes.has(imageRecipeArn)) notFound(imageRecipeArn);
    putPolicy(store, imageRecipeArn, policy);
    return { requestId, imageRecipeArn };
  },
  GetImageRecipePolicy: ({ store, requestId }, { imageRecipeArn }) => ({
    requestId,
    policy: policyOf(store, imageRecipeArn),
  }),
  PutContainerRecipePolicy({ store, requestId }, { containerRecipeArn = "", policy = "" }) {
    if (!store.containerRecipes.has(containerRecipeArn)) notFound(containerRecipeArn);
    putPolicy(store, containerRecipeArn, policy);
    return { requestId, containerRecipeArn };
  },
  GetContainerRecipePolicy: ({ store, requestId }, { containerRecipeArn }) => ({
    requestId,
    policy: policyOf(store, containerRecipeArn),
  }),
  PutImagePolicy({ store, requestId }, { imageArn = "", policy = "" }) {
    putPolicy(store, exactBuild(store, imageArn).arn, policy);
    return { requestId, imageArn };
  },
  GetImagePolicy: ({ store, requestId }, { imageArn }) => ({ requestId, policy: policyOf(store, imageArn) }),
} satisfies Partial<ImageBuilderHandlers>;

function putPolicy(store: ImageBuilderStore, arn: string, policy: string): void {
  try {
    JSON.parse(policy);
  } catch {
    invalidValue("policy", "The policy is not valid JSON.");
  }
  store.policies.put({ arn, policy });
}

function policyOf(store: ImageBuilderStore, arn: string | undefined): string {
  return store.policies.get(arn ?? "")?.policy ?? notFound(arn);
}
