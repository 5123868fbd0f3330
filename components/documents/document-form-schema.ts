import { z } from "zod";
import type { JsonObject } from "@/lib/definitions/types";

/**
 * The schema of a component or workflow over its form's values. An empty S3 address is reported at its own field.
 * Only a dynamic import may load this file, and none may load zod itself: that would bring all of its languages.
 */
export const overFormValues = (schema: z.ZodType): z.ZodType =>
  z.preprocess((values) => {
    const { documentFrom, data, uri, ...rest } = values as JsonObject;
    return documentFrom === "s3" ? { ...rest, uri: uri ?? "" } : { ...rest, data: data ?? "" };
  }, schema);
