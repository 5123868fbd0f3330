import { Card } from "@/components/ui/card";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Pipeline } from "@/lib/image-builder/pipelines/types";

const CONDITIONS: Record<string, string> = {
  EXPRESSION_MATCH_ONLY: "At each time, whether anything changed or not",
  EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE:
    "Only when the base image or a component it follows has a newer version",
};

/** When the pipeline starts by itself, in words, and its next three times. */
export function PipelineSchedule({ pipeline }: { pipeline: Pipeline }) {
  const { schedule, nextRuns, status } = pipeline;
  if (!schedule)
    return (
      <Card title="Schedule">
        <p className="m-0 text-ink-2">No schedule: it runs when someone runs it.</p>
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
            label: "Disables itself",
            value:
              schedule.autoDisableFailureCount &&
              `after ${schedule.autoDisableFailureCount} scheduled failures in a row`,
          },
          {
            label: "Next three runs",
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
                  {status === "ENABLED"
                    ? "none: the expression has no time left"
                    : "none while it is disabled"}
                </span>
              ),
          },
        ]}
      />
    </Card>
  );
}
