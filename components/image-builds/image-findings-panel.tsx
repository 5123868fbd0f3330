"use client";
import { useQuery } from "@tanstack/react-query";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { apiUrls } from "@/lib/core/urls";
import { severityRank, severityTone } from "@/lib/image-builder/image-contents/severity-status";
import type { ScanFinding, ScanFindingList } from "@/lib/image-builder/image-contents/types";
import { findingsQuery } from "@/lib/queries/image-builds";

const COLUMNS: Column<ScanFinding>[] = [
  {
    id: "severity",
    header: "Severity",
    sortBy: ({ severity }) => severityRank(severity),
    cell: ({ severity }) => <StatusBadge tone={severityTone(severity)}>{severity.toLowerCase()}</StatusBadge>,
  },
  {
    id: "id",
    header: "Finding",
    sortBy: ({ id }) => id,
    cell: ({ id, title, remedy, sourceUrl }) => (
      <div className="grid max-w-[64ch] gap-0.5">
        {sourceUrl ? (
          <a href={sourceUrl} rel="noreferrer" target="_blank" className="font-mono text-xs">
            {id}
          </a>
        ) : (
          <Mono>{id}</Mono>
        )}
        {title !== id && <span className="line-clamp-2 text-ink-2 text-xs">{title}</span>}
        {remedy && <span className="line-clamp-2 text-ink-3 text-xs">{remedy}</span>}
      </div>
    ),
  },
  {
    id: "package",
    header: "Package",
    sortBy: ({ packages }) => packages[0]?.name,
    cell: ({ packages }) => (
      <ul className="m-0 grid list-none gap-0.5 p-0">
        {packages.map(({ name, version, fixedIn }) => (
          <li key={`${name} ${version}`} className="[overflow-wrap:anywhere]">
            {name} <span className="font-mono text-ink-2 text-xs">{version}</span>
            {fixedIn && <span className="text-ink-3 text-xs"> fixed in {fixedIn}</span>}
          </li>
        ))}
      </ul>
    ),
  },
  {
    id: "score",
    header: "Score",
    align: "end",
    from: "md",
    sortBy: ({ score }) => score,
    cell: ({ score }) => score?.toFixed(1),
  },
  {
    id: "seen",
    header: "First seen",
    from: "lg",
    sortBy: ({ firstSeenAt }) => firstSeenAt,
    cell: ({ firstSeenAt }) => firstSeenAt && <RelativeTime at={firstSeenAt} />,
  },
];

const FILTERS: TableFilter<ScanFinding>[] = [
  { id: "severity", label: "Severity", valueIn: ({ severity }) => severity },
];

/** What Amazon Inspector found, by severity, and all of it as a file. */
export function ImageFindingsPanel({ target, build }: { target: string; build: ImageBuildKey }) {
  const { data, error, refetch } = useQuery(findingsQuery(target, build));
  if (error) return <ReadFailure title="Couldn't load findings" error={error} onRetry={refetch} />;
  if (!data) return <Skeleton label="Loading the findings" lines={6} />;
  const { findings, isWhole } = data;
  return (
    <>
      {findings.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line border-b px-3.5 py-2">
          {countBySeverity(findings).map(([severity, count]) => (
            <span key={severity} className="inline-flex items-center gap-1.5">
              <StatusBadge tone={severityTone(severity)}>{severity.toLowerCase()}</StatusBadge>
              <span className="font-[550]">{count}</span>
            </span>
          ))}
          {!isWhole && (
            <span className="text-ink-3">First 1,000 findings. The CSV file has all of them.</span>
          )}
          <span className="flex-1" />
          <a href={apiUrls.findingsFile(target, build)} download className={buttonClass()}>
            Download CSV
          </a>
        </div>
      )}
      <div className="max-h-[70vh] overflow-auto">
        <ResourceTable
          caption="Findings"
          noun="finding"
          rows={findings}
          columns={COLUMNS}
          filters={FILTERS}
          keyOf={({ id, packages }) => `${id} ${packages.map(({ name }) => name).join(" ")}`}
          textOf={({ id, title, packages }) => `${id} ${title} ${packages.map(({ name }) => name).join(" ")}`}
          defaultSort={{ column: "severity" }}
          isPartOfPage
          empty={<NoFindings list={data} />}
        />
      </div>
    </>
  );
}

function countBySeverity(findings: ScanFinding[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { severity } of findings) counts.set(severity, (counts.get(severity) ?? 0) + 1);
  return [...counts].toSorted(([a], [b]) => severityRank(a) - severityRank(b));
}

function NoFindings({ list: { isScanned, scanStatus, scanReason } }: { list: ScanFindingList }) {
  if (!isScanned) {
    return (
      <EmptyState title="Image not scanned">
        Enable image scanning in the pipeline to have Amazon Inspector scan the test instance of each build.
        Inspector must be active in the account.
      </EmptyState>
    );
  }
  if (scanStatus === undefined || scanStatus === "COMPLETED") {
    return (
      <EmptyState title="No findings">
        Amazon Inspector reports no vulnerabilities in its packages.
      </EmptyState>
    );
  }
  return (
    <EmptyState title={`Scan status: ${scanStatus.toLowerCase().replaceAll("_", " ")}`}>
      {scanReason ?? "Findings appear when the scan completes."}
    </EmptyState>
  );
}
