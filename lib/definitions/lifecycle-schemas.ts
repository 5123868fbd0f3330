import { z } from "zod";
import {
  accountIdField,
  descriptionField,
  resourceNameField,
  roleField,
  selectedVersionField,
  tagMapField,
  textField,
  wholeNumberField,
} from "./field-schemas";

const LIFECYCLE_UNITS = ["DAYS", "WEEKS", "MONTHS", "YEARS"] as const;
const unitField = z.enum(LIFECYCLE_UNITS, "Choose days, weeks, months, or years.");

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_LifecyclePolicyDetail.html */
const lifecycleRuleSchema = z
  .object({
    action: z.object({
      type: z.enum(["DELETE", "DEPRECATE", "DISABLE"], "Choose what happens."),
      includeResources: z
        .object({
          amis: z.boolean().optional(),
          snapshots: z.boolean().optional(),
          containers: z.boolean().optional(),
        })
        .optional(),
    }),
    filter: z.object({
      type: z.enum(["AGE", "COUNT"], "Choose age or count."),
      value: wholeNumberField("The value", 1, 1000),
      unit: unitField.optional(),
      retainAtLeast: wholeNumberField("Images kept regardless of age", 1, 10).optional(),
    }),
    exclusionRules: z
      .object({
        tagMap: tagMapField("Excluded image tags").optional(),
        amis: z
          .object({
            isPublic: z.boolean().optional(),
            regions: z.array(textField("The Region")).optional(),
            sharedAccounts: z
              .array(accountIdField)
              .min(1, "Add at least one account, or leave the list empty.")
              .optional(),
            lastLaunched: z
              .object({ value: wholeNumberField("The time since the last launch", 1, 365), unit: unitField })
              .optional(),
            tagMap: tagMapField("Excluded AMI tags").optional(),
          })
          .optional(),
      })
      .optional(),
  })
  .superRefine(({ action, filter }, context) => {
    if (filter.type === "COUNT" && action.type !== "DELETE")
      context.addIssue({
        code: "custom",
        path: ["filter", "type"],
        message: "Only delete rules can use a count.",
      });
    const { amis, snapshots, containers } = action.includeResources ?? {};
    if ((snapshots || containers) && action.type !== "DELETE")
      context.addIssue({
        code: "custom",
        path: ["action", "includeResources", snapshots ? "snapshots" : "containers"],
        message: "Only delete rules can include these.",
      });
    if (snapshots && !amis)
      context.addIssue({
        code: "custom",
        path: ["action", "includeResources", "snapshots"],
        message: "Snapshots can only be deleted with their AMIs.",
      });
    if (filter.type === "AGE" && filter.unit === undefined)
      context.addIssue({ code: "custom", path: ["filter", "unit"], message: "Choose a unit for the age." });
    if (filter.type === "COUNT" && (filter.unit !== undefined || filter.retainAtLeast !== undefined))
      context.addIssue({
        code: "custom",
        path: ["filter", filter.unit === undefined ? "retainAtLeast" : "unit"],
        message: "A count can't have a unit or a number to retain.",
      });
  });

const lifecyclePolicyFields = z.object({
  name: resourceNameField,
  description: descriptionField.optional(),
  status: z.enum(["ENABLED", "DISABLED"], "Choose enabled or disabled.").optional(),
  executionRole: roleField.refine(
    (role) => !/(^|\/)AWSServiceRoleFor/.test(role),
    "A service-linked role can't run a lifecycle policy. Choose a role of your own.",
  ),
  resourceType: z.enum(["AMI_IMAGE", "CONTAINER_IMAGE"], "Choose AMIs or container images."),
  policyDetails: z
    .array(lifecycleRuleSchema, "Add at least one rule.")
    .min(1, "Add at least one rule.")
    .max(3, "A policy can have up to 3 rules, one per action.")
    .superRefine((rules, context) => {
      rules.forEach(({ action }, index) => {
        if (rules.findIndex((other) => other.action.type === action.type) < index)
          context.addIssue({
            code: "custom",
            path: [index, "action", "type"],
            message: "Use one rule per action.",
          });
      });
    }),
  resourceSelection: z
    .object({
      recipes: z
        .array(
          z.object({
            name: z.string("Choose a recipe.").pipe(resourceNameField),
            semanticVersion: selectedVersionField,
          }),
        )
        .min(1, "Choose at least one recipe.")
        .max(50, "At most 50 recipes.")
        .optional(),
      tagMap: tagMapField("Image tags").optional(),
    })
    .refine(({ recipes, tagMap }) => (recipes === undefined) !== (tagMap === undefined), {
      path: ["recipes"],
      message: "Choose images by recipes or by tags, not both.",
    })
    .prefault({}),
  tags: tagMapField("Tags").optional(),
});

/** What a preview needs of a policy: which images, and what becomes of them. */
export const lifecycleScopeSchema = lifecyclePolicyFields.pick({
  resourceType: true,
  policyDetails: true,
  resourceSelection: true,
});

/** CreateLifecyclePolicy: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateLifecyclePolicy.html */
export const lifecyclePolicySchema = lifecyclePolicyFields.superRefine(
  ({ resourceType, policyDetails }, context) => {
    policyDetails.forEach(({ action }, index) => {
      if (resourceType === "CONTAINER_IMAGE" && action.type !== "DELETE")
        context.addIssue({
          code: "custom",
          path: ["policyDetails", index, "action", "type"],
          message: "Rules for container images can only delete.",
        });
    });
  },
);

export type LifecyclePolicyInput = z.infer<typeof lifecyclePolicySchema>;
export type LifecycleRuleInput = z.infer<typeof lifecycleRuleSchema>;
