import type { Finding, Severity, SourceRange } from "@/lib/component-document/types";
import { modelWorkflow, type WorkflowModel, type WorkflowStep } from "./workflow-model";

const DOCUMENT_PAGE = "https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-create-document.html";
const ACTIONS_PAGE = "https://docs.aws.amazon.com/imagebuilder/latest/userguide/wfdoc-step-actions.html";

/** The step actions of the guide. AWS adds some: another name is worth a warning only. */
const WORKFLOW_ACTIONS = [
  "ApplyImageConfigurations",
  "BootstrapInstanceForContainer",
  "CollectImageMetadata",
  "CollectImageScanFindings",
  "CreateImage",
  "CreateImageFromIso",
  "DistributeContainerImage",
  "DistributeImage",
  "ExecuteComponents",
  "ExecuteStateMachine",
  "LaunchInstance",
  "ModifyImageAttributes",
  "RegisterImage",
  "RunCommand",
  "RunSysPrep",
  "SanitizeInstance",
  "TerminateInstance",
  "WaitForAction",
  "WaitForSSMAgent",
] as const;

const STEP_NAME = /^[A-Za-z][A-Za-z0-9-_]{1,99}$/;
const MAX_FINDINGS = 100;

type Report = (rule: string, severity: Severity, range: SourceRange, message: string) => void;

/** What can be said of a workflow document before AWS reads it: YAML, the keys it must have, its steps. */
export function lintWorkflow(text: string): Finding[] {
  const model = modelWorkflow(text);
  const { parsed } = model;
  const findings: Finding[] = [];
  const report: Report = (rule, severity, [from, to], message) => {
    const [start, end] = [parsed.positionAt(from), parsed.positionAt(to)];
    findings.push({
      rule,
      severity,
      message,
      from,
      to: Math.max(from, Math.min(to, text.length)),
      line: start.line,
      column: start.column,
      endLine: end.line,
      endColumn: end.column,
      source: rule.includes("action") ? ACTIONS_PAGE : DOCUMENT_PAGE,
    });
  };
  for (const { message, range } of parsed.problems.slice(0, 5))
    report("workflow-yaml", "error", range, message);
  // What follows a syntax error is misread.
  if (parsed.problems.length === 0) lintModel(model, report);
  return findings.slice(0, MAX_FINDINGS).toSorted((a, b) => a.from - b.from);
}

function lintModel({ fields, steps }: WorkflowModel, report: Report): void {
  const start: SourceRange = [0, 1];
  if (!fields) {
    report("workflow-map", "error", start, "A workflow is a map with name, schemaVersion and steps.");
    return;
  }
  for (const key of ["name", "schemaVersion", "steps"]) {
    if (!fields.some((field) => field.key === key))
      report("workflow-key", "error", start, `The workflow needs the key "${key}".`);
  }
  const version = fields.find(({ key }) => key === "schemaVersion");
  if (version && Number(version.text) !== 1)
    report("workflow-schema-version", "error", version.keyRange, "The only schemaVersion is 1.0.");
  const list = fields.find(({ key }) => key === "steps");
  if (list && !steps?.length)
    report("workflow-steps", "error", list.keyRange, "steps is a list with at least one step.");
  const seen = new Map<string, number>();
  for (const step of steps ?? []) {
    lintStep(step, report);
    const first = seen.get(step.name);
    if (first === undefined) seen.set(step.name, step.line);
    else
      report(
        "workflow-step-twice",
        "error",
        step.range,
        `The step "${step.name}" is on line ${first} already.`,
      );
  }
}

function lintStep({ name, action, fields, range }: WorkflowStep, report: Report): void {
  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  if (!fieldOf("name")?.text) report("workflow-step-name", "error", range, "The step needs a name.");
  else if (!STEP_NAME.test(name)) {
    const message = "A step's name has 2 to 100 letters, digits, - and _, and starts with a letter.";
    report("workflow-step-name", "error", fieldOf("name")?.keyRange ?? range, message);
  }
  if (!action) report("workflow-step-action", "error", range, "The step needs an action.");
  else if (!WORKFLOW_ACTIONS.some((known) => known === action)) {
    const message = `The guide knows no action ${JSON.stringify(action.slice(0, 60))}. Its case counts.`;
    report("workflow-step-action", "warning", fieldOf("action")?.keyRange ?? range, message);
  }
  const onFailure = fieldOf("onFailure");
  if (onFailure && onFailure.text !== "Abort" && onFailure.text !== "Continue")
    report("workflow-on-failure", "error", onFailure.keyRange, "onFailure is Abort or Continue.");
  const timeout = fieldOf("timeoutSeconds");
  if (timeout && !(Number(timeout.text) >= 1))
    report("workflow-timeout", "error", timeout.keyRange, "timeoutSeconds is a number of at least 1.");
}
