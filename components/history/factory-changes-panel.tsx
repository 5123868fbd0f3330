"use client";
import { useQuery } from "@tanstack/react-query";
import { ChartCard } from "@/components/charts/chart-card";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { historyQuery } from "@/lib/queries/history";
import { urls } from "@/lib/urls";
import { PackageChangesPanel } from "./package-changes-panel";
import type { PanelProps } from "./panel-props";
import { targetColumn } from "./target-column";

const WORDS: Record<string, string> = { base: "Base image", recipe: "Recipe", component: "Component" };

/** What changed? */
export function FactoryChangesPanel({
  target,
  answer: { changes, lineage, pipelines },
  question,
}: PanelProps<"changes">) {
  return (
    <div className="grid gap-4">
      <ChartCard
        title="Changes"
        note="each beside the ended build before it; newest first"
        file="changes"
        columns={[
          { header: "When", value: ({ createdAt }) => createdAt.slice(0, 10) },
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
          { header: "Since", value: ({ after }) => after ?? "none" },
        ]}
        rows={changes}
        keyOf={({ of, kind, name }) => `${of.target}/${of.name}/${of.version}/${of.build}/${kind}/${name}`}
        isTableOnly
        empty="No build of these days that has been read was made of anything else than the one before it."
      />
      <Packages target={target} question={question} />
      <ChartCard
        title="From base to launch template"
        note={
          pipelines > lineage.length
            ? `the newest good image of the first ${lineage.length} of ${pipelines.toLocaleString("en")} pipelines`
            : "the newest good image of each pipeline"
        }
        file="lineage"
        columns={[
          ...targetColumn<(typeof lineage)[number]>(question),
          {
            header: "Pipeline",
            value: ({ pipeline }) => pipeline,
            href: (row) => urls.pipeline(row.target, row.pipeline),
          },
          {
            header: "Base image",
            value: ({ parentImage, baseAmi }) =>
              [parentImage?.replace(/^arn:[^/]+\//, ""), baseAmi].filter(Boolean).join(" → "),
            isCode: true,
          },
          {
            header: "Recipe and components",
            value: ({ recipe, components }) =>
              [recipe, ...components.map(({ name, version }) => `${name} ${version}`)]
                .filter(Boolean)
                .join(", "),
          },
          {
            header: "Image",
            value: ({ version, build }) => `${version}/${build}`,
            href: (row) => urls.imageBuild(row.target, row),
            isCode: true,
          },
          {
            header: "AMIs",
            value: ({ amis }) => amis.map(({ region, amiId }) => `${amiId} ${region}`).join(", "),
            isCode: true,
          },
          {
            header: "Launch templates",
            value: ({ launchTemplates }) =>
              launchTemplates
                .map(({ region, launchTemplateId }) => `${launchTemplateId} ${region}`)
                .join(", ") || "none",
            isCode: true,
          },
        ]}
        rows={lineage}
        keyOf={(row) => `${row.target}/${row.pipeline}`}
        isTableOnly
        empty="No pipeline has a good image yet."
      />
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
        <p className="m-0 text-ink-2">Choose a pipeline above to see which packages its images changed.</p>
      </Card>
    );
  if (data) return <PackageChangesPanel answer={data} />;
  return (
    <Card title="Packages" flush>
      {error ? (
        <ReadFailure title="The packages cannot be shown" error={error} onRetry={refetch} />
      ) : (
        <Skeleton label="Loading the packages" lines={4} />
      )}
    </Card>
  );
}
