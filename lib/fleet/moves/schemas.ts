import { z } from "zod";
import { tooLong } from "@/lib/definitions/field-schemas";

const regionField = z.string("Name a Region.").min(1, "Name a Region.").max(32);
const shortText = (what: string) => z.string(what).min(1, what).max(255, tooLong("At most 255 characters."));

/** An instance by its address. */
export const instanceKeySchema = z.object({ region: regionField, instanceId: z.string().max(64) });

export const movePreviewSchema = instanceKeySchema.extend({
  to: regionField,
  instanceType: z.string().max(64).optional(),
});

const destinationSchema = z.strictObject({
  region: regionField,
  subnetId: shortText("Choose a subnet."),
  securityGroupIds: z
    .array(shortText("Name a security group."))
    .min(1, "Choose a security group.")
    .max(16, "At most 16 security groups."),
  instanceType: shortText("Enter an instance type."),
  keyName: shortText("Choose a key pair, or none.").optional(),
  keyId: z
    .string()
    .min(1, "Choose a key, or leave it empty.")
    .max(2048, tooLong("A key is named by at most 2,048 characters."))
    .optional(),
});

export const beginMoveSchema = instanceKeySchema.extend({
  destination: destinationSchema,
  reboot: z.boolean("Choose whether the instance is rebooted."),
});

export const moveKeySchema = z.object({ id: z.string("Name a move.").max(64) });

export const changeMoveSchema = moveKeySchema.extend({ destination: destinationSchema });
