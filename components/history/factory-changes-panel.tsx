"use client";
import { ChartCard } from "@/components/charts/chart-card";
import { urls } from "@/lib/urls";
import type { PanelProps } from "./panel-props";

const WORDS: Record<string, string> = { base: "Base image", recipe: "Recipe", component: "Component" };

/** What changed? */
export function FactoryChangesPanel({ answer: { changes, lineage } }: PanelProps<"changes">) {
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
        empty="Every build of these days was made of the same as the one before it."
      />
      <ChartCard
        title="From base to image"
        note="the newest good image of each pipeline"
        file="lineage"
        columns={[
          {
            header: "Pipeline",
            value: ({ pipeline }) => pipeline,
            href: (row) => urls.pipeline(row.target, row.pipeline),
          },
          { header: "Base image", value: ({ parentImage }) => parentImage?.replace(/^arn:[^/]+\//, "") },
          { header: "Base AMI", value: ({ baseAmi }) => baseAmi },
          { header: "Recipe", value: ({ recipe }) => recipe },
          {
            header: "Components",
            value: ({ components }) => components.map(({ name, version }) => `${name} ${version}`).join(", "),
          },
          {
            header: "Image",
            value: ({ version, build }) => `${version}/${build}`,
            href: (row) => urls.imageBuild(row.target, row),
          },
          {
            header: "AMIs",
            value: ({ amis }) => amis.map(({ region, amiId }) => `${amiId} ${region}`).join(", "),
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
