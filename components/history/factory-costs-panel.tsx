"use client";
import { ChartCard } from "@/components/charts/chart-card";
import { FigureTile } from "@/components/charts/figure-tile";
import { RankedBars } from "@/components/charts/ranked-bars";
import { hourOf, sayUsd } from "@/lib/authoring/cost/estimate-cost";
import { SNAPSHOT_GIB_MONTH } from "@/lib/authoring/cost/prices";
import { urls } from "@/lib/core/urls";
import type { PanelProps } from "./panel-props";
import { useTargetColumn } from "./use-target-column";

/** The instance's hours at list price; undefined for a type whose price is not known here. */
const usdOf = (instanceType: string, hours: number): number | undefined => {
  const hourly = hourOf(instanceType, false);
  return hourly === undefined ? undefined : hourly * hours;
};
const sum = (values: (number | undefined)[]) => values.reduce<number>((total, value = 0) => total + value, 0);

/** What does it cost? Hours and gigabytes, which AWS bills, and what they come to by list prices. */
export function FactoryCostsPanel({
  target,
  answer: { hours, kept, keptImages, keptGib },
  question,
}: PanelProps<"costs">) {
  const total = sum(hours.map((row) => row.hours));
  const before = sum(hours.map((row) => row.hoursBefore));
  const usd = sum(hours.map((row) => usdOf(row.instanceType, row.hours)));
  const usdBefore = sum(hours.map((row) => usdOf(row.instanceType, row.hoursBefore)));
  const unpriced = hours.filter((row) => usdOf(row.instanceType, 1) === undefined).length;
  const buildsOf = (instanceType: string) =>
    urls.history(target, { ...question, show: "builds", instanceType });
  return (
    <>
      <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <FigureTile
          label="Est. build hours"
          value={total.toFixed(1)}
          note={`previous period: ${before.toFixed(1)}`}
        />
        <FigureTile
          label="Est. build instance cost"
          value={sayUsd(usd)}
          note={`previous period: ${sayUsd(usdBefore)}; Linux On-Demand prices in us-east-1${unpriced > 0 ? `, ${unpriced} types not counted` : ""}`}
        />
        <FigureTile
          label="AMI builds kept"
          value={keptImages.toLocaleString("en")}
          note="not deleted in AWS"
        />
        <FigureTile
          label="Est. snapshot cost per month"
          value={sayUsd(keptGib * SNAPSHOT_GIB_MONTH)}
          note={`at most ${keptGib.toLocaleString("en")} GiB: recipe volumes in each Region`}
        />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <ChartCard
          title="Build hours by instance type"
          note="estimate: start to end, first instance type requested"
          file="build-hours"
          columns={[
            {
              header: "Instance type",
              value: (row) => row.instanceType,
              href: (row) => buildsOf(row.instanceType),
            },
            { header: "Builds", value: ({ builds }) => builds, align: "end" },
            { header: "Hours", value: (row) => row.hours.toFixed(1), align: "end" },
            {
              header: "Est. USD",
              value: (row) => usdOf(row.instanceType, row.hours)?.toFixed(2) ?? "price unknown",
              align: "end",
            },
            { header: "Previous period, hours", value: (row) => row.hoursBefore.toFixed(1), align: "end" },
          ]}
          rows={hours}
          keyOf={({ instanceType }) => instanceType}
          empty="No builds in this period are indexed yet."
        >
          <RankedBars
            tone="mute"
            bars={hours.map((row) => ({
              key: row.instanceType,
              title: `${row.instanceType}, hours`,
              count: Math.round(row.hours * 10) / 10,
              before: Math.round(row.hoursBefore * 10) / 10,
              href: buildsOf(row.instanceType),
            }))}
          />
        </ChartCard>
        <ChartCard
          title="Images kept by pipeline"
          note={`estimate; recipes without volumes are not counted${kept.length === 50 ? "; top 50" : ""}`}
          file="images-kept"
          columns={[
            ...useTargetColumn<(typeof kept)[number]>(question),
            {
              header: "Pipeline",
              value: ({ pipeline }) => pipeline || "none",
              href: (row) =>
                urls.history(row.target, {
                  ...question,
                  targets: undefined,
                  show: "builds",
                  pipeline: row.pipeline || undefined,
                  result: "succeeded",
                }),
            },
            { header: "Images", value: (row) => row.images, align: "end" },
            { header: "GiB", value: (row) => row.gib, align: "end" },
            {
              header: "USD per month",
              value: (row) => (row.gib * SNAPSHOT_GIB_MONTH).toFixed(2),
              align: "end",
            },
          ]}
          rows={kept}
          keyOf={(row) => `${row.target}/${row.pipeline}`}
          isTableOnly
          empty="No AMI builds"
        />
      </div>
    </>
  );
}
