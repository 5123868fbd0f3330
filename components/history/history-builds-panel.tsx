"use client";
import Link from "next/link";
import { AccountMark } from "@/components/shell/target-names";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { type BadgeTone, StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { describeDuration } from "@/lib/core/time";
import { apiUrls, urls } from "@/lib/core/urls";
import type { HistoryBuild, HistoryState } from "@/lib/history/types";
import { shortReason, startedBy } from "@/lib/image-builder/image-builds/build-status";
import type { PanelProps } from "./panel-props";

const TONES: Record<HistoryBuild["result"], BadgeTone> = {
  running: "run",
  succeeded: "ok",
  failed: "fail",
  cancelled: "mute",
};
const FILTERS = ["result", "rule", "component", "step", "ran", "stage", "instanceType"] as const;
const LABELS: Record<(typeof FILTERS)[number], string> = {
  result: "Result",
  rule: "Cause",
  component: "Component",
  step: "Failed step",
  ran: "Workflow step",
  stage: "Stage",
  instanceType: "Instance type",
};

/** The builds behind any mark. */
export function HistoryBuildsPanel({
  target,
  answer: { builds, total, next, range },
  state,
}: PanelProps<"builds">) {
  const { show: _, after, ...asked } = state;
  const without = (name: keyof HistoryState) =>
    urls.history(target, { ...state, [name]: undefined, after: undefined });
  return (
    <Card
      title="Builds"
      note={`${total >= 10_000 ? "10,000 or more" : total.toLocaleString("en")} from ${range.from} to ${range.to}`}
      action={
        <span className="flex gap-1">
          <a href={apiUrls.historyExport(target, "csv", asked)} className={buttonClass("quiet")} download>
            CSV
          </a>
          <a href={apiUrls.historyExport(target, "json", asked)} className={buttonClass("quiet")} download>
            JSON
          </a>
        </span>
      }
      flush
    >
      <div className="flex flex-wrap gap-2 px-3.5 py-2 empty:hidden">
        {FILTERS.map(
          (name) =>
            state[name] && (
              <Link
                key={name}
                href={without(name)}
                prefetch={false}
                aria-label={`${LABELS[name]}: ${state[name]}; show all`}
                className={buttonClass("secondary", "px-2.5")}
              >
                {`${LABELS[name]}: ${state[name]}`}
                <span aria-hidden="true">×</span>
              </Link>
            ),
        )}
      </div>
      {builds.length === 0 ? (
        <EmptyState title="No builds">No builds match. Clear a filter or extend the date range.</EmptyState>
      ) : (
        <BuildTable target={target} builds={builds} />
      )}
      <div className="flex gap-2 px-3.5 py-2 empty:hidden">
        {after && (
          <Link
            href={urls.history(target, { ...state, after: undefined })}
            prefetch={false}
            className={buttonClass()}
          >
            Newest
          </Link>
        )}
        {next && (
          <Link
            href={urls.history(target, { ...state, after: next })}
            prefetch={false}
            className={buttonClass()}
          >
            Older
          </Link>
        )}
      </div>
    </Card>
  );
}

function BuildTable({ target, builds }: { target: string; builds: HistoryBuild[] }) {
  return (
    <Table caption="Builds">
      <TableHead>
        <HeaderCell>Build</HeaderCell>
        <HeaderCell>Result</HeaderCell>
        <HeaderCell>Started</HeaderCell>
        <HeaderCell from="md">Duration</HeaderCell>
        <HeaderCell from="md">Cause</HeaderCell>
      </TableHead>
      <tbody>
        {builds.map((build) => (
          <Row key={`${build.target}/${build.name}/${build.version}/${build.build}`}>
            <Cell layout="[overflow-wrap:anywhere]">
              <Link
                href={urls.imageBuild(build.target, build)}
                prefetch={false}
                className="no-underline hover:underline"
              >
                {build.name}{" "}
                <span className="font-mono text-ink-2 text-xs">{`${build.version}/${build.build}`}</span>
              </Link>
              {build.target !== target && <AccountMark target={build.target} />}
              {build.isGone && <span className="block text-ink-3 text-xs">deleted in AWS</span>}
            </Cell>
            <Cell>
              <StatusBadge tone={TONES[build.result]}>
                {build.result === "succeeded" ? "good" : build.result}
              </StatusBadge>
            </Cell>
            <Cell layout="text-ink-2 md:whitespace-nowrap">
              <RelativeTime at={build.createdAt} /> <span className="text-ink-3">{startInWords(build)}</span>
            </Cell>
            <Cell from="md" layout="whitespace-nowrap">
              {build.durationMs === undefined ? "" : describeDuration(build.durationMs)}
            </Cell>
            <Cell from="md" layout="max-w-[46ch]">
              <span className="line-clamp-1 text-ink-2 text-xs">
                {build.ruleTitle ?? (build.reason && shortReason(build.reason))}
              </span>
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** Who or what started it, and what a schedule may have waited for. */
function startInWords({ startedBy: who, buildType, moved = [] }: HistoryBuild): string {
  const how = who ? `by ${who}` : startedBy(buildType);
  if (buildType !== "SCHEDULED" || moved.length === 0) return how;
  return `${how}, with a new ${moved.map((kind) => (kind === "base" ? "base image" : kind)).join(" and ")}`;
}
