"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { historyQuery } from "@/lib/queries/history";
import { ComingRunsPanel } from "./coming-runs-panel";
import type { PanelProps } from "./panel-props";

/** Read apart from the calendar: schedules are AWS's to tell, and the calendar must not wait for them. */
export function ComingRuns({ target, question }: Pick<PanelProps<"coming">, "target" | "question">) {
  const { data, error, refetch } = useQuery({
    ...historyQuery(target, "coming", { targets: question.targets, pipeline: question.pipeline }),
    refetchInterval: 60_000,
  });
  if (data) return <ComingRunsPanel target={target} answer={data} question={question} state={question} />;
  return (
    <Card title="The next week" flush>
      {error ? (
        <ReadFailure title="Couldn't load schedules" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading the schedules" lines={4} />
      )}
    </Card>
  );
}
