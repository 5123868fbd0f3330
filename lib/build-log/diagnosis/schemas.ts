import { z } from "zod";
import { type DiagnosisRule, EVIDENCE_PLACES, NEXT_ACTIONS } from "./types";

const text = z.string().min(1);

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, "i") !== undefined;
  } catch {
    return false;
  }
}

/** A team's file of rules: a list in the form of the built-in ones. */
export const diagnosisRulesSchema: z.ZodType<DiagnosisRule[]> = z.array(
  z.strictObject({
    id: text.max(40),
    title: text.max(200),
    pattern: text.refine(isExpression, "is no regular expression"),
    places: z.array(z.enum(EVIDENCE_PLACES)).optional(),
    exitCodes: z.array(z.int()).optional(),
    patternWithExitCode: text.refine(isExpression, "is no regular expression").optional(),
    stages: z.array(text).optional(),
    actions: z.array(text).optional(),
    modules: z.array(text).optional(),
    platforms: z.array(text).optional(),
    withoutExitCode: z.boolean().optional(),
    cause: text,
    fix: text,
    next: z.enum(NEXT_ACTIONS),
    confidence: z.enum(["certain", "likely"]),
    source: text,
    isGeneral: z.boolean().optional(),
  }),
);
