"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { ChangeList } from "@/components/resources/change-list";
import { ReadFailure } from "@/components/shell/read-failure";
import { EmptyState } from "@/components/ui/empty-state";
import { Select } from "@/components/ui/inputs";
import { Skeleton } from "@/components/ui/skeleton";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { readBuildKey } from "@/lib/image-builder/image-builds/schemas";
import type { ImageBuild } from "@/lib/image-builder/image-builds/types";
import type { ImageComparison, VersionChange } from "@/lib/image-builder/image-contents/types";
import { imageBuildsQuery, imageComparisonQuery } from "@/lib/queries/image-builds";

type Comparison = Extract<ImageComparison, { components: unknown }>;
const said = ({ name, version, build }: ImageBuildKey) => `${name}/${version}/${build}`;

/** What this image has that the one before had not: base, components, packages, settings. */
export function ImageChangesPanel({ target, build }: { target: string; build: ImageBuild }) {
  const [before, setBefore] = useState<ImageBuildKey>();
  const { data, error, refetch } = useQuery(imageComparisonQuery(target, build, before));
  return (
    <div className="grid gap-4 px-3.5 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        <OtherBuilds
          target={target}
          build={build}
          chosen={before ?? data?.before}
          onChoose={(text) => setBefore(readBuildKey(text))}
        />
        {data?.before && (
          <>
            <Link href={urls.imageBuild(target, data.before)} prefetch={false} className="underline">
              Open previous build
            </Link>
            <Link
              href={urls.compareBuildLogs(target, build, data.before)}
              prefetch={false}
              className="underline"
            >
              Compare logs
            </Link>
          </>
        )}
      </div>
      {error ? (
        <ReadFailure title="Couldn't load changes" error={error} onRetry={refetch} />
      ) : !data ? (
        <Skeleton label="Comparing with the previous build" lines={5} />
      ) : "reason" in data ? (
        <EmptyState title="Nothing to compare with">{data.reason}</EmptyState>
      ) : (
        <Changes comparison={data} />
      )}
    </div>
  );
}

/** Any build of the same image or pipeline, newest first. */
function OtherBuilds({
  target,
  build,
  chosen,
  onChoose,
}: {
  target: string;
  build: ImageBuild;
  chosen: ImageBuildKey | undefined;
  onChoose: (text: string) => void;
}) {
  const { data = [] } = useQuery({ ...imageBuildsQuery(target), refetchInterval: false });
  const others = data.filter(
    ({ arn, name, pipelineName }) =>
      arn !== build.arn &&
      (name === build.name || (pipelineName !== undefined && pipelineName === build.pipelineName)),
  );
  const options = [...new Set([...(chosen ? [said(chosen)] : []), ...others.map(said)])];
  return (
    <label className="inline-flex min-w-0 items-center gap-2">
      Compared with
      <Select
        value={chosen ? said(chosen) : ""}
        onChange={({ target: { value } }) => onChoose(value)}
        look="bar"
        layout="min-w-0 max-w-full"
      >
        {!chosen && <option value="">the previous build</option>}
        {options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </Select>
    </label>
  );
}

function Changes({ comparison }: { comparison: Comparison }) {
  const { base, components, packages, samePackages, settings, hidden } = comparison;
  const isBaseNew = base.before !== base.after;
  const counts = {
    added: packages.filter(({ before }) => before === undefined).length,
    removed: packages.filter(({ after }) => after === undefined).length,
  };
  const changed = packages.length - counts.added - counts.removed;
  const isSetAlike = settings.count === 0;
  const isMadeAlike = !isBaseNew && isSetAlike && components.length === 0;
  return (
    <>
      {hidden.map((reason) => (
        <p key={reason} className="m-0 text-wait">
          {reason}
        </p>
      ))}
      {isMadeAlike && <p className="m-0">No changes in base image, components, or settings</p>}
      <div className={`grid gap-4 ${isMadeAlike ? "" : "lg:grid-cols-2"}`}>
        <div className={`grid content-start gap-4 ${isMadeAlike ? "hidden" : ""}`}>
          {isBaseNew && (
            <Group title="Base image">
              <ChangeRows changes={[{ name: "AMI", ...base }]} />
            </Group>
          )}
          {components.length > 0 && (
            <Group title="Components">
              <ChangeRows changes={components} />
            </Group>
          )}
          {!isSetAlike && (
            <Group title="Settings">
              <ChangeList before={settings.before} after={settings.after} />
            </Group>
          )}
        </div>
        {packages.length + samePackages > 0 && (
          <Group
            title="Packages"
            note={`${counts.added} added, ${counts.removed} removed, ${changed} changed, ${samePackages} unchanged`}
          >
            <ChangeRows changes={packages} />
          </Group>
        )}
      </div>
    </>
  );
}

function Group({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section aria-label={`Changed: ${title.toLowerCase()}`} className="min-w-0">
      <h3 className="m-0 mb-1 font-[550]">
        {title} {note && <span className="font-normal text-ink-3">{note}</span>}
      </h3>
      {children}
    </section>
  );
}

function ChangeRows({ changes }: { changes: VersionChange[] }) {
  return (
    <ul className="m-0 grid max-h-[60vh] list-none gap-px overflow-auto p-0">
      {changes.map(({ name, before, after }) => (
        <li
          key={`${name} ${before} ${after}`}
          className="grid grid-cols-[minmax(0,1fr)_minmax(0,1.4fr)] gap-3 rounded bg-sunken px-2.5 py-1 text-xs"
        >
          <span className="[overflow-wrap:anywhere]">
            {name}
            {before === undefined ? (
              <span className="text-ok"> added</span>
            ) : (
              after === undefined && <span className="text-fail"> removed</span>
            )}
          </span>
          <span className="grid font-mono [overflow-wrap:anywhere]">
            {before !== undefined && (
              <del className="text-fail no-underline">
                <span className="sr-only">was </span>
                <span aria-hidden="true">- </span>
                {before}
              </del>
            )}
            {after !== undefined && (
              <ins className="text-ok no-underline">
                <span className="sr-only">is </span>
                <span aria-hidden="true">+ </span>
                {after}
              </ins>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
