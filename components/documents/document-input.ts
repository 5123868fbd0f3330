import { FORM_SCHEMAS, type LoadSchema } from "@/components/form/form-schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
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

/** Loads what judges the form of a component or workflow. */
export const documentFormSchema =
  (kind: DocumentKind): LoadSchema =>
  async () => {
    const [{ overFormValues }, schema] = await Promise.all([
      import("./document-form-schema"),
      FORM_SCHEMAS[kind](),
    ]);
    return overFormValues(schema);
  };
