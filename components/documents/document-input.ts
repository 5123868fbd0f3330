import { z } from "zod";
import { buildComponentSchema } from "@/lib/definitions/component-schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import { buildWorkflowSchema } from "@/lib/definitions/workflow-schemas";
import type { DocumentKind } from "./types";

/**
 * What CreateComponent or CreateWorkflow is sent. The form keeps the text also while an S3 address is given, so
 * that changing one's mind loses nothing; `documentFrom` says which of them counts and is the form's own.
 */
export function toDocumentInput({ documentFrom, data, uri, ...rest }: JsonObject): JsonObject {
  return withoutEmpty(
    documentFrom === "s3" ? { ...rest, uri: uri ?? null } : { ...rest, data: data ?? null },
  );
}

/** The schema of the kind over the form's values. An empty S3 address is told at its own field. */
export function documentFormSchema(kind: DocumentKind): z.ZodType {
  const schema = kind === "component" ? buildComponentSchema : buildWorkflowSchema;
  return z.preprocess((values) => {
    const { documentFrom, data, uri, ...rest } = values as JsonObject;
    return documentFrom === "s3" ? { ...rest, uri: uri ?? "" } : { ...rest, data: data ?? "" };
  }, schema);
}
