"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { BeginDraftButton } from "@/components/resources/begin-draft-button";
import { TagsCard } from "@/components/resources/tags-card";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StateFavicon } from "@/components/ui/state-favicon";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { describeDuration } from "@/lib/core/time";
import { urls } from "@/lib/core/urls";
import { canCancel, startedBy, toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import { imageBuildQuery } from "@/lib/queries/image-builds";
import { BuildOutputs } from "./build-outputs";
import { CancelBuildButton } from "./cancel-build-button";
import { ImageActions } from "./image-actions";
import { ImageContents } from "./image-contents";
import { StageTimeline } from "./stage-timeline";

const statusText = (build: ImageBuild) =>
  build.status === "FAILED" && build.failure?.stage
    ? `failed in ${build.failure.stage}`
    : build.status.toLowerCase();

/** One build: how far it is, why it failed, what it says, what came out. `log` has the steps too, `diagnosis` is drawn on a failure. */
export function ImageBuildView({
  target,
  imageBuildKey,
  log,
  diagnosis,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
  log: ReactNode;
  diagnosis: ReactNode;
}) {
  const { data: build, error, refetch } = useQuery(imageBuildQuery(target, imageBuildKey));
  const { name, version, build: number } = imageBuildKey;
  return (
    <>
      <StateFavicon tone={build && toneOf(build.status)} />
      <PageHeader
        crumbs={
          <>
            <Crumb to={urls.images(target)}>Images</Crumb>
            {" / "}
            <Crumb to={urls.image(target, name)}>{build?.displayName ?? name}</Crumb>
          </>
        }
        title={
          <>
            {build?.displayName ?? name}{" "}
            <span className="font-mono font-normal text-[17px]">{`${version}/${number}`}</span>
          </>
        }
        detail={
          build && (
            <span role="status" aria-label="Build status">
              <StatusBadge tone={toneOf(build.status)}>{statusText(build)}</StatusBadge>
            </span>
          )
        }
      >
        {build?.recipe && (
          <BeginDraftButton
            target={target}
            origin={{ from: "build", key: { name, version, build: number } }}
            label="Create pipeline from this build"
            title="A new pipeline with its own recipe and configurations, filled in from this build"
          />
        )}
        {build && canCancel(build.status) && (
          <CancelBuildButton target={target} imageBuildKey={imageBuildKey} />
        )}
        {build && <ImageActions target={target} build={build} />}
      </PageHeader>
      {build ? (
        <>
          <Card className="mb-4">
            <div className="mb-3 flex flex-wrap gap-x-7 gap-y-2">
              <Meta label="Started">
                <RelativeTime at={build.createdAt} /> {startedBy(build.buildType)}
              </Meta>
              {build.durationMs !== undefined && (
                <Meta label="Duration">{describeDuration(build.durationMs)}</Meta>
              )}
              {build.pipelineName && (
                <Meta label="Pipeline">
                  <Link href={urls.pipeline(target, build.pipelineName)} prefetch={false}>
                    {build.pipelineName}
                  </Link>
                </Meta>
              )}
              {build.parentImage && (
                <Meta label="Base image">
                  <Mono>{build.parentImage}</Mono>
                </Meta>
              )}
              {build.platform && <Meta label="Platform">{build.osVersion ?? build.platform}</Meta>}
            </div>
            <StageTimeline stages={build.stages} />
          </Card>
          {build.status === "FAILED" && diagnosis}
          <div className="mb-4 min-w-0 overflow-hidden rounded-lg border border-line bg-surface shadow-soft">
            <h2 className="sr-only">Steps and log</h2>
            {log}
          </div>
          <ImageContents target={target} build={build} />
          <div className="grid gap-4 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
            <BuildOutputs build={build} />
            <div className="grid min-w-0 content-start gap-4">
              <Card title="Details">
                <FactList
                  facts={[
                    { label: "ARN", value: <Mono copy>{build.arn}</Mono> },
                    {
                      label: "Recipe",
                      value: build.recipe && <RecipeLink target={target} {...build.recipe} />,
                    },
                    { label: "Log group", value: <Mono copy>{build.log.group}</Mono> },
                    { label: "Log stream", value: <Mono copy>{build.log.stream}</Mono> },
                    ...build.hidden.map(({ part, reason }) => ({ label: part, value: reason })),
                  ]}
                />
              </Card>
              <TagsCard target={target} arn={build.arn} tags={build.tags} />
            </div>
          </div>
        </>
      ) : (
        <Card flush>
          {error ? (
            <ReadFailure
              title={`Couldn't load ${name} ${version}/${number}`}
              error={error}
              onRetry={refetch}
            />
          ) : (
            <Skeleton label="Loading the build" lines={12} />
          )}
        </Card>
      )}
    </>
  );
}

function RecipeLink({ target, kind, name, version }: { target: string } & NonNullable<ImageBuild["recipe"]>) {
  return (
    <Link href={urls.resource(target, { kind, name, version })} prefetch={false}>
      {name} {version}
    </Link>
  );
}

function Meta({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0">
      <span className="text-ink-3 text-xs">{label}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
    </div>
  );
}
