"use client";
import dynamic from "next/dynamic";
import { ChartCard, type ChartColumn } from "@/components/charts/chart-card";
import { FigureTile } from "@/components/charts/figure-tile";
import { TimeChart } from "@/components/charts/time-chart";
import type { BadgeTone } from "@/components/ui/status-badge";
import { useTimeZone } from "@/components/ui/time-zone";
import { WhenNear } from "@/components/ui/when-near";
import { ALL_ACCOUNTS } from "@/lib/core/target";
import { urls } from "@/lib/core/urls";
import { dayAt } from "@/lib/history/calendar-day";
import type { FactoryHealth, PipelineStanding } from "@/lib/history/types";
import { allOf, countBefore, percent, shareMoved, successShare } from "./figures-in-words";
import type { PanelProps } from "./panel-props";
import { dayQuestion, resultHref, resultStacks } from "./result-bars";
import { useTargetColumn } from "./use-target-column";
import { zoomInto } from "./zoom-into";

const FreshnessTargetForm = dynamic(
  () => import("./freshness-target-form").then((file) => file.FreshnessTargetForm),
  { loading: () => <div className="min-h-[49px]" /> },
);

/** Is the factory healthy? */
export function FactoryHealthPanel({ target, answer, question }: PanelProps<"health">) {
  const { range, days, pipelines } = answer;
  const timeZone = useTimeZone();
  const dayColumns: ChartColumn<FactoryHealth["days"][number]>[] = [
    {
      header: "Day",
      value: ({ day }) => day,
      href: ({ day }) => urls.history(target, dayQuestion(question, day, 0)),
    },
    { header: "Succeeded", value: ({ succeeded }) => succeeded, align: "end" },
    { header: "Failed", value: ({ failed }) => failed, align: "end" },
    { header: "Canceled", value: ({ cancelled }) => cancelled, align: "end" },
    { header: "Running", value: ({ running }) => running, align: "end" },
  ];
  return (
    <>
      <HealthTiles answer={answer} />
      <div className="grid gap-4">
        <ChartCard
          title="Builds by day"
          note={`${range.from} to ${range.to}, ${range.timeZone}`}
          file="builds-by-day"
          columns={dayColumns}
          rows={days}
          keyOf={({ day }) => day}
          empty="No days."
        >
          <TimeChart
            label="Builds by day"
            days={days.map(({ day }) => day)}
            measure="count"
            format={(count) => count.toLocaleString("en")}
            stacks={resultStacks(days)}
            hrefOf={resultHref(target, question, days)}
            onZoom={zoomInto(
              target,
              days.map(({ day }) => day),
            )}
          />
        </ChartCard>
        <ChartCard
          title="Pipelines now"
          note={
            answer.standing.pipelines > pipelines.length
              ? `the first ${pipelines.length} of ${answer.standing.pipelines.toLocaleString("en")}, failing and stale first`
              : "failing and stale first"
          }
          file="pipelines-now"
          columns={[...useTargetColumn<PipelineStanding>(question), ...standingColumns(timeZone)]}
          rows={pipelines}
          keyOf={(row) => `${row.target}/${row.pipeline}`}
          isTableOnly
          footer={
            target !== ALL_ACCOUNTS && (
              <WhenNear placeholder={<div className="min-h-[49px]" />}>
                <FreshnessTargetForm target={target} pipelines={pipelines} />
              </WhenNear>
            )
          }
          empty="No builds yet. Run a pipeline: its first build appears here within a minute."
        />
      </div>
    </>
  );
}

const stateOf = ({ streak, isStale }: PipelineStanding) =>
  [streak?.result === "failed" ? "failing" : "", isStale ? "stale" : ""].filter(Boolean).join(", ") ||
  "healthy";

function toneOf({ streak, isStale }: PipelineStanding): BadgeTone {
  if (streak?.result === "failed") return "fail";
  return isStale ? "wait" : "ok";
}

const standingColumns = (timeZone: string): ChartColumn<PipelineStanding>[] => [
  {
    header: "Pipeline",
    value: ({ pipeline }) => pipeline,
    href: (row) => urls.pipeline(row.target, row.pipeline),
  },
  {
    header: "Streak",
    value: ({ streak }) => streak && `${streak.count} ${streak.result === "failed" ? "failed" : "succeeded"}`,
    href: ({ target, lastBuild }) => urls.imageBuild(target, lastBuild),
  },
  { header: "Since", value: ({ streak }) => streak && dayAt(timeZone, Date.parse(streak.since)) },
  {
    header: "Latest image",
    value: ({ lastGoodAt }) => (lastGoodAt ? dayAt(timeZone, Date.parse(lastGoodAt)) : "none"),
  },
  { header: "Image age, days", value: ({ ageDays }) => ageDays, align: "end" },
  { header: "Max. age, days", value: ({ freshWithinDays }) => freshWithinDays, align: "end" },
  { header: "State", value: stateOf, tone: toneOf },
];

/** The factory in four numbers, each beside what it was. */
export function HealthTiles({
  answer: { totals, before, range, days, pipelines, standing },
}: {
  answer: FactoryHealth;
}) {
  // The last day is not over: it would end each line with a fall.
  const whole = days.slice(0, -1);
  const failing = pipelines.filter(({ streak }) => streak?.result === "failed");
  return (
    <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
      <FigureTile
        label="Success rate"
        value={percent(successShare(totals))}
        note={shareMoved(successShare(totals), successShare(before))}
        trend={whole.map(successShare)}
      />
      <FigureTile
        label="Builds"
        value={allOf(totals).toLocaleString("en")}
        note={`${(allOf(totals) / range.days).toFixed(1)} per day; ${countBefore(allOf(before), range)}`}
        trend={whole.map(allOf)}
      />
      <FigureTile
        label="Pipelines failing now"
        value={standing.failing.toLocaleString("en")}
        note={
          standing.failing === 0
            ? "none failing"
            : failing
                .map(({ pipeline }) => pipeline)
                .slice(0, 3)
                .join(", ")
        }
      />
      <FigureTile
        label="Stale images"
        value={`${standing.stale.toLocaleString("en")} of ${standing.pipelines.toLocaleString("en")}`}
        note={standing.stale === 0 ? "none stale" : `oldest ${standing.oldestDays} days`}
      />
    </div>
  );
}
