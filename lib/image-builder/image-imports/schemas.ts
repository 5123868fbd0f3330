import { z } from "zod";
import {
  descriptionField,
  exactVersionField,
  imageBuilderArnField,
  platformField,
  resourceNameField,
  roleField,
  tagMapField,
  textField,
} from "@/lib/definitions/field-schemas";

const shared = {
  name: resourceNameField,
  semanticVersion: exactVersionField,
  description: descriptionField.optional(),
  osVersion: textField("The OS version").optional(),
  tags: tagMapField("Tags").optional(),
};

/** ImportVmImage: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImportVmImage.html */
const vmSchema = z.object({
  from: z.literal("vm"),
  ...shared,
  platform: platformField,
  vmImportTaskId: z
    .string("The import task is required.")
    .regex(/^import-ami-[a-z0-9]+$/, "The import task must look like import-ami-0123456789abcdef0."),
});

/** ImportDiskImage, of Windows only: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImportDiskImage.html */
const isoSchema = z.object({
  from: z.literal("iso"),
  ...shared,
  uri: z
    .string("The disk file is required.")
    .regex(/^s3:\/\/[^/]+\/.+\.iso$/i, "The disk file must look like s3://bucket/windows-11.iso."),
  infrastructureConfigurationArn: imageBuilderArnField(
    "The infrastructure configuration",
    "infrastructure-configuration/[a-z0-9-_]+",
    "infrastructure-configuration/web",
  ),
  executionRole: roleField.optional(),
});

/** What is imported: a virtual machine that EC2 has imported, or a disk file of Windows. */
export const imageImportSchema = z.discriminatedUnion(
  "from",
  [vmSchema, isoSchema],
  "Choose a virtual machine or a disk file.",
);

export type ImageImportInput = z.infer<typeof imageImportSchema>;
