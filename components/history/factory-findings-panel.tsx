"use client";
import { ChartCard } from "@/components/charts/chart-card";
import { FigureTile } from "@/components/charts/figure-tile";
import { TimeChart } from "@/components/charts/time-chart";
import { urls } from "@/lib/core/urls";
import type { PanelProps } from "./panel-props";
import { useTargetColumn } from "./use-target-column";
import { zoomInto } from "./zoom-into";

/** Are we safe? */
export function FactoryFindingsPanel({
  target,
  answer: { range, days, scanned: scannedImages, critical: criticalImages, images, doubts },
  question,
}: PanelProps<"findings">) {
  const last = days.at(-1);
  const first = days[0];
  const inUse = images.filter(({ critical, usedBy = [] }) => critical > 0 && usedBy.length > 0);
  const scanned = days.filter(({ images: count }) => count > 0);
  return (
    <>
      <div className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <FigureTile
          label="Critical findings"
          value={String(last?.critical ?? 0)}
          note={`${first?.critical ?? 0} on ${first?.day ?? range.from}`}
        />
        <FigureTile
          label="High"
          value={String(last?.high ?? 0)}
          note={`${first?.high ?? 0} on ${first?.day ?? range.from}`}
        />
        <FigureTile
          label="Latest images with critical findings"
          value={`${criticalImages.toLocaleString("en")} of ${scannedImages.toLocaleString("en")}`}
          note="pipelines with image scanning"
        />
        <FigureTile
          label="Critical and in use"
          value={String(inUse.length)}
          note={
            doubts.length === 0
              ? "by instances, launch templates, Auto Scaling groups, or parameters"
              : `at least; ${doubts.join(" ")}`
          }
        />
      </div>
      <div className="grid gap-4">
        <ChartCard
          title="Findings over time"
          note="latest successful scanned image of each pipeline"
          file="findings-over-time"
          columns={[
            { header: "Day", value: ({ day }) => day },
            { header: "Images", value: ({ images: count }) => count, align: "end" },
            { header: "Critical", value: (day) => day.critical, align: "end" },
            { header: "High", value: (day) => day.high, align: "end" },
            { header: "Medium", value: (day) => day.medium, align: "end" },
            { header: "Other", value: (day) => day.other, align: "end" },
          ]}
          rows={scanned}
          keyOf={({ day }) => day}
          empty="No images scanned. Enable image scanning in a pipeline and Amazon Inspector in the account."
        >
          <TimeChart
            label="Findings over time"
            days={scanned.map(({ day }) => day)}
            measure="count"
            format={(count) => count.toLocaleString("en")}
            stacks={[
              { name: "critical", values: scanned.map((day) => day.critical), tone: "fail" },
              { name: "high", values: scanned.map((day) => day.high), tone: "wait" },
              { name: "medium", values: scanned.map((day) => day.medium), tone: "mute" },
              { name: "other", values: scanned.map((day) => day.other), tone: "faint" },
            ]}
            hrefOf={(day) =>
              urls.history(target, {
                ...question,
                show: "builds",
                from: range.from,
                to: day,
                result: "succeeded",
              })
            }
            onZoom={zoomInto(
              target,
              scanned.map(({ day }) => day),
            )}
          />
        </ChartCard>
        <ChartCard
          title="Latest images"
          note={
            scannedImages > images.length
              ? `the worst ${images.length} of ${scannedImages.toLocaleString("en")}`
              : "worst first"
          }
          file="images-with-findings"
          columns={[
            ...useTargetColumn<(typeof images)[number]>(question),
            {
              header: "Pipeline",
              value: ({ pipeline }) => pipeline,
              href: (row) => urls.pipeline(row.target, row.pipeline),
            },
            {
              header: "Image",
              value: ({ name, version, build }) => `${name} ${version}/${build}`,
              href: (row) => urls.imageBuild(row.target, row),
            },
            { header: "Critical", value: (row) => row.critical, align: "end" },
            { header: "High", value: (row) => row.high, align: "end" },
            { header: "Medium", value: (row) => row.medium, align: "end" },
            { header: "Other", value: (row) => row.other, align: "end" },
            {
              header: "AMIs",
              value: ({ amis }) => amis.map(({ amiId, region }) => `${amiId} ${region}`),
              isCode: true,
            },
            { header: "In use by", value: usersInWords },
          ]}
          rows={images}
          keyOf={(row) => `${row.target}/${row.pipeline}`}
          isTableOnly
          empty="No images scanned."
        />
      </div>
    </>
  );
}

function usersInWords({
  critical,
  usedBy,
}: PanelProps<"findings">["answer"]["images"][number]): string | string[] {
  if (usedBy) return usedBy.length > 0 ? usedBy : "no usage found";
  return critical > 0 ? "switch account to check" : "";
}
