import { awsPages, type WorkflowType } from "goldsmith-languages/workflow";
import type { Finding } from "@/lib/component-document/types";
import { cutText } from "@/lib/core/canonical-text";
import { checkConditions } from "./check-conditions";
import { checkInputs } from "./check-inputs";
import { checkReferences } from "./check-references";
import { checkShape } from "./check-shape";
import { checkSteps } from "./check-steps";
import { modelWorkflow } from "./workflow-model";
import type { WorkflowReport } from "./workflow-report";

const MAX_FINDINGS = 100;
/** Longer only where somebody's name or key is. */
const LONGEST_MESSAGE = 1_000;

/**
 * What can be said of a workflow document before AWS reads it, in the order of the text. With the type of the
 * workflow, what that type does not allow is said too. Never throws.
 */
export function lintWorkflow(text: string, { type }: { type?: WorkflowType | undefined } = {}): Finding[] {
  const model = modelWorkflow(text);
  const { parsed } = model;
  const findings: Finding[] = [];
  const report: WorkflowReport = (rule, severity, [start, end], message, source) => {
    const from = Math.min(start, text.length);
    const to = Math.max(from, Math.min(end, text.length));
    const [first, last] = [parsed.positionAt(from), parsed.positionAt(to)];
    findings.push({
      rule,
      severity,
      message: cutText(message, LONGEST_MESSAGE),
      from,
      to,
      line: first.line,
      column: first.column,
      endLine: last.line,
      endColumn: last.column,
      source,
    });
  };
  for (const { message, range } of parsed.problems.slice(0, 5))
    report("workflow-yaml", "error", range, message, awsPages.workflowDocument);
  // What follows a syntax error is misread.
  if (parsed.problems.length === 0) {
    checkShape(model, report, type);
    checkSteps(model, report, type);
    for (const check of [checkInputs, checkConditions, checkReferences]) check(model, report);
  }
  return findings.toSorted((a, b) => a.from - b.from).slice(0, MAX_FINDINGS);
}
