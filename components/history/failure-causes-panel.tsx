"use client";
import { ChartCard } from "@/components/charts/chart-card";
import { FigureTile } from "@/components/charts/figure-tile";
import { RankedBars } from "@/components/charts/ranked-bars";
import { urls } from "@/lib/core/urls";
import type { BuildChange, FailureCause, HistoryState } from "@/lib/history/types";
import { countBefore } from "./figures-in-words";
import type { PanelProps } from "./panel-props";
import { useTargetColumn } from "./use-target-column";

const KINDS = [
  { id: "rules", title: "Cause", filter: "rule", unknown: "Unknown cause" },
  { id: "components", title: "Component", filter: "component", unknown: "Not in a component" },
  { id: "steps", title: "Workflow step", filter: "step", unknown: "Before the first step" },
  { id: "stages", title: "Stage", filter: "stage", unknown: "Unknown stage" },
] as const;

const titleIn =
  (unknown: string) =>
  ({ key, title }: FailureCause) =>
    key === "unknown" ? unknown : title;

/** Why do builds fail? */
export function FailureCausesPanel({ target, answer, question }: PanelProps<"failures">) {
  const { range, failed, failedBefore, unexplained, firstFailed, firstFailures } = answer;
  const worst = answer.rules.find(({ key, count }) => key !== "unknown" && count > 0);
  const buildsOf = (filter: HistoryState) =>
    urls.history(target, { ...question, show: "builds", result: "failed", ...filter });
  return (
    <>
      <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <FigureTile
          label="Failed builds"
          value={failed.toLocaleString("en")}
          note={countBefore(failedBefore, range)}
        />
        <FigureTile
          label="First failures"
          value={firstFailed.toLocaleString("en")}
          note="see changes below"
        />
        <FigureTile
          label="Most frequent cause"
          value={worst ? ofAll(worst.count, failed) : "none"}
          note={worst ? worst.title : "no failures in this period"}
        />
        <FigureTile
          label="Failures with a known cause"
          value={failed === 0 ? "none" : ofAll(failed - unexplained, failed)}
          note={unexplained === 0 ? "all classified" : "rest unclassified"}
        />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {KINDS.map(({ id, title, filter, unknown }) => (
          <ChartCard
            key={id}
            title={title}
            file={`failures-by-${filter}`}
            columns={[
              { header: title, value: titleIn(unknown), href: ({ key }) => buildsOf({ [filter]: key }) },
              { header: "Failed builds", value: ({ count }) => count, align: "end" },
              { header: "Previous period", value: ({ before }) => before, align: "end" },
            ]}
            rows={answer[id]}
            keyOf={({ key }) => key}
            empty="No failures in this period."
          >
            <RankedBars
              tone="fail"
              bars={answer[id]
                .filter(({ count }) => count > 0)
                .slice(0, 8)
                .map((cause) => ({
                  ...cause,
                  title: titleIn(unknown)(cause),
                  href: buildsOf({ [filter]: cause.key }),
                }))}
            />
          </ChartCard>
        ))}
      </div>
      <div className="mt-4">
        <ChartCard
          title="First failures after a successful build"
          note={
            firstFailed > firstFailures.length
              ? `latest ${firstFailures.length}, with changes since the last successful build`
              : "with changes since the last successful build"
          }
          file="first-failures"
          columns={[
            ...useTargetColumn<(typeof firstFailures)[number]>(question),
            {
              header: "Build",
              value: ({ name, version, build }) => `${name} ${version}/${build}`,
              href: (build) => urls.imageBuild(build.target, build),
            },
            { header: "Day", value: ({ day }) => day },
            {
              header: "Cause",
              value: ({ ruleTitle, failedStep }) => ruleTitle ?? failedStep ?? "Unknown cause",
            },
            { header: "Changes", value: ({ changes }) => changesInWords(changes) },
          ]}
          rows={firstFailures}
          keyOf={({ target: of, name, version, build }) => `${of}/${name}/${version}/${build}`}
          isTableOnly
          empty="No first failures in this period."
        />
      </div>
    </>
  );
}

const ofAll = (some: number, all: number) => `${some.toLocaleString("en")} of ${all.toLocaleString("en")}`;

const changesInWords = (changes: BuildChange[]): string =>
  changes.length === 0
    ? "no recorded changes"
    : changes
        .map(({ name, before, after }) => `${name}: ${before ?? "none"} to ${after ?? "none"}`)
        .join("; ");
