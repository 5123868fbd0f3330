import { z } from "zod";
import { lintDocument } from "@/lib/component-document/lint-document";
import { addFindings } from "./document-findings";
import {
  descriptionField,
  exactVersionField,
  platformField,
  resourceNameField,
  s3AddressField,
  tagMapField,
  textField,
  withoutNul,
} from "./field-schemas";

/** CreateComponent: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html */
export const buildComponentSchema = z
  .object({
    name: resourceNameField,
    semanticVersion: exactVersionField,
    description: descriptionField.optional(),
    changeDescription: textField("The change description").optional(),
    platform: platformField,
    supportedOsVersions: z
      .array(textField("An OS version"))
      .min(1, "Add at least one OS version, or leave the list empty.")
      .max(25, "At most 25 OS versions.")
      .optional(),
    data: textField("The document", 16_000).pipe(withoutNul("The document")).optional(),
    uri: s3AddressField("The document").optional(),
    kmsKeyId: textField("The KMS key").optional(),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine(({ data, uri, platform }, context) => {
    if ((data === undefined) === (uri === undefined))
      context.addIssue({
        code: "custom",
        path: ["data"],
        message: "Enter the document inline or as an S3 URI, not both.",
      });
    else if (data !== undefined) addFindings(lintDocument(data, { platform }), context);
  });

export type BuildComponentInput = z.infer<typeof buildComponentSchema>;
