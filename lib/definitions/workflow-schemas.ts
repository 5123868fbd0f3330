import { z } from "zod";
import {
  descriptionField,
  exactVersionField,
  resourceNameField,
  s3AddressField,
  tagMapField,
  textField,
  withoutNul,
} from "./field-schemas";

const WORKFLOW_TYPES = ["BUILD", "TEST", "DISTRIBUTION"] as const;

/** CreateWorkflow: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateWorkflow.html */
export const buildWorkflowSchema = z
  .object({
    name: resourceNameField,
    semanticVersion: exactVersionField,
    type: z.enum(WORKFLOW_TYPES, "Choose BUILD, TEST or DISTRIBUTION."),
    description: descriptionField.optional(),
    changeDescription: textField("The change description").optional(),
    data: textField("The document", 16_000).pipe(withoutNul("The document")).optional(),
    uri: s3AddressField("The document").optional(),
    kmsKeyId: textField("The KMS key").optional(),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine(({ data, uri }, context) => {
    if ((data === undefined) === (uri === undefined))
      context.addIssue({
        code: "custom",
        path: ["data"],
        message: "Give the document either as text or as an S3 address.",
      });
  });
