import { z } from "zod";
import {
  accountIdField,
  organizationArnField,
  organizationalUnitArnField,
  tooLong,
} from "@/lib/definitions/field-schemas";

const regionField = z.string("Name a Region.").min(1, "Name a Region.").max(32);
/** What is no ID of an AMI is none that there is. */
const amiIdField = z.string("Name an AMI.").min(1, "Name an AMI.").max(64);

/** An AMI by its address. */
export const amiKeySchema = z.object({ region: regionField, amiId: amiIdField });

/** With whom an AMI is to be shared afterwards: who is not among them loses it. */
export const amiHoldersSchema = amiKeySchema.extend({
  accounts: z.array(accountIdField).max(100, "At most 100 accounts at once."),
  organizationArns: z.array(organizationArnField).max(25, "At most 25 organizations at once."),
  organizationalUnitArns: z
    .array(organizationalUnitArnField)
    .max(25, "At most 25 organizational units at once."),
});

/** `evenWithoutKey`: they may not be able to launch it yet, which is known. */
export const shareAmiSchema = amiHoldersSchema.extend({ evenWithoutKey: z.boolean() });

/** `at`: when it is deprecated, now without one; null takes a deprecation back. */
export const deprecationSchema = amiKeySchema.extend({
  at: z.iso.datetime("Enter a time such as 2030-01-31T12:00:00Z.").nullish(),
});

export const restorationSchema = amiKeySchema.extend({ shareAgain: z.boolean() });

export const deregistrationSchema = amiKeySchema.extend({ deleteSnapshots: z.boolean() });

export const protectionSchema = amiKeySchema.extend({
  protection: z.enum(["on", "with-cooldown", "off"], "Choose on, with a cooldown, or off."),
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html */
const amiNameField = z
  .string("Enter a name.")
  .min(3, "A name has at least 3 characters.")
  .max(128, tooLong("A name has at most 128 characters."))
  .regex(
    /^[A-Za-z0-9()[\] ./\-'@_]+$/,
    "A name can contain letters, digits, spaces, and ( ) [ ] . / - ' @ _.",
  );

const keyField = z
  .string()
  .min(1, "Choose a key, or leave it empty.")
  .max(2048, tooLong("A key is named by at most 2,048 characters."));

export const copyAmiSchema = amiKeySchema.extend({
  name: amiNameField,
  /** Makes a repeated request the same request to AWS. */
  token: z.string().regex(/^[0-9a-zA-Z-]{8,48}$/, "A token is 8 to 48 letters and digits."),
  copies: z
    .array(z.strictObject({ region: regionField, keyId: keyField.optional() }))
    .min(1, "Choose a Region.")
    .max(20, "At most 20 Regions at once.")
    .refine((all) => new Set(all.map(({ region }) => region)).size === all.length, "Name each Region once."),
});

export const createAmiSchema = z.strictObject({
  region: regionField,
  instanceId: z
    .string("Name an instance.")
    .regex(/^i-[0-9a-f]{8,17}$/, "An instance ID looks like i-0abc1234."),
  name: amiNameField,
  description: z.string().max(255, tooLong("A description has at most 255 characters.")).optional(),
  reboot: z.boolean("Choose whether the instance is rebooted."),
});
