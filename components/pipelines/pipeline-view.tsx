"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { BeginDraftButton } from "@/components/resources/begin-draft-button";
import { CompareAccountsButton } from "@/components/resources/compare-accounts-button";
import { DeleteResourceButton } from "@/components/resources/delete-resource-button";
import { FavoriteStar } from "@/components/resources/favorite-star";
import { PreflightChecks } from "@/components/resources/preflight-checks";
import { RunPipelineButton } from "@/components/resources/run-pipeline-button";
import { TagsCard } from "@/components/resources/tags-card";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { StreakText } from "@/components/ui/streak-text";
import { urls } from "@/lib/core/urls";
import { pipelineQuery } from "@/lib/queries/pipelines";
import { PipelineBuilds } from "./pipeline-builds";
import { PipelineConfiguration } from "./pipeline-configuration";
import { PipelineLog } from "./pipeline-log";
import { PipelineSchedule } from "./pipeline-schedule";
import { PipelineStatusSwitch } from "./pipeline-status-switch";

/** One pipeline: its builds, its schedule, what it is made of. */
export function PipelineView({ target, name }: { target: string; name: string }) {
  const { data: pipeline, error, refetch } = useQuery(pipelineQuery(target, name));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.pipelines(target)}>Pipelines</Crumb>}
        title={pipeline?.name ?? name}
        detail={
          pipeline && (
            <>
              <StatusBadge tone={pipeline.status === "ENABLED" ? "ok" : "mute"}>
                {pipeline.status.toLowerCase()}
              </StatusBadge>
              <FavoriteStar target={target} kind="image-pipeline" name={pipeline.name} />
              {pipeline.streak && <StreakText {...pipeline.streak} />}
            </>
          )
        }
      >
        {pipeline && (
          <>
            <Link
              href={urls.fleet(target, { pipeline: pipeline.name })}
              prefetch={false}
              className={buttonClass("quiet")}
            >
              Fleet
            </Link>
            <CompareAccountsButton target={target} resourceKey={{ kind: "image-pipeline", name }} />
            <Link
              href={urls.cleanUp(target, pipeline.name)}
              prefetch={false}
              className={buttonClass("quiet")}
            >
              Clean up
            </Link>
            <DeleteResourceButton
              target={target}
              resourceKey={{ kind: "image-pipeline", name }}
              leadsTo={urls.pipelines(target)}
            />
            <BeginDraftButton
              target={target}
              origin={{ from: "pipeline", name, parts: "same" }}
              label="Duplicate"
              title="A new pipeline with the same recipe, infrastructure, and distribution"
            />
            <BeginDraftButton
              target={target}
              origin={{ from: "pipeline", name, parts: "copied" }}
              label="Duplicate with new settings"
              title="A new pipeline with its own copies of the recipe, infrastructure, and distribution"
            />
            <PipelineStatusSwitch target={target} name={name} status={pipeline.status} />
            <Link
              href={urls.editResource(target, "image-pipeline", name)}
              prefetch={false}
              className={buttonClass()}
            >
              Edit
            </Link>
            <RunPipelineButton target={target} name={name} />
          </>
        )}
      </PageHeader>
      {pipeline ? (
        <>
          {pipeline.description && <p className="m-0 mb-4 max-w-[80ch] text-ink-2">{pipeline.description}</p>}
          <div className="grid gap-4 lg:grid-cols-[minmax(0,1.45fr)_minmax(0,1fr)]">
            <div className="grid content-start gap-4">
              <Card title="Builds" note={pipeline.recentBuilds.length === 25 ? "latest 25" : undefined} flush>
                <PipelineBuilds target={target} builds={pipeline.recentBuilds} />
              </Card>
              {pipeline.schedule && <PipelineLog target={target} name={name} />}
            </div>
            <div className="grid content-start gap-4">
              <PipelineSchedule pipeline={pipeline} />
              <PreflightChecks target={target} name={pipeline.name} />
              <PipelineConfiguration target={target} pipeline={pipeline} />
              <TagsCard target={target} arn={pipeline.arn} tags={pipeline.tags} />
            </div>
          </div>
        </>
      ) : (
        <Card flush>
          {error ? (
            <ReadFailure title={`Couldn't load ${name}`} error={error} onRetry={refetch} />
          ) : (
            <Skeleton label="Loading the pipeline" lines={10} />
          )}
        </Card>
      )}
    </>
  );
}
