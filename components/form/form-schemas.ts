import type { z } from "zod";
import type { ResourceKind } from "@/lib/core/resource-names";

/** Fetches the schema of a form when somebody first types: a page that is only read does without zod. */
export type LoadSchema = () => Promise<z.ZodType>;

/** What CreateX of each kind takes, as the browser checks it. `RESOURCE_SCHEMAS` is the server's own table. */
export const FORM_SCHEMAS = {
  "image-recipe": async () => (await import("@/lib/definitions/recipe-schemas")).imageRecipeSchema,
  "container-recipe": async () => (await import("@/lib/definitions/recipe-schemas")).containerRecipeSchema,
  "infrastructure-configuration": async () =>
    (await import("@/lib/definitions/infrastructure-schemas")).infrastructureSchema,
  "distribution-configuration": async () =>
    (await import("@/lib/definitions/distribution-schemas")).distributionSchema,
  "lifecycle-policy": async () => (await import("@/lib/definitions/lifecycle-schemas")).lifecyclePolicySchema,
  "image-pipeline": async () => (await import("@/lib/definitions/pipeline-schemas")).pipelineSchema,
  component: async () => (await import("@/lib/definitions/component-schemas")).buildComponentSchema,
  workflow: async () => (await import("@/lib/definitions/workflow-schemas")).buildWorkflowSchema,
} satisfies Record<ResourceKind, LoadSchema>;
