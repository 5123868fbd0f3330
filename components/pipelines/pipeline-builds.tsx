import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { urls } from "@/lib/core/urls";
import { shortReason, startedBy, toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";

/** The newest builds of one pipeline, newest first. */
export function PipelineBuilds({ target, builds }: { target: string; builds: ImageBuildSummary[] }) {
  if (builds.length === 0)
    return (
      <EmptyState title="No builds yet">Run the pipeline: its first build appears here at once.</EmptyState>
    );
  return (
    <Table caption="Builds">
      <TableHead>
        <HeaderCell>Build</HeaderCell>
        <HeaderCell>Result</HeaderCell>
        <HeaderCell>Started</HeaderCell>
        <HeaderCell from="md">AMI or reason</HeaderCell>
      </TableHead>
      <tbody>
        {builds.map((build) => (
          <Row key={build.arn}>
            <Cell>
              <Link
                href={urls.imageBuild(target, build)}
                prefetch={false}
                className="font-mono text-xs no-underline hover:underline"
              >
                {`${build.version}/${build.build}`}
              </Link>
            </Cell>
            <Cell>
              <StatusBadge tone={toneOf(build.status)}>{build.status.toLowerCase()}</StatusBadge>
            </Cell>
            <Cell layout="text-ink-2 md:whitespace-nowrap">
              <RelativeTime at={build.createdAt} />{" "}
              <span className="text-ink-3">{startedBy(build.buildType)}</span>
            </Cell>
            <Cell from="md" layout="max-w-[46ch]">
              {build.amis[0] && build.status !== "FAILED" ? (
                <span className="font-mono text-xs">{build.amis[0].amiId}</span>
              ) : (
                <span className="line-clamp-1 text-ink-2 text-xs">
                  {build.reason && shortReason(build.reason)}
                </span>
              )}
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
