"use client";
import { ChartCard } from "@/components/charts/chart-card";
import { FigureTile } from "@/components/charts/figure-tile";
import { RankedBars } from "@/components/charts/ranked-bars";
import { urls } from "@/lib/urls";
import type { PanelProps } from "./panel-props";

/** What does it cost? Hours and gigabytes, which AWS bills; prices are between the reader and AWS. */
export function FactoryCostsPanel({ target, answer: { range, hours, kept }, question }: PanelProps<"costs">) {
  const total = hours.reduce((sum, row) => sum + row.hours, 0);
  const before = hours.reduce((sum, row) => sum + row.hoursBefore, 0);
  const images = kept.reduce((sum, row) => sum + row.images, 0);
  const gib = kept.reduce((sum, row) => sum + row.gib, 0);
  const buildsOf = (instanceType: string) =>
    urls.history(target, { ...question, show: "builds", instanceType });
  return (
    <>
      <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <FigureTile
          label="Build hours, estimated"
          value={total.toFixed(1)}
          note={`${before.toFixed(1)} in the ${range.days} days before`}
        />
        <FigureTile
          label="AMI builds kept"
          value={images.toLocaleString("en")}
          note="that AWS still has on record"
        />
        <FigureTile
          label="Snapshots kept, estimated"
          value={`${gib.toLocaleString("en")} GiB`}
          note="at most: volumes of the recipes, each Region"
        />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <ChartCard
          title="Build hours by instance type"
          note="estimate: from start to end, by the first type that is asked for"
          file="build-hours"
          columns={[
            {
              header: "Instance type",
              value: (row) => row.instanceType,
              href: (row) => buildsOf(row.instanceType),
            },
            { header: "Builds", value: ({ builds }) => builds, align: "end" },
            { header: "Hours", value: (row) => row.hours.toFixed(1), align: "end" },
            { header: "Hours before", value: (row) => row.hoursBefore.toFixed(1), align: "end" },
          ]}
          rows={hours}
          keyOf={({ instanceType }) => instanceType}
          empty="No build of these days has been read yet."
        >
          <RankedBars
            bars={hours.map((row) => ({
              key: row.instanceType,
              title: row.instanceType,
              count: Math.round(row.hours * 10) / 10,
              before: Math.round(row.hoursBefore * 10) / 10,
              href: buildsOf(row.instanceType),
            }))}
          />
        </ChartCard>
        <ChartCard
          title="Images kept by pipeline"
          note="estimate; a recipe that names no volume counts none"
          file="images-kept"
          columns={[
            {
              header: "Pipeline",
              value: ({ pipeline }) => pipeline || "none",
              href: ({ pipeline }) =>
                urls.history(target, { ...question, show: "builds", pipeline, result: "succeeded" }),
            },
            { header: "Images", value: (row) => row.images, align: "end" },
            { header: "GiB", value: (row) => row.gib, align: "end" },
          ]}
          rows={kept}
          keyOf={(row) => `${row.target}/${row.pipeline}`}
          isTableOnly
          empty="No AMI builds are on record."
        />
      </div>
    </>
  );
}
