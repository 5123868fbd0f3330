"use client";
import { useQueryClient } from "@tanstack/react-query";
import { BulkActionButton } from "@/components/resource-table/bulk-action-button";
import { runPipelineAction, setPipelineStatusAction } from "@/lib/actions/pipeline-actions";
import type { PipelineSummary } from "@/lib/image-builder/pipelines/types";

/** Runs, enables or disables the ticked pipelines. */
export function PipelineBulkActions({
  target,
  pipelines,
  onEnd,
}: {
  target: string;
  pipelines: PipelineSummary[];
  onEnd: () => void;
}) {
  const queries = useQueryClient();
  const count = `${pipelines.length} ${pipelines.length === 1 ? "pipeline" : "pipelines"}`;
  const end = (left: PipelineSummary[]) => {
    void queries.invalidateQueries({ queryKey: ["pipelines", target] });
    void queries.invalidateQueries({ queryKey: ["image-builds", target] });
    if (left.length === 0) onEnd();
  };
  const nameOf = ({ name }: PipelineSummary) => name;
  const setStatus =
    (status: "ENABLED" | "DISABLED") =>
    ({ name }: PipelineSummary) =>
      setPipelineStatusAction({ target, name, status });
  return (
    <>
      <BulkActionButton
        label="Run"
        doneWord="Started"
        question={`Run ${count}?`}
        explanation="Each pipeline starts a build now, regardless of its schedule."
        action="run-pipeline"
        rows={pipelines}
        nameOf={nameOf}
        run={({ name }) => runPipelineAction({ target, name })}
        onEnd={end}
      />
      <BulkActionButton
        label="Enable"
        doneWord="Enabled"
        undo={setStatus("DISABLED")}
        question={`Enable ${count}?`}
        explanation="Scheduled builds start again."
        action="set-pipeline-status"
        rows={pipelines}
        nameOf={nameOf}
        run={setStatus("ENABLED")}
        onEnd={end}
      />
      <BulkActionButton
        label="Disable"
        doneWord="Disabled"
        undo={setStatus("ENABLED")}
        question={`Disable ${count}?`}
        explanation="Scheduled builds stop until you enable them again. You can still run them manually."
        action="set-pipeline-status"
        rows={pipelines}
        nameOf={nameOf}
        run={setStatus("DISABLED")}
        onEnd={end}
      />
    </>
  );
}
