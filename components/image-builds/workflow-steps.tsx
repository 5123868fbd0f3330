import { nameInArn } from "@/lib/core/arn";
import { capitalize } from "@/lib/core/words";
import type { WorkflowExecution, WorkflowStep } from "@/lib/image-builder/image-builds/types";

const GLYPHS: Record<string, { glyph: string; className: string }> = {
  COMPLETED: { glyph: "✓", className: "text-ok" },
  FAILED: { glyph: "×", className: "text-fail" },
  RUNNING: { glyph: "~", className: "text-run" },
  WAITING: { glyph: "!", className: "text-wait" },
};
const QUIET = { glyph: "–", className: "text-mute" };

function clock(step: WorkflowStep): string {
  if (!step.startedAt || !step.endedAt)
    return step.status === "RUNNING" ? "running" : step.status.toLowerCase();
  const seconds = Math.max(0, Math.round((Date.parse(step.endedAt) - Date.parse(step.startedAt)) / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The workflows of a build and their steps in order, with durations in minutes and seconds. */
export function WorkflowSteps({ workflows }: { workflows: WorkflowExecution[] }) {
  if (workflows.length === 0)
    return (
      <p className="m-0 px-2 py-1 text-ink-2">No workflow has started yet. AWS is preparing the build.</p>
    );
  return (
    <div className="grid gap-3">
      {workflows.map(({ id, type, workflowArn, retried, steps }) => (
        <section key={id} aria-label={`${type} workflow`}>
          <h3 className="m-0 px-2 pb-1 font-medium text-ink-3 text-xs">
            {capitalize(type.toLowerCase())}: {nameInArn(workflowArn)}
            {retried && ", before the retry"}
          </h3>
          <ol className="m-0 list-none p-0">
            {steps.map((step) => {
              const { glyph, className } = GLYPHS[step.status] ?? QUIET;
              return (
                <li
                  key={step.id}
                  className={`grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2 rounded px-2 py-[3px] text-[13px] ${step.status === "SKIPPED" || step.status === "PENDING" ? "text-ink-3" : ""}`}
                >
                  <span
                    aria-hidden="true"
                    className={`font-mono font-semibold text-[11px] leading-5 ${className}`}
                  >
                    {glyph}
                  </span>
                  <span
                    className="[overflow-wrap:anywhere]"
                    title={`${step.action}, ${step.status.toLowerCase()}`}
                  >
                    {step.name}
                    <span className="sr-only"> {step.status.toLowerCase()}</span>
                    {step.attempt && step.attempt.number > 1 && (
                      <span className="text-ink-3"> attempt {step.attempt.number}</span>
                    )}
                  </span>
                  <span className="text-ink-3 text-xs leading-5">{clock(step)}</span>
                  {step.message && step.status === "FAILED" && (
                    <span className="col-start-2 col-end-4 text-fail text-xs [overflow-wrap:anywhere]">
                      {step.message}
                    </span>
                  )}
                </li>
              );
            })}
          </ol>
        </section>
      ))}
    </div>
  );
}
