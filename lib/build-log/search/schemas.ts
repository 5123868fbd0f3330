import { z } from "zod";

/** A search across builds, as the page's address has it. */
export const logSearchSchema = z.object({
  text: z
    .string()
    .trim()
    .min(2, "Type two characters or more.")
    .max(200, "A search has at most 200 characters.")
    .regex(/^[^\r\n]*$/, "A line has no line breaks."),
  days: z.coerce.number().int().min(1).max(365).default(30),
});
