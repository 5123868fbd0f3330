import { cutText } from "@/lib/core/canonical-text";
import { EnvelopeReader, messageIn } from "../parser/strip-envelope";
import type { LogNode } from "../parser/types";
import type { FailedBuild, FailedPart, LogText } from "./types";

/** The steps of Amazon's workflows: https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-image-workflows.html */
const MANAGED_STEPS: Record<string, string> = {
  LaunchBuildInstance: "LaunchInstance",
  LaunchTestInstance: "LaunchInstance",
  ApplyBuildComponents: "ExecuteComponents",
  ApplyTestComponents: "ExecuteComponents",
  InventoryCollection: "CollectImageMetadata",
  RunSanitizeScript: "SanitizeInstance",
  RunSysPrepScript: "RunSysPrep",
  CreateOutputAMI: "CreateImage",
};
const NAMED_IN_REASON = /\bworkflow step (\w[\w-]*)|\bStep (\w[\w-]*) timed out|\bfor step (\w[\w-]*)/;
const STARTED = /^([A-Z]\w+)(?: \(\w+\))?: STARTED EXECUTION/;

/** What failed, outermost to innermost, from AWS's failure context first and the log second. What is not known is absent. */
export function failedPart(
  { failure, reason: wholeReason = "", workflows, platform }: FailedBuild,
  log: LogText | undefined,
  node: LogNode | undefined,
): FailedPart {
  const up = (level: LogNode["level"]): LogNode | undefined => {
    for (let each = node; each; each = each.parent === undefined ? undefined : log?.tree.nodes[each.parent]) {
      if (each.level === level) return each;
    }
    return undefined;
  };
  const reason = cutText(wholeReason, 2_000);
  const step = up("step");
  const failedStep = workflows
    .filter(({ retried }) => !retried)
    .flatMap(({ steps }) => steps)
    .find(({ status }) => status === "FAILED" || status === "TIMED_OUT");
  const workflowStep =
    failure?.failedStep ??
    up("workflow-step")?.name ??
    failedStep?.name ??
    NAMED_IN_REASON.exec(reason)?.slice(1).find(Boolean);
  const part: FailedPart = {
    stage: failure?.stage ?? up("stage")?.name ?? /in state = '([A-Z]+)'/.exec(reason)?.[1],
    workflowStep,
    action:
      (failedStep && failedStep.name === workflowStep ? failedStep.action : undefined) ??
      up("workflow-step")?.detail ??
      (workflowStep === undefined ? undefined : MANAGED_STEPS[workflowStep]) ??
      (failure?.component && "ExecuteComponents"),
    component: failure?.component?.arn ?? up("document")?.name,
    phase: failure?.component?.phase ?? up("phase")?.name,
    step: failure?.component?.step ?? step?.name,
    module: failure?.component?.action ?? (step && log && moduleOf(step, log)),
    exitCode: step?.exitCode,
    platform,
  };
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}

/** The action module that a step of a component began last: a nested document's own come before it. */
function moduleOf({ firstLine, lastLine }: LogNode, { line }: LogText): string | undefined {
  const envelopes = new EnvelopeReader();
  for (let number = firstLine; number <= Math.min(lastLine, firstLine + 20); number++) {
    const raw = line(number);
    const module = STARTED.exec(cutText(messageIn(raw, envelopes.read(raw)), 200))?.[1];
    if (module) return module;
  }
  return undefined;
}
