import type { Severity, SourceRange } from "@/lib/component-document/types";
import type { WorkflowModel } from "./workflow-model";

/** Says one thing about a place of the document; `source` is the page that it comes from. */
export type WorkflowReport = (
  rule: string,
  severity: Severity,
  range: SourceRange,
  message: string,
  source: string,
) => void;

/** One part of the linter: looks at the model, and says what is wrong with it. */
export type WorkflowCheck = (model: WorkflowModel, report: WorkflowReport) => void;
