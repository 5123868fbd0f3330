import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Pipeline } from "@/lib/image-builder/pipelines/types";

const CONDITIONS: Record<string, string> = {
  EXPRESSION_MATCH_ONLY: "On every scheduled run",
  EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE: "Only when updates are available",
};

/** When the pipeline starts by itself, in words, and its next three times. */
export function PipelineSchedule({ pipeline }: { pipeline: Pipeline }) {
  const { schedule, nextRuns, status } = pipeline;
  if (!schedule)
    return (
      <Card title="Schedule">
        <p className="m-0 text-ink-2">No schedule. Run the pipeline manually.</p>
      </Card>
    );
  return (
    <Card title="Schedule">
      <p className="m-0 mb-3 font-[550]">{schedule.words}</p>
      <FactList
        facts={[
          { label: "Expression", value: <Mono>{schedule.expression}</Mono> },
          { label: "Time zone", value: schedule.timezone },
          { label: "Starts", value: CONDITIONS[schedule.startCondition] ?? schedule.startCondition },
          {
            label: "Auto-disable",
            value:
              schedule.autoDisableFailureCount &&
              `after ${schedule.autoDisableFailureCount} consecutive scheduled failures`,
          },
          {
            label: "Next runs",
            value:
              nextRuns.length > 0 ? (
                <ul className="m-0 list-none p-0">
                  {nextRuns.map((at) => (
                    <li key={at}>
                      <RelativeTime at={at} />
                    </li>
                  ))}
                </ul>
              ) : (
                <span className="text-ink-2">
                  {status === "ENABLED" ? "none: the schedule has no future runs" : "none while disabled"}
                </span>
              ),
          },
        ]}
      />
    </Card>
  );
}
