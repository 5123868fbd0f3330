import type { z } from "zod";
import type { Finding } from "@/lib/component-document/types";

/** More than these say nothing that the editor beside them does not say better. */
const TOLD = 5;

/** What AWS would refuse in a document, as issues of the field that holds it. Warnings are the editor's own matter. */
export function addFindings(findings: readonly Finding[], context: z.RefinementCtx): void {
  for (const { message, line } of findings.filter(({ severity }) => severity === "error").slice(0, TOLD))
    context.addIssue({ code: "custom", path: ["data"], message: `Line ${line}: ${message}`, params: OWN });
}

const OWN = { judgedBy: "linter" };

/** Whether an issue is the linter's judgment of a document, which AWS may be asked to overrule. */
export const isFinding = (issue: z.core.$ZodIssue): boolean =>
  issue.code === "custom" && issue.params === OWN;
