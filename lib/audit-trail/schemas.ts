import { z } from "zod";
import { AUDIT_RESULTS } from "./types";

const LONGEST = 300;
const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const partField = (what: string) =>
  optional(z.string().max(LONGEST, `${what} can have at most ${LONGEST} characters.`));
const dayField = (what: string) => optional(z.iso.date(`${what} is a day such as 2026-11-21.`));

const auditFilterSchema = z
  .object({
    who: partField("The person"),
    action: partField("The action"),
    result: optional(z.enum(AUDIT_RESULTS, "The result must be succeeded, failed, or refused.")),
    resource: partField("The resource"),
    from: dayField("The first day"),
    to: dayField("The last day"),
    scope: optional(z.enum(["target", "console"], "The scope must be target or console.")),
  })
  .refine(({ from, to }) => !from || !to || from <= to, {
    path: ["to"],
    message: "The last day is before the first.",
  });

export const auditPageSchema = auditFilterSchema.and(
  z.object({
    before: optional(
      z.coerce.number("The page must be a row number.").int().positive("The page must be a row number."),
    ),
  }),
);

export const auditExportSchema = auditFilterSchema.and(z.object({ format: z.enum(["csv", "jsonl"]) }));

export type AuditFilterInput = z.infer<typeof auditFilterSchema>;
