"use client";
import { ChartCard } from "@/components/charts/chart-card";
import { FigureTile } from "@/components/charts/figure-tile";
import { PercentileLines } from "@/components/charts/percentile-lines";
import { DAY_MS, describeDuration, HOUR_MS } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import type { PanelProps } from "./panel-props";

const inMinutes = (ms: number) => (ms / 60_000).toFixed(1);

/** Where does the time go? */
export function BuildDurationsPanel({ target, answer, question }: PanelProps<"durations">) {
  const { build, before, series, period, stages, stageSeries, steps } = answer;
  const wait = stages.find(({ stage }) => stage === "Create");
  const buildsOf = (day: string) =>
    urls.history(target, {
      ...question,
      show: "builds",
      from: day,
      to: period === "day" ? day : weekEnd(day),
    });
  return (
    <>
      <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <FigureTile
          label="p50 duration"
          value={build ? describeDuration(build.p50Ms) : "none yet"}
          note={before ? `previous period: ${describeDuration(before.p50Ms)}` : "no previous period"}
        />
        <FigureTile
          label="p95 duration"
          value={build ? describeDuration(build.p95Ms) : "none yet"}
          note={before ? `previous period: ${describeDuration(before.p95Ms)}` : "no previous period"}
        />
        <FigureTile
          label="Queue time"
          value={wait ? describeDuration(wait.p50Ms) : "none yet"}
          note={wait ? `p95 ${describeDuration(wait.p95Ms)}` : "no builds started"}
        />
        <FigureTile label="Builds measured" value={String(build?.count ?? 0)} note="successful builds only" />
      </div>
      <div className="grid gap-4">
        <ChartCard
          title="Whole builds"
          note={`${period === "day" ? "daily" : "weekly"}, ±2%`}
          file="build-durations"
          columns={[
            {
              header: period === "day" ? "Day" : "Week from",
              value: ({ day }) => day,
              href: ({ day }) => buildsOf(day),
            },
            { header: "Builds", value: ({ count }) => count, align: "end" },
            { header: "p50, min", value: ({ p50Ms }) => inMinutes(p50Ms), align: "end" },
            { header: "p95, min", value: ({ p95Ms }) => inMinutes(p95Ms), align: "end" },
          ]}
          rows={series}
          keyOf={({ day }) => day}
          empty="No successful builds in this period, or none indexed yet."
        >
          <PercentileLines
            points={series}
            label="Duration of builds over time; the table below has the figures"
            format={describeDuration}
            hrefOf={buildsOf}
          />
        </ChartCard>
        <div className="grid gap-4 lg:grid-cols-2">
          {stages.map(({ stage, count, p50Ms, p95Ms }) => (
            <ChartCard
              key={stage}
              title={stage}
              note={`${count} times; p50 ${describeDuration(p50Ms)}, p95 ${describeDuration(p95Ms)}`}
              file={`duration-of-${stage.toLowerCase()}`}
              columns={[
                {
                  header: period === "day" ? "Day" : "Week from",
                  value: ({ day }) => day,
                  href: ({ day }) => buildsOf(day),
                },
                { header: "Times", value: (point) => point.count, align: "end" },
                { header: "p50, s", value: (point) => Math.round(point.p50Ms / 1000), align: "end" },
                { header: "p95, s", value: (point) => Math.round(point.p95Ms / 1000), align: "end" },
              ]}
              rows={stageSeries.filter((point) => point.stage === stage)}
              keyOf={({ day }) => day}
              empty="No data."
            >
              <PercentileLines
                points={stageSeries.filter((point) => point.stage === stage)}
                label={`Duration of the stage ${stage} over time; the table below has the figures`}
                format={describeDuration}
                hrefOf={buildsOf}
              />
            </ChartCard>
          ))}
        </div>
        <ChartCard
          title="Workflow steps"
          note="slowest first"
          file="step-durations"
          columns={[
            {
              header: "Step",
              value: ({ name }) => name,
              href: ({ name }) => urls.history(target, { ...question, show: "builds", ran: name }),
            },
            { header: "Stage", value: ({ stage }) => stage },
            { header: "Times", value: ({ count }) => count, align: "end" },
            { header: "p50", value: ({ p50Ms }) => describeDuration(p50Ms), align: "end" },
            { header: "p95", value: ({ p95Ms }) => describeDuration(p95Ms), align: "end" },
            {
              header: "Total hours",
              value: ({ totalMs }) => (totalMs / HOUR_MS).toFixed(1),
              align: "end",
            },
          ]}
          rows={steps}
          keyOf={({ stage, name }) => `${stage}/${name}`}
          isTableOnly
          empty="No steps indexed yet."
        />
      </div>
    </>
  );
}

const weekEnd = (monday: string) => new Date(Date.parse(monday) + 6 * DAY_MS).toISOString().slice(0, 10);
