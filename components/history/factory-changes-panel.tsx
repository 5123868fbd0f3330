"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartCard } from "@/components/charts/chart-card";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { useTimeZone } from "@/components/ui/time-zone";
import { urls } from "@/lib/core/urls";
import { dayAt } from "@/lib/history/calendar-day";
import { historyQuery } from "@/lib/queries/history";
import { ImageLineage } from "./image-lineage";
import { PackageChangesPanel } from "./package-changes-panel";
import type { PanelProps } from "./panel-props";

const WORDS: Record<string, string> = { base: "Base image", recipe: "Recipe", component: "Component" };

/** What changed? */
export function FactoryChangesPanel({
  target,
  answer: { changes, lineage, pipelines },
  question,
}: PanelProps<"changes">) {
  const timeZone = useTimeZone();
  return (
    <div className="grid gap-4">
      <ChartCard
        title="Changes"
        note="compared with the previous build"
        file="changes"
        columns={[
          { header: "When", value: ({ createdAt }) => dayAt(timeZone, Date.parse(createdAt)) },
          {
            header: "Build",
            value: ({ of }) => `${of.name} ${of.version}/${of.build}`,
            href: ({ of }) => urls.imageBuild(of.target, of),
          },
          { header: "Result", value: ({ result }) => (result === "succeeded" ? "good" : result) },
          {
            header: "What",
            value: ({ kind, name }) => (kind === "component" ? `Component ${name}` : (WORDS[kind] ?? kind)),
          },
          { header: "Before", value: ({ before }) => before ?? "none" },
          { header: "After", value: ({ after }) => after ?? "none" },
        ]}
        rows={changes}
        keyOf={({ of, kind, name }) => `${of.target}/${of.name}/${of.version}/${of.build}/${kind}/${name}`}
        isTableOnly
        empty="No build in this period used different inputs from the previous one."
      />
      <Packages target={target} question={question} />
      <ImageLineage lineage={lineage} pipelines={pipelines} question={question} />
    </div>
  );
}

/** They are read from AWS image by image, so of one pipeline only. */
function Packages({ target, question }: Pick<PanelProps<"changes">, "target" | "question">) {
  const { data, error, refetch } = useQuery({
    ...historyQuery(target, "packages", question),
    enabled: Boolean(question.pipeline),
    refetchInterval: false,
  });
  if (!question.pipeline)
    return (
      <Card title="Packages">
        <p className="m-0 text-ink-2">Choose a pipeline above to see package changes between its images.</p>
      </Card>
    );
  if (data) return <PackageChangesPanel answer={data} />;
  return (
    <Card title="Packages" flush>
      {error ? (
        <ReadFailure title="Couldn't load packages" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading the packages" lines={4} />
      )}
    </Card>
  );
}
