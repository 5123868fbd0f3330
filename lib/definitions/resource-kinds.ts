import { RESOURCE_OWNERS, type ResourceKind, type ResourceOwner } from "@/lib/core/resource-names";

type KindFacts = {
  /** AWS's words, as in "this component" and "no components". */
  one: string;
  many: string;
  /** Versions cannot be changed: another version is made in their place. */
  versioned: boolean;
  /** Owners other than the account itself that AWS lists; none when AWS lists the account's own only. */
  owners: readonly ResourceOwner[];
};

const ALL_OWNERS = RESOURCE_OWNERS;
const SHAREABLE = ["Self", "Shared"] as const;

export const KIND_FACTS: Record<ResourceKind, KindFacts> = {
  component: { one: "component", many: "components", versioned: true, owners: ALL_OWNERS },
  "image-recipe": { one: "image recipe", many: "image recipes", versioned: true, owners: SHAREABLE },
  "container-recipe": {
    one: "container recipe",
    many: "container recipes",
    versioned: true,
    owners: SHAREABLE,
  },
  "infrastructure-configuration": {
    one: "infrastructure configuration",
    many: "infrastructure configurations",
    versioned: false,
    owners: [],
  },
  "distribution-configuration": {
    one: "distribution configuration",
    many: "distribution configurations",
    versioned: false,
    owners: [],
  },
  workflow: { one: "workflow", many: "workflows", versioned: true, owners: ["Self", "Shared", "Amazon"] },
  "lifecycle-policy": { one: "lifecycle policy", many: "lifecycle policies", versioned: false, owners: [] },
  "image-pipeline": { one: "pipeline", many: "pipelines", versioned: false, owners: [] },
};
