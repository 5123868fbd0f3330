"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import type { LogComparison as Comparison } from "@/lib/build-log/compare/types";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { logComparisonQuery } from "@/lib/queries/build-log";
import { ComparedStepView } from "./compared-step-view";

const nameOf = ({ name, version, build }: ImageBuildKey) => `${name} ${version}/${build}`;

/** A build's log beside that of the last successful build, step by step. */
export function LogComparison({
  target,
  imageBuildKey,
  before,
}: {
  target: string;
  imageBuildKey: ImageBuildKey;
  before: ImageBuildKey | undefined;
}) {
  const { data, error, refetch } = useQuery(logComparisonQuery(target, imageBuildKey, before));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.imageBuild(target, imageBuildKey)}>{nameOf(imageBuildKey)}</Crumb>}
        title="Compare logs"
        detail={
          data?.before && (
            <span className="text-ink-2">
              with {before ? "" : "the last successful build, "}
              <Link href={urls.imageBuild(target, data.before)} prefetch={false} className="underline">
                {nameOf(data.before)}
              </Link>
            </span>
          )
        }
      />
      {data?.comparison && data.before ? (
        <Steps
          comparison={data.comparison}
          links={{
            before: urls.imageBuild(target, data.before),
            after: urls.imageBuild(target, imageBuildKey),
          }}
        />
      ) : (
        <Card flush>
          {data ? (
            <EmptyState title="Nothing to compare with">{data.reason}</EmptyState>
          ) : error ? (
            <ReadFailure title="Couldn't compare logs" error={error} onRetry={refetch} />
          ) : (
            <Skeleton label="Loading both logs" lines={10} />
          )}
        </Card>
      )}
    </>
  );
}

function Steps({
  comparison: { steps, firstDifference },
  links,
}: {
  comparison: Comparison;
  links: { before: string; after: string };
}) {
  const [showsAll, setShowsAll] = useState(false);
  const numbered = steps.map((step, index) => ({ step, index }));
  const changed = numbered.filter(
    ({ step, index }) =>
      step.changeCount > 0 || step.pace || !step.before || !step.after || index === firstDifference,
  );
  const shown = showsAll ? numbered : changed;
  const quiet = steps.length - changed.length;
  // A build that broke off lacks all the rest: one row says so.
  const lastReached = shown.findLastIndex(({ step }) => step.after);
  const isBrokenOff = shown.length - lastReached > 3;
  const reached = isBrokenOff ? shown.slice(0, lastReached + 1) : shown;
  const missed = isBrokenOff ? shown.slice(lastReached + 1) : [];
  return (
    <Card
      title="Steps"
      note={`${changed.length} of ${steps.length} differ. Ignores IDs, timestamps, and temporary names.`}
      action={
        quiet > 0 && (
          <Button variant="quiet" aria-pressed={showsAll} onClick={() => setShowsAll(!showsAll)}>
            {showsAll ? "Differences only" : `Show ${quiet} unchanged`}
          </Button>
        )
      }
      flush
    >
      {shown.length === 0 ? (
        <EmptyState title="No differences">Both builds ran the same steps in about the same time.</EmptyState>
      ) : (
        <ol className="m-0 list-none p-0">
          {reached.map(({ step, index }) => (
            <ComparedStepView key={index} step={step} isFirst={index === firstDifference} links={links} />
          ))}
          {missed.length > 0 && (
            <li className="px-3.5 py-2.5">
              <details>
                <summary className="cursor-pointer text-[13px] text-ink-2">
                  {missed.length} steps of the previous build were not reached
                </summary>
                <ol className="m-0 mt-1.5 list-none border-line border-l p-0">
                  {missed.map(({ step, index }) => (
                    <ComparedStepView key={index} step={step} isFirst={false} links={links} />
                  ))}
                </ol>
              </details>
            </li>
          )}
        </ol>
      )}
    </Card>
  );
}
