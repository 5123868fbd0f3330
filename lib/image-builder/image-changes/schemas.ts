import { z } from "zod";
import { accountIdField } from "../fields/schemas";
import { imageBuildKeySchema } from "../image-builds/schemas";

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_StartResourceStateUpdate.html */
export const imageStateChangeSchema = z
  .object({
    key: imageBuildKeySchema,
    state: z.enum(["AVAILABLE", "DEPRECATED", "DISABLED"]),
    amis: z.boolean(),
    at: z.iso.datetime("A time is needed, such as 2030-01-31T12:00:00Z.").optional(),
  })
  .refine(({ state, at }) => at === undefined || state === "DEPRECATED", {
    path: ["at"],
    message: "Only a deprecation can be set for later.",
  });

export const imageDeletionSchema = z
  .object({
    key: imageBuildKeySchema,
    include: z.object({
      amis: z.boolean().optional(),
      snapshots: z.boolean().optional(),
      containers: z.boolean().optional(),
    }),
    executionRole: z.string().min(1).max(2048).optional(),
  })
  .refine(({ include }) => !include.snapshots || include.amis, {
    path: ["include", "snapshots"],
    message: "Snapshots can only go with their AMIs.",
  })
  .refine(({ include, executionRole }) => executionRole || !Object.values(include).some(Boolean), {
    path: ["executionRole"],
    message: "Image Builder needs a role to delete AMIs, snapshots or containers with.",
  });

export const imageSharingSchema = z.object({
  key: imageBuildKeySchema,
  /** All that are to have it afterwards; who is not among them loses it. */
  accounts: z.array(accountIdField).max(100, "At most 100 accounts at once."),
});
