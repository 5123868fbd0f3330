"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChartCard } from "@/components/charts/chart-card";
import { TimeChart } from "@/components/charts/time-chart";
import { describeDuration, HOUR_MS } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import { historyQuery } from "@/lib/queries/history";
import { DurationFigures } from "./duration-figures";
import { axisDays, changeMarks, durationLines, stageStacks } from "./duration-series";
import type { PanelProps } from "./panel-props";
import { SlowerSteps } from "./slower-steps-panel";
import { weekEnd, zoomInto } from "./zoom-into";

const inMinutes = (ms: number) => (ms / 60_000).toFixed(1);

/** Where does the time go, and since when does it take longer? */
export function BuildDurationsPanel({ target, answer, question }: PanelProps<"durations">) {
  const { series, period, stageSeries, steps, pipelines, changes, range } = answer;
  const slower = useQuery(historyQuery(target, "slower", question));
  const [cursor, setCursor] = useState<number>();
  const days = axisDays(answer);
  const buildsOf = (day: string) =>
    urls.history(target, {
      ...question,
      show: "builds",
      from: day,
      to: period === "day" ? day : weekEnd(day),
    });
  const marks = changeMarks(changes, slower.data?.slower ?? [], { days, period, timeZone: range.timeZone });
  const chart = {
    days,
    measure: "duration",
    format: describeDuration,
    isWeekly: period === "week",
    hrefOf: buildsOf,
    onZoom: zoomInto(target, days, period),
    cursor,
    onCursor: setCursor,
  } as const;
  const isSeveral = pipelines.length > 1;
  const entry = period === "day" ? "Day" : "Week from";
  return (
    <div className="grid gap-4">
      <ChartCard
        title={isSeveral ? "Builds by pipeline" : "Whole builds"}
        note={`${isSeveral ? `p50 of the ${pipelines.length} pipelines with the most build time, ` : ""}${period === "day" ? "daily" : "weekly"}, days in ${range.timeZone}, ±2%`}
        file="build-durations"
        columns={[
          { header: entry, value: ({ day }) => day, href: ({ day }) => buildsOf(day) },
          { header: "Builds", value: ({ count }) => count, align: "end" },
          { header: "p50, min", value: ({ p50Ms }) => inMinutes(p50Ms), align: "end" },
          { header: "p95, min", value: ({ p95Ms }) => inMinutes(p95Ms), align: "end" },
        ]}
        rows={series}
        keyOf={({ day }) => day}
        empty="No successful builds in this period, or none indexed yet."
        figures={<DurationFigures answer={answer} />}
      >
        <TimeChart
          {...chart}
          label="Duration of builds"
          lines={durationLines(answer, days)}
          marks={marks}
          height="h-56"
        />
        {marks.length > 0 && (
          <p className="m-0 mt-1 text-ink-2 text-xs">
            Changes: <b>B</b> base image, <b>C</b> component, <b>R</b> recipe, <b>+</b> several
          </p>
        )}
      </ChartCard>
      <SlowerSteps target={target} question={question} {...slower} />
      <ChartCard
        title="By stage"
        note={`p50 ${period === "day" ? "per day" : "per week"}${isSeveral ? ", all pipelines" : ""}`}
        file="duration-of-stages"
        columns={[
          { header: entry, value: ({ day }) => day, href: ({ day }) => buildsOf(day) },
          { header: "Stage", value: ({ stage }) => stage },
          { header: "Times", value: ({ count }) => count, align: "end" },
          { header: "p50, s", value: ({ p50Ms }) => Math.round(p50Ms / 1000), align: "end" },
          { header: "p95, s", value: ({ p95Ms }) => Math.round(p95Ms / 1000), align: "end" },
        ]}
        rows={stageSeries}
        keyOf={({ stage, day }) => `${stage}/${day}`}
        empty="No stages indexed yet."
      >
        <TimeChart {...chart} label="Duration of stages" stacks={stageStacks(answer, days)} />
      </ChartCard>
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
  );
}
