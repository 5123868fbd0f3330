"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { FavoriteStar } from "@/components/resources/favorite-star";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Crumb } from "@/components/ui/crumb";
import { FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import type { ImageOwner } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { shortReason, startedBy, toneOf } from "@/lib/image-builder/image-builds/build-status";
import type { ImageBuildSummary } from "@/lib/image-builder/image-builds/types";
import type { ImageVersionRow, ImageVersions } from "@/lib/image-builder/image-versions/types";
import { imageQuery } from "@/lib/queries/image-builds";
import { RecipesOnImage } from "./recipes-on-image";

/** One image under its name: its versions, and of one's own the builds of each. */
export function ImageView({ target, name, owner }: { target: string; name: string; owner: ImageOwner }) {
  const { data: image, error, refetch } = useQuery(imageQuery(target, name, owner));
  return (
    <>
      <PageHeader
        crumbs={<Crumb to={urls.imagesByName(target, owner)}>Images</Crumb>}
        title={image?.displayName ?? name}
        detail={
          owner === "Self" && <FavoriteStar target={target} kind="image" name={image?.displayName ?? name} />
        }
      />
      {image ? (
        <div className="grid gap-4 lg:grid-cols-[minmax(0,1.6fr)_minmax(0,1fr)]">
          <Card title="Versions" note="latest first" flush>
            {image.isCut && (
              <p className="m-0 border-line border-b px-3.5 py-2 text-ink-2">
                AWS lists more builds than are shown here. The list of builds has them all.
              </p>
            )}
            <ul className="m-0 grid list-none p-0">
              {image.versions.map((row) => (
                <VersionRow key={row.arn} target={target} row={row} />
              ))}
            </ul>
          </Card>
          <div className="grid content-start gap-4">
            <ImageFacts image={image} />
            <RecipesOnImage target={target} name={name} owner={owner} />
          </div>
        </div>
      ) : (
        <Card flush>
          {error ? (
            <ReadFailure title={`Couldn't load ${name}`} error={error} onRetry={refetch} />
          ) : (
            <Skeleton label="Loading the image" lines={10} />
          )}
        </Card>
      )}
    </>
  );
}

/** More are looked for by what they made, in the list of builds. */
const FIRST_BUILDS = 12;

function VersionRow({
  target,
  row: { version, createdAt, arn, builds },
}: {
  target: string;
  row: ImageVersionRow;
}) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? builds : builds.slice(0, FIRST_BUILDS);
  return (
    <li className="grid gap-1 border-line border-b px-3.5 py-2.5 last:border-0">
      <div className="flex flex-wrap items-center gap-x-3">
        <h3 className="m-0 font-[550] font-mono text-[13px]">{version}</h3>
        {createdAt && (
          <span className="text-ink-3">
            created <RelativeTime at={createdAt} />
          </span>
        )}
        {builds.length === 0 && <Mono copy>{arn}</Mono>}
      </div>
      {builds.length > 0 && (
        <ul aria-label={`Builds of ${version}`} className="m-0 grid list-none gap-0.5 p-0">
          {shown.map((build) => (
            <BuildRow key={build.arn} target={target} build={build} />
          ))}
        </ul>
      )}
      {shown.length < builds.length && (
        <div>
          <Button variant="quiet" onClick={() => setWhole(true)}>
            {`Show all ${builds.length} builds of ${version}`}
          </Button>
        </div>
      )}
    </li>
  );
}

function BuildRow({ target, build }: { target: string; build: ImageBuildSummary }) {
  const { version, build: number, status, createdAt, buildType, amis, containers, reason } = build;
  const output = amis[0]?.amiId ?? containers[0]?.imageUris[0];
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 rounded px-1 py-0.5 hover:bg-sunken">
      <Link href={urls.imageBuild(target, build)} prefetch={false} className="font-mono text-xs">
        {`${version}/${number}`}
      </Link>
      <StatusBadge tone={toneOf(status)}>{status.toLowerCase()}</StatusBadge>
      <span className="text-ink-2">
        <RelativeTime at={createdAt} /> <span className="text-ink-3">{startedBy(buildType)}</span>
      </span>
      <span className="min-w-0 text-ink-2 text-xs [overflow-wrap:anywhere]">
        {output ? <Mono copy>{output}</Mono> : reason && shortReason(reason)}
      </span>
    </li>
  );
}

function ImageFacts({ image }: { image: ImageVersions }) {
  const { type, platform, osVersion, source, owner, followedArn, createdAt } = image;
  return (
    <Card title="Image">
      <FactList
        facts={[
          { label: "Type", value: type === "DOCKER" ? "Container" : type },
          { label: "Platform", value: osVersion ?? platform },
          { label: "Owner", value: owner },
          { label: "Source", value: source?.toLowerCase().replaceAll("_", " ") },
          { label: "Latest version", value: createdAt && <RelativeTime at={createdAt} /> },
          {
            label: "Latest-version ARN",
            value: (
              <>
                <Mono copy>{followedArn}</Mono>
                <span className="block text-ink-3 text-xs">
                  Use as a base image to always get the latest version.
                </span>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
