"use client";
import { ChartCard } from "@/components/charts/chart-card";
import { useTimeZone } from "@/components/ui/time-zone";
import { urls } from "@/lib/core/urls";
import { dayAt } from "@/lib/history/calendar-day";
import type { PanelProps } from "./panel-props";

/** Which packages were not the same from one good image of a pipeline to the next. */
export function PackageChangesPanel({ answer: { images, changes } }: Pick<PanelProps<"packages">, "answer">) {
  const timeZone = useTimeZone();
  return (
    <ChartCard
      title="Packages"
      note={
        images.length > 1
          ? `between the latest ${images.length} successful images; ${images[0]?.packages} packages now`
          : undefined
      }
      file="package-changes"
      columns={[
        { header: "When", value: ({ of }) => dayAt(timeZone, Date.parse(of.createdAt)) },
        {
          header: "Image",
          value: ({ of }) => `${of.name} ${of.version}/${of.build}`,
          href: ({ of }) => urls.imageBuild(of.target, of),
        },
        { header: "Package", value: ({ name }) => name, isCode: true },
        { header: "Before", value: ({ before }) => before ?? "none", isCode: true },
        { header: "After", value: ({ after }) => after ?? "none", isCode: true },
      ]}
      rows={changes}
      keyOf={({ of, name, before, after }) => [of.version, of.build, name, before, after].join("/")}
      isTableOnly
      empty={
        images.length > 1
          ? "No package changes between the latest images."
          : "Fewer than two images in this period have a package list. Enable enhanced image metadata in the pipeline."
      }
    />
  );
}
