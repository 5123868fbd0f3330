"use client";
import { ChartCard } from "@/components/charts/chart-card";
import { FigureTile } from "@/components/charts/figure-tile";
import { RankedBars } from "@/components/charts/ranked-bars";
import { urls } from "@/lib/core/urls";
import type { BuildChange, FailureCause, HistoryState } from "@/lib/history/types";
import { countBefore } from "./figures-in-words";
import type { PanelProps } from "./panel-props";
import { targetColumn } from "./target-column";

const KINDS = [
  { id: "rules", title: "What went wrong", filter: "rule", unknown: "Not known" },
  { id: "components", title: "In which component", filter: "component", unknown: "Outside of components" },
  { id: "steps", title: "At which workflow step", filter: "step", unknown: "Before any step" },
  { id: "stages", title: "In which stage", filter: "stage", unknown: "Not known" },
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
          label="Failures after a good build"
          value={firstFailed.toLocaleString("en")}
          note="what was not the same stands below"
        />
        <FigureTile
          label="Most frequent cause"
          value={worst ? ofAll(worst.count, failed) : "none"}
          note={worst ? worst.title : "nothing failed in these days"}
        />
        <FigureTile
          label="Failures with a known cause"
          value={failed === 0 ? "none" : ofAll(failed - unexplained, failed)}
          note={unexplained === 0 ? "a rule explains each" : "the others are read as they are"}
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
              { header: "Before", value: ({ before }) => before, align: "end" },
            ]}
            rows={answer[id]}
            keyOf={({ key }) => key}
            empty="Nothing failed in these days."
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
          title="First failures after a good build"
          note={
            firstFailed > firstFailures.length
              ? `the newest ${firstFailures.length}, and what was not the same`
              : "and what was not the same"
          }
          file="first-failures"
          columns={[
            ...targetColumn<(typeof firstFailures)[number]>(question),
            {
              header: "Build",
              value: ({ name, version, build }) => `${name} ${version}/${build}`,
              href: (build) => urls.imageBuild(build.target, build),
            },
            { header: "Day", value: ({ day }) => day },
            {
              header: "What went wrong",
              value: ({ ruleTitle, failedStep }) => ruleTitle ?? failedStep ?? "Not known",
            },
            { header: "What changed", value: ({ changes }) => changesInWords(changes) },
          ]}
          rows={firstFailures}
          keyOf={({ target: of, name, version, build }) => `${of}/${name}/${version}/${build}`}
          isTableOnly
          empty="No build failed right after a good one in these days."
        />
      </div>
    </>
  );
}

const ofAll = (some: number, all: number) => `${some.toLocaleString("en")} of ${all.toLocaleString("en")}`;

const changesInWords = (changes: BuildChange[]): string =>
  changes.length === 0
    ? "nothing that is on record"
    : changes
        .map(({ name, before, after }) => `${name}: ${before ?? "none"} to ${after ?? "none"}`)
        .join("; ");
