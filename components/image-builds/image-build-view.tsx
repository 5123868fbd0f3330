"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { StateFavicon } from "@/components/ui/state-favicon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { canCancel, canRetry, toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { imageBuildQuery } from "@/lib/queries/image-builds";
import { BuildHeaderCard } from "./build-header-card";
import { BuildPanels } from "./build-panels";
import type { BuildTab } from "./build-tabs";
import { CancelBuildButton } from "./cancel-build-button";
import { ImageActions } from "./image-actions";
import { RetryBuildButton } from "./retry-build-button";
import { useBuildComparison } from "./use-build-comparison";
import { useOpenTab } from "./use-open-tab";

const statusText = (build: ImageBuild) =>
  build.status === "FAILED" && build.failure?.stage
    ? `failed in ${build.failure.stage}`
    : build.status.toLowerCase();

/**
 * One build, its answers first: what came out, how it began, what changed, and the two things to do next stay above
 * every tab. `log` draws the log, `diagnosis` is drawn on a failure, `runAgain` starts another build of its pipeline.
 */
export function ImageBuildView({
  target,
  imageBuildKey,
  log,
  diagnosis,
  runAgain,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
  log: ReactNode;
  diagnosis: ReactNode;
  runAgain: (variant: "primary" | "quiet") => ReactNode;
}) {
  const { data: build, error, refetch } = useQuery(imageBuildQuery(target, imageBuildKey));
  if (build)
    return <OneBuild target={target} build={build} log={log} diagnosis={diagnosis} runAgain={runAgain} />;
  const { name, version, build: number } = imageBuildKey;
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.images(target)}>Images</Crumb>}
        title={`${name} ${version}/${number}`}
      />
      <Card flush>
        {error ? (
          <ReadFailure title={`Couldn't load ${name} ${version}/${number}`} error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading the build" lines={12} />
        )}
      </Card>
    </>
  );
}

function OneBuild({
  target,
  build,
  log,
  diagnosis,
  runAgain,
}: {
  target: string;
  build: ImageBuild;
  log: ReactNode;
  diagnosis: ReactNode;
  runAgain: (variant: "primary" | "quiet") => ReactNode;
}) {
  const [open, show] = useOpenTab(build.status);
  const { name, version, build: number, displayName, status } = build;
  const key = { name, version, build: number };
  const retries = canRetry(build);
  return (
    <>
      <StateFavicon tone={toneOf(status)} />
      <PageHeader
        crumbs={
          <>
            <Crumb to={urls.images(target)}>Images</Crumb>
            {" / "}
            <Crumb to={urls.image(target, name)}>{displayName}</Crumb>
          </>
        }
        title={
          <>
            {displayName} <span className="font-mono font-normal text-[17px]">{`${version}/${number}`}</span>
          </>
        }
        detail={
          <span role="status" aria-label="Build status">
            <StatusBadge tone={toneOf(status)}>{statusText(build)}</StatusBadge>
          </span>
        }
      >
        <ImageActions target={target} build={build}>
          {retries && runAgain("quiet")}
        </ImageActions>
        {canCancel(status) ? (
          <CancelBuildButton target={target} imageBuildKey={key} />
        ) : (
          <>
            <CompareLink target={target} build={build} onShow={show} />
            {retries ? <RetryBuildButton target={target} imageBuildKey={key} /> : runAgain("primary")}
          </>
        )}
      </PageHeader>
      <BuildHeaderCard target={target} build={build} onShow={show} />
      {status === "FAILED" && diagnosis}
      <BuildPanels target={target} build={build} log={log} open={open} onShow={show} />
    </>
  );
}

/** A failed build is compared by its log, where the difference that matters shows; another one by what it is made of. */
function CompareLink({
  target,
  build,
  onShow,
}: {
  target: string;
  build: ImageBuild;
  onShow: (tab: BuildTab) => void;
}) {
  const { before } = useBuildComparison(target, build);
  const label = before ? `Compare with ${before.version}/${before.build}` : "Compare";
  if (build.status === "FAILED")
    return (
      <Link href={urls.compareBuildLogs(target, build, before)} prefetch={false} className={buttonClass()}>
        {label}
      </Link>
    );
  return (
    <button type="button" className={buttonClass()} onClick={() => onShow("changes")}>
      {label}
    </button>
  );
}
