import Link from "next/link";
import { AccountMark } from "@/components/shell/target-names";
import { Mono } from "@/components/ui/mono";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { describeDuration } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import type { FoundBuild } from "@/lib/history/types";
import { shortReason, startedBy, toneOf } from "@/lib/image-builder/image-builds/build-status";

/** Builds of any target, with what came out or why nothing did. */
export function BuildTable({
  target,
  builds,
  isBusy,
}: {
  target: string;
  builds: FoundBuild[];
  isBusy: boolean;
}) {
  const isByContent = builds.some(({ matched }) => matched !== undefined);
  return (
    <Table caption="Builds" hasStickyHead isBusy={isBusy}>
      <TableHead>
        <HeaderCell>Build</HeaderCell>
        <HeaderCell>Status</HeaderCell>
        <HeaderCell>Started</HeaderCell>
        <HeaderCell from="lg">Duration</HeaderCell>
        <HeaderCell from="md">Pipeline</HeaderCell>
        <HeaderCell from={isByContent ? undefined : "lg"}>
          {isByContent ? "Packages" : "AMI or reason"}
        </HeaderCell>
      </TableHead>
      <tbody>
        {builds.map((build) => (
          <Row key={`${build.target} ${build.arn}`}>
            <Cell layout="break-words xl:whitespace-nowrap">
              <Link
                href={urls.imageBuild(build.target, build)}
                prefetch={false}
                className="font-[550] no-underline hover:underline"
              >
                {build.displayName}{" "}
                <span className="font-mono font-normal text-ink-2 text-xs">{`${build.version}/${build.build}`}</span>
              </Link>
              {build.target !== target && (
                <span className="block">
                  <AccountMark target={build.target} />
                </span>
              )}
            </Cell>
            <Cell>
              <StatusBadge tone={build.isGone ? "mute" : toneOf(build.status)}>
                {build.isGone ? "deleted" : build.status.toLowerCase()}
              </StatusBadge>
            </Cell>
            <Cell layout="text-ink-2 xl:whitespace-nowrap">
              <RelativeTime at={build.createdAt} />{" "}
              <span className="max-md:hidden">
                {build.startedBy ? `by ${build.startedBy}` : startedBy(build.buildType)}
              </span>
            </Cell>
            <Cell from="lg" layout="whitespace-nowrap text-ink-2">
              {build.durationMs !== undefined && describeDuration(build.durationMs)}
            </Cell>
            <Cell from="md">
              {build.pipelineName && (
                <Link
                  href={urls.pipeline(build.target, build.pipelineName)}
                  prefetch={false}
                  className="no-underline hover:underline"
                >
                  {build.pipelineName}
                </Link>
              )}
            </Cell>
            <Cell from={isByContent ? undefined : "lg"}>
              <Output build={build} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}

/** A build may fail after it has made AMIs: the reason says more then. */
function Output({ build: { amis, result, ruleTitle, reason, matched } }: { build: FoundBuild }) {
  if (matched) return <Matched packages={matched} />;
  const [first] = amis;
  if (first && result !== "failed")
    return (
      <span className="whitespace-nowrap">
        <Mono copy>{first.amiId}</Mono>
        {amis.length > 1 && <span className="text-ink-2"> and {amis.length - 1} more</span>}
      </span>
    );
  return (
    <span className="line-clamp-1 max-w-[40ch] text-ink-2 text-xs [overflow-wrap:anywhere]">
      {ruleTitle ?? (reason && shortReason(reason))}
    </span>
  );
}

const SHOWN = 3;

function Matched({ packages }: { packages: string[] }) {
  const more = packages.length - SHOWN;
  return (
    <ul className="m-0 grid list-none p-0 font-mono text-xs [overflow-wrap:anywhere]">
      {packages.slice(0, SHOWN).map((line) => (
        <li key={line}>{line}</li>
      ))}
      {more > 0 && <li className="font-sans text-ink-2">and {more} more</li>}
    </ul>
  );
}
