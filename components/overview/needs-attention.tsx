import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { urls } from "@/lib/core/urls";
import { shortReason } from "@/lib/image-builder/image-builds/build-status";
import type { Overview } from "@/lib/overview/types";

/** What waits for a person, and pipelines that fail or do not run at all, with what is known of the reason. */
export function NeedsAttention({
  target,
  waiting,
  failed,
  disabled,
  doubts,
}: {
  target: string;
  waiting: Overview["waiting"];
  failed: Overview["failed"];
  disabled: Overview["disabled"];
  /** What could not be read, so that more may need attention than is shown. */
  doubts: string[];
}) {
  const doubtful = doubts.map((doubt) => (
    <p key={doubt} className="m-0 px-3.5 py-2 text-wait">
      {doubt}
    </p>
  ));
  if (waiting.length + failed.length + disabled.length === 0 && doubts.length > 0)
    return (
      <Card title="Needs attention" flush>
        {doubtful}
      </Card>
    );
  if (waiting.length + failed.length + disabled.length === 0)
    return (
      <Card title="Needs attention">
        <p className="m-0 text-ink-2">All pipelines are healthy.</p>
      </Card>
    );
  return (
    <Card title="Needs attention" flush>
      {doubtful}
      <Table caption="Pipelines that need attention">
        <TableHead>
          <HeaderCell>Pipeline</HeaderCell>
          <HeaderCell from="md">Reason</HeaderCell>
          <HeaderCell>Since</HeaderCell>
          <HeaderCell>State</HeaderCell>
        </TableHead>
        <tbody>
          {waiting.map(({ stepExecutionId, build, imageName, pipelineName, stepName, startedAt }) => (
            <Row key={stepExecutionId} isQuiet>
              <Cell>
                <Link
                  href={pipelineName ? urls.pipeline(target, pipelineName) : urls.imageBuild(target, build)}
                  prefetch={false}
                  className="no-underline hover:underline md:whitespace-nowrap"
                >
                  {pipelineName ?? imageName}
                </Link>
              </Cell>
              <Cell from="md" layout="max-w-[40ch]">
                <Link
                  href={urls.approvals(target)}
                  prefetch={false}
                  className="text-ink-2 no-underline [overflow-wrap:anywhere] hover:underline"
                >
                  Waiting for approval: {stepName}
                </Link>
              </Cell>
              <Cell layout="whitespace-nowrap text-ink-2">
                {startedAt ? <RelativeTime at={startedAt} /> : "unknown"}
              </Cell>
              <Cell>
                <Link href={urls.approvals(target)} prefetch={false} className="no-underline">
                  <StatusBadge tone="wait">waiting</StatusBadge>
                </Link>
              </Cell>
            </Row>
          ))}
          {failed.map(({ pipelineName, failures, build }) => (
            <Row key={pipelineName} isQuiet>
              <Cell>
                <Link
                  href={urls.pipeline(target, pipelineName)}
                  prefetch={false}
                  className="no-underline hover:underline md:whitespace-nowrap"
                >
                  {pipelineName}
                </Link>
              </Cell>
              <Cell from="md" layout="max-w-[40ch]">
                <Link
                  href={urls.imageBuild(target, build)}
                  prefetch={false}
                  className="line-clamp-2 text-ink-2 no-underline [overflow-wrap:anywhere] hover:underline"
                >
                  {build.reason ? shortReason(build.reason) : `Build ${build.version}/${build.build} failed`}
                </Link>
              </Cell>
              <Cell layout="whitespace-nowrap text-ink-2">
                {failures === 1 ? "1 build" : `${failures} builds`}
              </Cell>
              <Cell>
                <StatusBadge tone="fail">failing</StatusBadge>
              </Cell>
            </Row>
          ))}
          {disabled.map(({ pipelineName, since }) => (
            <Row key={pipelineName} isQuiet>
              <Cell>
                <Link
                  href={urls.pipeline(target, pipelineName)}
                  prefetch={false}
                  className="no-underline hover:underline md:whitespace-nowrap"
                >
                  {pipelineName}
                </Link>
              </Cell>
              <Cell from="md" layout="text-ink-2">
                Pipeline disabled
              </Cell>
              <Cell layout="whitespace-nowrap text-ink-2">
                {since ? <RelativeTime at={since} /> : "unknown"}
              </Cell>
              <Cell>
                <StatusBadge tone="mute">disabled</StatusBadge>
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
