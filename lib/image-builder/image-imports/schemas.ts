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
  wholeNumberField,
} from "@/lib/definitions/field-schemas";

const shared = {
  name: resourceNameField,
  semanticVersion: exactVersionField,
  description: descriptionField.optional(),
  tags: tagMapField("Tags").optional(),
};

/** ImportVmImage: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImportVmImage.html */
const vmSchema = z.object({
  from: z.literal("vm"),
  ...shared,
  osVersion: textField("The OS version").optional(),
  platform: platformField,
  vmImportTaskId: z
    .string("The import task is required.")
    .regex(/^import-ami-[a-z0-9]+$/, "The import task must look like import-ami-0123456789abcdef0."),
});

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/import-iso-disk.html */
const ISO_OS_VERSION = "Microsoft Windows 11";
const MOST_UEFI_CHARACTERS = 64 * 1024;

/** ImportDiskImage, of Windows only: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImportDiskImage.html */
const isoSchema = z.object({
  from: z.literal("iso"),
  ...shared,
  osVersion: z
    .literal(ISO_OS_VERSION, `AWS imports disk files of ${ISO_OS_VERSION} only.`)
    .default(ISO_OS_VERSION),
  uri: z
    .string("The disk file is required.")
    .regex(/^s3:\/\/[^/]+\/.+\.(?:ISO|iso|Iso)$/, "The disk file must look like s3://bucket/windows-11.ISO."),
  infrastructureConfigurationArn: imageBuilderArnField(
    "The infrastructure configuration",
    "infrastructure-configuration/[a-z0-9-_]+",
    "infrastructure-configuration/web",
  ),
  executionRole: roleField.optional(),
  registerImageOptions: z
    .object({
      secureBootEnabled: z.boolean().optional(),
      uefiData: textField("UEFI data", MOST_UEFI_CHARACTERS)
        .regex(
          /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
          "UEFI data must be Base64.",
        )
        .optional(),
    })
    .refine(({ secureBootEnabled, uefiData }) => !(uefiData && secureBootEnabled === false), {
      path: ["uefiData"],
      message: "UEFI data needs secure boot.",
    })
    .optional(),
  windowsConfiguration: z
    .object({ imageIndex: wholeNumberField("The number of the Windows edition", 1) })
    .optional(),
});

/** What is imported: a virtual machine that EC2 has imported, or a disk file of Windows. */
export const imageImportSchema = z.discriminatedUnion(
  "from",
  [vmSchema, isoSchema],
  "Choose a virtual machine or a disk file.",
);

export type ImageImportInput = z.infer<typeof imageImportSchema>;
