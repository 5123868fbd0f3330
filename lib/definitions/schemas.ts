import { z } from "zod";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { RESOURCE_KINDS, type ResourceKind } from "@/lib/core/resource-names";
import { buildComponentSchema } from "./component-schemas";
import { distributionSchema } from "./distribution-schemas";
import { infrastructureSchema } from "./infrastructure-schemas";
import { lifecyclePolicySchema } from "./lifecycle-schemas";
import { pipelineSchema } from "./pipeline-schemas";
import { containerRecipeSchema, imageRecipeSchema } from "./recipe-schemas";
import { buildWorkflowSchema } from "./workflow-schemas";

/** What CreateX of each kind takes, without the token. */
export const RESOURCE_SCHEMAS: Record<ResourceKind, z.ZodType> = {
  component: buildComponentSchema,
  "image-recipe": imageRecipeSchema,
  "container-recipe": containerRecipeSchema,
  "infrastructure-configuration": infrastructureSchema,
  "distribution-configuration": distributionSchema,
  workflow: buildWorkflowSchema,
  "lifecycle-policy": lifecyclePolicySchema,
  "image-pipeline": pipelineSchema,
};

export const resourceKindField = z.enum(RESOURCE_KINDS, "There is no such kind of resource.");
/** AWS takes tokens of 1 to 36 characters. */
export const clientTokenField = z.string().min(1).max(36);
export const jsonObjectField = z.record(z.string(), z.json());
export const resourceArnField = z
  .string()
  .refine((text) => parseImageBuilderArn(text) !== undefined, "Enter an Image Builder ARN.");
/** How an address names a resource; an odd version or owner is `not-found`, as an odd name is. */
export const resourceKeySchema = z.object({
  kind: resourceKindField,
  name: z.string(),
  version: z.string().optional(),
  owner: z.string().optional(),
});
/** A read of something by its name, which an address may spell in any way: what AWS does not have is `not-found`. */
export const namedSchema = z.object({ name: z.string() });
