"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { Cell, HeaderCell, Row, Table, TableHead } from "@/components/ui/table";
import { WhenNear } from "@/components/ui/when-near";
import { describeDuration } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import { isInFlight } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild, WorkflowExecution } from "@/lib/image-builder/image-builds/types";
import { findingCountsQuery } from "@/lib/queries/image-builds";
import type { BuildTab } from "./build-tabs";
import { ImageUsersNote } from "./image-users-note";
import { StageTimeline } from "./stage-timeline";
import { TabLink } from "./tab-link";
import { countPackages, useBuildComparison } from "./use-build-comparison";

type Props = { target: string; build: ImageBuild; onShow: (tab: BuildTab) => void };

/** What a build came to on one page: stages, findings, who uses it, packages and tests, each read by itself. */
export function BuildSummary(props: Props) {
  const { target, build } = props;
  const hasImage = build.amis.length + build.containers.length > 0;
  return (
    <div className="grid gap-4">
      {hasImage && (
        <Card>
          <StageTimeline stages={build.stages} />
        </Card>
      )}
      <div className="grid gap-4 lg:grid-cols-2">
        {hasImage && <FindingsCard {...props} />}
        <TestsCard {...props} />
        {!isInFlight(build.status) && <PackagesCard {...props} />}
        {/* Last: how much it is going to say is not known, and nothing below it may move. */}
        {hasImage && (
          <Card
            title="In use"
            note="in this account"
            action={
              build.pipelineName &&
              build.amis.length > 0 && (
                <Link
                  href={urls.fleet(target, { pipeline: build.pipelineName })}
                  prefetch={false}
                  title="Servers that run any build of the pipeline, to roll out to one group or to several in order"
                >
                  Fleet of {build.pipelineName}
                </Link>
              )
            }
          >
            <WhenNear placeholder={<p className="m-0">Checking usage…</p>}>
              <ImageUsersNote target={target} imageBuildKey={build} />
            </WhenNear>
          </Card>
        )}
      </div>
    </div>
  );
}

function FindingsCard({ target, build, onShow }: Props) {
  const { data, error, refetch } = useQuery(findingCountsQuery(target, build));
  const { before } = useBuildComparison(target, build);
  const { data: earlier } = useQuery({
    ...findingCountsQuery(target, before ?? build),
    enabled: before !== undefined,
  });
  const counts = data?.counts;
  const was = before && earlier?.counts;
  return (
    <Card
      title="Findings"
      note={counts && "Amazon Inspector"}
      action={
        counts && <TabLink to="findings" onShow={onShow}>{`All ${counts.all.toLocaleString("en")}`}</TabLink>
      }
      flush={!data}
    >
      {error ? (
        <ReadFailure title="Couldn't load findings" error={error} onRetry={refetch} />
      ) : !data ? (
        <Skeleton label="Counting findings" lines={2} />
      ) : counts ? (
        <div className="grid gap-2">
          <div className="flex flex-wrap gap-x-8 gap-y-2">
            {(["critical", "high", "medium"] as const).map((severity) => (
              <div key={severity} className="grid">
                <b className="font-semibold text-xl">{counts[severity].toLocaleString("en")}</b>
                <span className="text-ink-2 text-xs">
                  {severity}
                  {was && `, was ${was[severity].toLocaleString("en")}`}
                </span>
              </div>
            ))}
          </div>
          {data.scanStatus !== undefined && data.scanStatus !== "COMPLETED" && (
            <p className="m-0 text-wait">
              The scan is {data.scanStatus.toLowerCase().replaceAll("_", " ")}. {data.scanReason}
            </p>
          )}
        </div>
      ) : (
        <p className="m-0 text-ink-2">
          This image was not scanned, so its findings are not known. Turn on image scanning in its pipeline.
        </p>
      )}
    </Card>
  );
}

const MOST_PACKAGES = 5;

function PackagesCard({ target, build, onShow }: Props) {
  const { comparison, before, reason, error, refetch } = useBuildComparison(target, build);
  const counts = comparison && countPackages(comparison);
  const total = comparison && comparison.packages.length + comparison.samePackages;
  return (
    <Card
      title="Packages"
      note={
        counts && total
          ? `${counts.updated} updated, ${counts.added} added, ${counts.removed} removed since ${before?.version}/${before?.build}`
          : undefined
      }
      action={
        <TabLink to={total ? "changes" : "packages"} onShow={onShow}>
          {total ? "All changes" : "All packages"}
        </TabLink>
      }
      flush
    >
      {error ? (
        <ReadFailure title="Couldn't compare packages" error={error} onRetry={refetch} />
      ) : reason !== undefined ? (
        <p className="m-0 px-3.5 py-3 text-ink-2">{reason}</p>
      ) : !comparison ? (
        <Skeleton label="Comparing packages" lines={3} />
      ) : !total ? (
        <p className="m-0 px-3.5 py-3 text-ink-2">
          Not known: the package list of one of the two builds isn't available.
        </p>
      ) : comparison.packages.length === 0 ? (
        <p className="m-0 px-3.5 py-3 text-ink-2">No package changed.</p>
      ) : (
        <Table caption="Packages that changed">
          <TableHead>
            <HeaderCell>Package</HeaderCell>
            <HeaderCell>Before</HeaderCell>
            <HeaderCell>Now</HeaderCell>
          </TableHead>
          <tbody>
            {comparison.packages.slice(0, MOST_PACKAGES).map(({ name, before: was, after }) => (
              <Row key={`${name} ${was} ${after}`} isQuiet>
                <Cell layout="[overflow-wrap:anywhere]">{name}</Cell>
                <Cell layout="text-ink-3 [overflow-wrap:anywhere]">{was ?? "–"}</Cell>
                <Cell layout="[overflow-wrap:anywhere]">{after ?? "removed"}</Cell>
              </Row>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function TestsCard({ build, onShow }: Props) {
  const tests = build.workflows.filter(({ type, retried }) => type === "TEST" && !retried);
  const passed = tests.filter(({ status }) => status === "COMPLETED").length;
  const failed = tests.filter(({ status }) => status === "FAILED").length;
  return (
    <Card
      title="Tests"
      note={
        tests.length > 0 && (
          <StatusBadge tone={failed > 0 ? "fail" : passed === tests.length ? "ok" : "mute"}>
            {`${passed} of ${tests.length} passed`}
          </StatusBadge>
        )
      }
      action={
        tests.length > 0 && (
          <TabLink to="tests" onShow={onShow}>
            Open
          </TabLink>
        )
      }
    >
      {build.hidden.some(({ part }) => part === "workflows") ? (
        <p className="m-0 text-ink-2">
          Not known: {build.hidden.find(({ part }) => part === "workflows")?.reason}
        </p>
      ) : tests.length === 0 ? (
        <p className="m-0 text-ink-2">
          {isInFlight(build.status) ? "No test has run yet." : "This image was not tested."}
        </p>
      ) : (
        <ul className="m-0 grid list-none gap-1.5 p-0">
          {tests.flatMap((test) => test.steps.map((step) => <TestStep key={step.id} step={step} />))}
        </ul>
      )}
    </Card>
  );
}

function TestStep({
  step: { name, status, startedAt, endedAt },
}: {
  step: WorkflowExecution["steps"][number];
}) {
  const [glyph, tone] =
    status === "COMPLETED" ? ["✓", "text-ok"] : status === "FAILED" ? ["×", "text-fail"] : ["–", "text-mute"];
  return (
    <li className="grid grid-cols-[14px_minmax(0,1fr)_auto] gap-x-2">
      <span aria-hidden="true" className={`font-mono font-semibold text-[11px] leading-5 ${tone}`}>
        {glyph}
      </span>
      <span className="[overflow-wrap:anywhere]">
        {name}
        <span className="sr-only"> {status.toLowerCase()}</span>
      </span>
      <span className="text-ink-3 text-xs tabular-nums leading-5">
        {startedAt && endedAt && describeDuration(Date.parse(endedAt) - Date.parse(startedAt))}
      </span>
    </li>
  );
}
