import { workflowTypes } from "goldsmith-languages/workflow";
import { z } from "zod";
import { lintWorkflow } from "@/lib/workflow-document/lint-workflow";
import { addFindings } from "./document-findings";
import {
  descriptionField,
  exactVersionField,
  resourceNameField,
  s3AddressField,
  tagMapField,
  textField,
  withoutNul,
} from "./field-schemas";

/** CreateWorkflow: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateWorkflow.html */
export const buildWorkflowSchema = z
  .object({
    name: resourceNameField,
    semanticVersion: exactVersionField,
    type: z.enum(workflowTypes, "Choose BUILD, TEST or DISTRIBUTION."),
    description: descriptionField.optional(),
    changeDescription: textField("The change description").optional(),
    data: textField("The document", 16_000).pipe(withoutNul("The document")).optional(),
    uri: s3AddressField("The document").optional(),
    kmsKeyId: textField("The KMS key").optional(),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine(({ data, uri, type }, context) => {
    if ((data === undefined) === (uri === undefined))
      context.addIssue({
        code: "custom",
        path: ["data"],
        message: "Enter the document inline or as an S3 URI, not both.",
      });
    else if (data !== undefined) addFindings(lintWorkflow(data, { type }), context);
  });

export type BuildWorkflowInput = z.infer<typeof buildWorkflowSchema>;
