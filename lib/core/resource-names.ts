/** What people define for their pipelines, by the kind that stands in its ARN. */
export const RESOURCE_KINDS = [
  "component",
  "image-recipe",
  "container-recipe",
  "infrastructure-configuration",
  "distribution-configuration",
  "workflow",
  "lifecycle-policy",
  "image-pipeline",
] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** Who a list is asked for: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ListComponents.html */
export const RESOURCE_OWNERS = ["Self", "Shared", "Amazon", "ThirdParty"] as const;
export type ResourceOwner = (typeof RESOURCE_OWNERS)[number];

/** Who an image is asked for, as ListImages names them. */
export const IMAGE_OWNERS = ["Self", "Shared", "Amazon", "ThirdParty"] as const;
export type ImageOwner = (typeof IMAGE_OWNERS)[number];

/** How a page addresses a resource. Without a version: the newest. */
export type ResourceKey = { kind: ResourceKind; name: string; version?: string; owner?: string };

/** Addresses one build: `/images/<name>/<version>/<build>`. `name` is the normalized one of the ARN. */
export type ImageBuildKey = { name: string; version: string; build: string };

/** Kinds with versions, which can be moved from one to another. */
export type MovableKind = Extract<
  ResourceKind,
  "component" | "workflow" | "image-recipe" | "container-recipe"
>;
