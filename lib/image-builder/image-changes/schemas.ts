import { z } from "zod";
import { parseArn } from "@/lib/core/arn";
import {
  accountIdField,
  organizationArnField,
  organizationalUnitArnField,
  roleField,
} from "@/lib/definitions/field-schemas";
import { imageBuildKeySchema } from "../image-builds/schemas";
import type { ImageHolders } from "./types";

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_StartResourceStateUpdate.html */
export const imageStateChangeSchema = z
  .object({
    key: imageBuildKeySchema,
    state: z.enum(["AVAILABLE", "DEPRECATED", "DISABLED"]),
    amis: z.boolean(),
    executionRole: roleField.optional(),
    at: z.iso.datetime("Enter a time such as 2030-01-31T12:00:00Z.").optional(),
  })
  .refine(({ state, at }) => at === undefined || state === "DEPRECATED", {
    path: ["at"],
    message: "Only a deprecation can be set for later.",
  })
  // AWS takes includeResources and executionRole together or neither, whatever the state.
  .refine(({ amis, executionRole }) => !amis || executionRole, {
    path: ["executionRole"],
    message: "Image Builder needs an execution role to change the AMIs.",
  })
  .refine(({ amis, executionRole }) => amis || !executionRole, {
    path: ["executionRole"],
    message: "An execution role is for the AMIs only. Choose them too, or leave it empty.",
  });

export const imageDeletionSchema = z
  .object({
    key: imageBuildKeySchema,
    include: z.object({
      amis: z.boolean().optional(),
      snapshots: z.boolean().optional(),
      containers: z.boolean().optional(),
    }),
    executionRole: roleField.optional(),
  })
  .refine(({ include }) => !include.snapshots || include.amis, {
    path: ["include", "snapshots"],
    message: "Snapshots can only be deleted with their AMIs.",
  })
  .refine(({ include, executionRole }) => executionRole || !Object.values(include).some(Boolean), {
    path: ["executionRole"],
    message: "Image Builder needs an execution role to delete AMIs, snapshots or containers.",
  });

/**
 * All that are to have it afterwards; who is not among them loses it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyImageAttribute.html
 */
export const imageSharingSchema = z.object({
  key: imageBuildKeySchema,
  accounts: z.array(accountIdField).max(100, "At most 100 accounts at once."),
  organizationArns: z.array(organizationArnField).max(25, "At most 25 organizations at once."),
  organizationalUnitArns: z
    .array(organizationalUnitArnField)
    .max(25, "At most 25 organizational units at once."),
});

/** What somebody typed as one to share with: which member of the holders it belongs to, or why to none. */
export function readHolder(
  typed: string,
): { of: keyof ImageHolders; value: string } | { of?: undefined; wrong: string } {
  const value = typed.trim();
  const isArn = parseArn(value) !== undefined;
  const [of, field] = /^ou\//.test(parseArn(value)?.resource ?? "")
    ? (["organizationalUnitArns", organizationalUnitArnField] as const)
    : isArn
      ? (["organizationArns", organizationArnField] as const)
      : (["accounts", accountIdField] as const);
  const { success, error } = field.safeParse(value);
  if (success) return { of, value };
  const wrong = error.issues[0]?.message ?? "";
  return { wrong: isArn ? wrong : `${wrong} Enter the ARN of an organization or organizational unit.` };
}
