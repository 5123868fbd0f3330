"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Crumb } from "@/components/ui/crumb";
import { DoubtList } from "@/components/ui/doubt-list";
import { type Fact, FactList } from "@/components/ui/fact-list";
import { Mono } from "@/components/ui/mono";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { urls } from "@/lib/core/urls";
import { counted } from "@/lib/core/words";
import type { AmiDetail } from "@/lib/fleet/amis/types";
import { amiQuery } from "@/lib/queries/amis";
import { AmiActions } from "./ami-actions";
import { AmiAncestry } from "./ami-ancestry";
import { AmiRetire } from "./ami-retire";
import { AmiSharing } from "./ami-sharing";
import { AmiUses } from "./ami-uses";
import { originText, protectionText, stateOf } from "./ami-words";

/** One AMI: where it comes from, who can launch it, what uses it. */
export function AmiPage({ target, amiKey }: { target: string; amiKey: { region: string; amiId: string } }) {
  const { data, error, refetch } = useQuery(amiQuery(target, amiKey));
  if (data) return <Loaded target={target} ami={data} />;
  if (error) return <ReadFailure title="Couldn't load the AMI" error={error} onRetry={refetch} />;
  return <Skeleton label="Loading the AMI" lines={8} />;
}

function Loaded({ target, ami }: { target: string; ami: AmiDetail }) {
  const { tone, word } = stateOf(ami, Date.parse(ami.readAt));
  const newer = ami.build?.newer ?? 0;
  return (
    <>
      <PageHeader
        crumbs={
          <>
            <Crumb to={urls.amis(target)}>AMIs</Crumb>
            {" / "}
            {ami.region}
          </>
        }
        title={<span className="font-mono">{ami.amiId}</span>}
        detail={
          <>
            <CopyButton text={ami.amiId} label={`Copy ${ami.amiId}`} />
            <span role="status" aria-label="AMI state">
              <StatusBadge tone={tone}>{word}</StatusBadge>
            </span>
            {newer > 0 && <StatusBadge tone="wait">{`${counted(newer, "build")} behind`}</StatusBadge>}
          </>
        }
      >
        <AmiActions target={target} ami={ami} />
      </PageHeader>
      <p className="m-0 mb-3 text-ink-2 [overflow-wrap:anywhere]">{ami.name}</p>
      <DoubtList doubts={ami.doubts} />
      <Summary target={target} ami={ami} />
      <div className="grid gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.6fr)]">
        <div className="grid content-start gap-3">
          <AmiAncestry target={target} ami={ami} />
          <AmiUses target={target} ami={ami} />
        </div>
        <div className="grid content-start gap-3">
          <AmiSharing ami={ami} />
          <AmiRetire target={target} ami={ami} />
          <Snapshots ami={ami} />
          <Card title="Facts">
            <FactList facts={factsOf(ami)} />
          </Card>
        </div>
      </div>
    </>
  );
}

function Summary({ target, ami }: { target: string; ami: AmiDetail }) {
  const { origin, build, createdAt, lastLaunchedAt, deprecatedAt, protection, watermarks, isOwn, ownerId } =
    ami;
  const facts: Fact[] = [
    {
      label: "Comes from",
      value:
        origin.by === "image build" ? (
          <Link href={urls.imageBuild(target, origin.build)} prefetch={false}>
            {build?.displayName ?? origin.build.name} {origin.build.version}/{origin.build.build}
            {origin.isByTag && ", by its tag"}
          </Link>
        ) : (
          originText(origin)
        ),
    },
    { label: "Created", value: createdAt ? <RelativeTime at={createdAt} /> : "Not known" },
    {
      label: "Last launched",
      value: lastLaunchedAt ? (
        <>
          <RelativeTime at={lastLaunchedAt} />, reported a day late
        </>
      ) : (
        "None reported"
      ),
    },
    { label: "Deprecation", value: deprecatedAt ? <RelativeTime at={deprecatedAt} /> : "Not set" },
    { label: "Deregistration protection", value: isOwn ? protectionText(protection) : "Not known" },
    { label: "Watermarks", value: watermarks.length > 0 ? watermarks.join(", ") : "None" },
    { label: "Owner", value: isOwn ? "This account" : ownerId },
  ];
  return (
    <dl className="m-0 mb-3 flex flex-wrap gap-x-8 gap-y-2.5 rounded-lg border border-line bg-surface px-3.5 py-2.5 shadow-soft">
      {facts.map(({ label, value }) => (
        <div key={label} className="min-w-0">
          <dt className="text-ink-2 text-xs">{label}</dt>
          <dd className="m-0 [overflow-wrap:anywhere]">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Snapshots({ ami: { snapshots } }: { ami: AmiDetail }) {
  return (
    <Card title="Snapshots" note={`${snapshots.length}`}>
      {snapshots.length === 0 ? (
        <p className="m-0 text-ink-2">AWS lists no snapshots for this AMI.</p>
      ) : (
        <ul className="m-0 grid list-none gap-1.5 p-0">
          {snapshots.map(({ snapshotId, sizeGiB, isEncrypted, key }) => (
            <li key={snapshotId} className="grid min-w-0">
              <Mono copy>{snapshotId}</Mono>
              <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">
                {sizeGiB === undefined ? "Size not known" : `${sizeGiB} GiB`},{" "}
                {isEncrypted === undefined
                  ? "encryption not known"
                  : isEncrypted
                    ? `encrypted with ${key ?? "a key that could not be read"}`
                    : "not encrypted"}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function factsOf({ facts, description, tags, isPublic }: AmiDetail): Fact[] {
  return [
    { label: "Description", value: description },
    ...facts,
    { label: "Public", value: isPublic === undefined ? "Not known" : isPublic ? "Yes" : "No" },
    ...Object.entries(tags).map(([key, value]) => ({ label: `Tag ${key}`, value })),
  ];
}
