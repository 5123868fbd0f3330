"use client";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { ChartCard } from "@/components/charts/chart-card";
import { AccountMark } from "@/components/shell/target-names";
import { Button } from "@/components/ui/button";
import { withShortArns } from "@/lib/core/arn";
import { urls } from "@/lib/core/urls";
import type { FactoryChanges, HistoryState } from "@/lib/history/types";
import { useTargetColumn } from "./use-target-column";

type Lineage = FactoryChanges["lineage"][number];

const MOST_AT_FIRST = 12;

/** Of each pipeline's latest successful image: from what it was made, and where it went. */
export function ImageLineage({
  lineage,
  pipelines,
  question,
}: Pick<FactoryChanges, "lineage" | "pipelines"> & { question: HistoryState }) {
  const [isWhole, setIsWhole] = useState(false);
  return (
    <ChartCard
      title="Image lineage"
      note={
        pipelines > lineage.length
          ? `latest successful image of the first ${lineage.length} of ${pipelines.toLocaleString("en")} pipelines`
          : "latest successful image of each pipeline"
      }
      file="lineage"
      columns={[
        ...useTargetColumn<Lineage>(question),
        {
          header: "Pipeline",
          value: ({ pipeline }) => pipeline,
          href: (row) => urls.pipeline(row.target, row.pipeline),
        },
        { header: "Base image", value: baseOf, isCode: true },
        { header: "Recipe and components", value: (row) => [row.recipe ?? "", ...componentsOf(row)] },
        {
          header: "Image",
          value: ({ version, build }) => `${version}/${build}`,
          href: (row) => urls.imageBuild(row.target, row),
          isCode: true,
        },
        { header: "AMIs", value: amisOf, isCode: true },
        { header: "Launch templates", value: templatesOf, isCode: true },
      ]}
      rows={lineage}
      keyOf={keyOf}
      empty="No successful images yet."
    >
      <ul className="m-0 grid list-none gap-4 p-0">
        {(isWhole ? lineage : lineage.slice(0, MOST_AT_FIRST)).map((row) => (
          <LineageChain key={keyOf(row)} row={row} withTarget={question.targets === "all"} />
        ))}
      </ul>
      {lineage.length > MOST_AT_FIRST && !isWhole && (
        <Button variant="quiet" onClick={() => setIsWhole(true)}>
          {`Show all ${lineage.length}`}
        </Button>
      )}
    </ChartCard>
  );
}

function LineageChain({ row, withTarget }: { row: Lineage; withTarget: boolean }) {
  return (
    <li>
      <h3 className="m-0 mb-1.5 font-[550] text-[13px]">
        <Link
          href={urls.pipeline(row.target, row.pipeline)}
          prefetch={false}
          className="no-underline hover:underline"
        >
          {row.pipeline}
        </Link>
        {withTarget && (
          <>
            {" "}
            <AccountMark target={row.target} />
          </>
        )}
      </h3>
      <ol className="m-0 grid list-none gap-x-4 gap-y-2 p-0 md:grid-cols-[1fr_1fr_1.35fr_1.25fr]">
        <ChainPart title="Base image" lines={baseOf(row)} isFirst />
        <ChainPart title="Recipe and components" heading={row.recipe} lines={componentsOf(row)} />
        <ChainPart
          title="Image"
          heading={
            <Link
              href={urls.imageBuild(row.target, row)}
              prefetch={false}
              className="no-underline hover:underline"
            >
              {`${row.name} ${row.version}/${row.build}`}
            </Link>
          }
          lines={amisOf(row)}
        />
        <ChainPart
          title="Launch templates"
          heading={row.launchTemplates.length === 0 ? "none" : undefined}
          lines={templatesOf(row)}
        />
      </ol>
    </li>
  );
}

/** One link of the chain; an arrow leads to it from the one before. */
function ChainPart({
  title,
  heading,
  lines,
  isFirst = false,
}: {
  title: string;
  heading?: ReactNode;
  lines: string[];
  isFirst?: boolean;
}) {
  return (
    <li className="relative min-w-0 rounded-md border border-line bg-sunken px-2.5 py-1.5">
      {!isFirst && (
        <span
          aria-hidden="true"
          className="absolute top-1/2 -left-[15px] hidden -translate-y-1/2 text-ink-3 md:block"
        >
          →
        </span>
      )}
      <p className="m-0 text-ink-3 text-xs">{title}</p>
      {heading && <p className="m-0 [overflow-wrap:anywhere]">{heading}</p>}
      <ul className="m-0 list-none p-0 font-mono text-ink-2 text-xs">
        {lines.map((line) => (
          <li key={line} className="[overflow-wrap:anywhere]">
            {line}
          </li>
        ))}
      </ul>
    </li>
  );
}

const keyOf = ({ target, pipeline }: Lineage) => `${target}/${pipeline}`;
const baseOf = ({ parentImage, baseAmi }: Lineage): string[] =>
  [parentImage && withShortArns(parentImage), baseAmi].flatMap((line) => line || []);
const componentsOf = ({ components }: Lineage) => components.map(({ name, version }) => `${name} ${version}`);
const amisOf = ({ amis }: Lineage) => amis.map(({ region, amiId }) => `${amiId} ${region}`);
const templatesOf = ({ launchTemplates }: Lineage) =>
  launchTemplates.map(({ region, launchTemplateId }) => `${launchTemplateId} ${region}`);
