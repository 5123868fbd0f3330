import { z } from "zod";
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

/** ImportComponent: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_ImportComponent.html */
export const importComponentSchema = z
  .object({
    name: resourceNameField,
    semanticVersion: exactVersionField,
    description: descriptionField.optional(),
    changeDescription: textField("The change description").optional(),
    type: z.enum(["BUILD", "TEST"], "Choose BUILD or TEST."),
    format: z.enum(["SHELL"], "AWS only imports shell scripts."),
    platform: platformField,
    data: textField("A script sent inline").pipe(withoutNul("The script")).optional(),
    uri: s3AddressField("The script").optional(),
    kmsKeyId: textField("The KMS key").optional(),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine(({ data, uri }, context) => {
    if ((data === undefined) === (uri === undefined))
      context.addIssue({
        code: "custom",
        path: ["data"],
        message: "Enter the script inline or as an S3 URI, not both.",
      });
  });
