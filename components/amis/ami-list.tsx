"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { DoubtList } from "@/components/ui/doubt-list";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { parseArn } from "@/lib/core/arn";
import { urls } from "@/lib/core/urls";
import { counted } from "@/lib/core/words";
import type { Ami, AmiEncryption } from "@/lib/fleet/amis/types";
import { amisQuery } from "@/lib/queries/amis";
import { countText, originText, protectionText, sharingText, stateOf, USE_KINDS, usesOf } from "./ami-words";

/** Rows drawn at first: a year of builds in four Regions is thousands. */
const NOT_KNOWN = <span className="text-ink-2">Not known</span>;

const columnsOf = (target: string, now: number): Column<Ami>[] => [
  {
    id: "ami",
    header: "AMI",
    sortBy: ({ name }) => name,
    cell: ({ amiId, name, region }) => (
      <div className="grid min-w-0">
        <Link
          href={urls.ami(target, { region, amiId })}
          prefetch={false}
          className="font-[550] no-underline [overflow-wrap:anywhere] hover:underline"
        >
          {name || amiId}
        </Link>
        <span className="text-ink-2 text-xs">
          <span className="font-mono">{amiId}</span>, {region}
        </span>
      </div>
    ),
  },
  {
    id: "state",
    header: "State",
    sortBy: (row) => stateOf(row, now).word,
    cell: (row) => {
      const { tone, word } = stateOf(row, now);
      return <StatusBadge tone={tone}>{word}</StatusBadge>;
    },
  },
  {
    id: "from",
    header: "Comes from",
    from: "lg",
    sortBy: ({ origin }) => originText(origin),
    cell: (row) => <Origin target={target} ami={row} />,
  },
  {
    id: "created",
    header: "Created",
    from: "sm",
    sortBy: ({ createdAt }) => createdAt,
    cell: ({ createdAt }) => (createdAt ? <RelativeTime at={createdAt} /> : NOT_KNOWN),
  },
  {
    id: "used",
    header: "Used by",
    from: "md",
    sortBy: usesOf,
    cell: ({ used }) => <Used used={used} />,
  },
  {
    id: "launched",
    header: "Last launched",
    from: "xl",
    sortBy: ({ lastLaunchedAt }) => lastLaunchedAt,
    cell: ({ lastLaunchedAt }) =>
      lastLaunchedAt ? (
        <RelativeTime at={lastLaunchedAt} />
      ) : (
        <span className="text-ink-2">None reported</span>
      ),
  },
  {
    id: "sharing",
    header: "Shared with",
    from: "lg",
    sortBy: ({ holders }) => sharingText(holders),
    cell: ({ holders, isOwn, ownerId }) =>
      isOwn ? (sharingText(holders) ?? NOT_KNOWN) : <span>Shared by {ownerId}</span>,
  },
  {
    id: "key",
    header: "Encryption",
    from: "xl",
    sortBy: ({ encryption }) => encryptionText(encryption),
    cell: ({ encryption }) => (
      <span title={encryption.state === "encrypted" ? encryption.keys.join(", ") : undefined}>
        {encryptionText(encryption).replaceAll(KEY_ID, "$1…")}
        {encryption.state === "encrypted" && encryption.isPartly && " in part"}
      </span>
    ),
  },
  {
    id: "protection",
    header: "Protection",
    from: "2xl",
    sortBy: ({ protection }) => protection,
    cell: ({ protection }) => protectionText(protection),
  },
  {
    id: "deprecated",
    header: "Deprecation",
    from: "2xl",
    sortBy: ({ deprecatedAt }) => deprecatedAt,
    cell: ({ deprecatedAt }) =>
      deprecatedAt ? <RelativeTime at={deprecatedAt} /> : <span className="text-ink-2">Not set</span>,
  },
  {
    id: "watermarks",
    header: "Watermarks",
    from: "2xl",
    cell: ({ watermarks }) => (
      <span className="[overflow-wrap:anywhere]">{watermarks.join(", ") || "None"}</span>
    ),
  },
];

/** A key's ID: its first part tells keys apart in a list. */
const KEY_ID = /\b([0-9a-f]{8})(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** The end of a key's ARN, or the alias that AWS wrote. */
function encryptionText(encryption: AmiEncryption): string {
  if (encryption.state === "not known") return "Not known";
  if (encryption.state === "not encrypted") return "Not encrypted";
  return (
    encryption.keys.map((key) => parseArn(key)?.resource.replace(/^key\//, "") ?? key).join(", ") ||
    "Encrypted, key not known"
  );
}

function Origin({ target, ami: { origin, build, region } }: { target: string; ami: Ami }) {
  if (origin.by === "image build")
    return (
      <div className="grid min-w-0">
        <Link
          href={urls.imageBuild(target, origin.build)}
          prefetch={false}
          className="no-underline [overflow-wrap:anywhere] hover:underline"
        >
          {build?.displayName ?? origin.build.name}{" "}
          <span className="font-mono text-xs">{`${origin.build.version}/${origin.build.build}`}</span>
        </Link>
        <span className="text-ink-2 text-xs">
          {origin.isByTag
            ? "by its tag"
            : build && build.newer > 0
              ? `${counted(build.newer, "build")} behind`
              : "latest build"}
        </span>
      </div>
    );
  return (
    <div className="grid min-w-0">
      <span>{originText(origin)}</span>
      {origin.by === "copy" && (
        <span className="text-ink-2 text-xs">
          of <span className="font-mono">{origin.amiId}</span>
          {origin.region && origin.region !== region && ` in ${origin.region}`}
        </span>
      )}
      {origin.by === "CreateImage" && origin.instanceId && (
        <span className="font-mono text-ink-2 text-xs">{origin.instanceId}</span>
      )}
    </div>
  );
}

function Used({ used }: Pick<Ami, "used">) {
  if (!used) return NOT_KNOWN;
  const parts = USE_KINDS.flatMap((kind) => {
    const count = used[kind] ?? 0;
    return count > 0 ? countText(kind, count) : [];
  });
  return parts.length > 0 ? (
    <span>{parts.join(", ")}</span>
  ) : (
    <span className="text-ink-2">Nothing in this account</span>
  );
}

const filtersOf = (now: number): TableFilter<Ami>[] => [
  { id: "region", label: "Region", valueIn: ({ region }) => region },
  { id: "state", label: "State", valueIn: (row) => stateOf(row, now).word.toLowerCase() },
  { id: "from", label: "Comes from", valueIn: ({ origin }) => originText(origin).toLowerCase() },
  { id: "owner", label: "Owner", valueIn: ({ isOwn }) => (isOwn ? "this account" : "shared by others") },
  {
    id: "used",
    label: "Used",
    valueIn: (row) => {
      const uses = usesOf(row);
      return uses === undefined ? "not known" : uses > 0 ? "used" : "not used";
    },
  },
  {
    id: "sharing",
    label: "Sharing",
    valueIn: ({ isOwn, holders }) => {
      if (!isOwn) return undefined;
      const text = sharingText(holders);
      return text === undefined ? "not known" : text === "Not shared" ? "not shared" : "shared";
    },
  },
  { id: "encryption", label: "Encryption", valueIn: ({ encryption }) => encryption.state },
  { id: "pipeline", label: "Pipeline", valueIn: ({ build }) => build?.pipeline },
];

/** The AMIs of a target in every Region that its images go to. */
export function AmiList({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(amisQuery(target));
  const now = Date.parse(data?.readAt ?? "");
  return (
    <>
      {data && (
        <>
          <DoubtList doubts={data.doubts} />
          <p className="m-0 mb-2 text-ink-2 text-xs">
            Read from AWS <RelativeTime at={data.readAt} />
          </p>
        </>
      )}
      <Card flush>
        {data ? (
          <ResourceTable
            caption="AMIs"
            noun="AMI"
            rows={data.rows}
            columns={columnsOf(target, now)}
            filters={filtersOf(now)}
            keyOf={({ region, amiId }) => `${region} ${amiId}`}
            textOf={textOf}
            defaultSort={{ column: "created", descending: true }}
            empty={
              <EmptyState title="No AMIs here">
                AMIs appear here once a build has made one, or another account shares one.
              </EmptyState>
            }
          />
        ) : error ? (
          <ReadFailure title="Couldn't load the AMIs" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading the AMIs" lines={8} />
        )}
        {data && (
          <p className="m-0 border-line border-t px-3.5 py-2 text-ink-2 text-xs">
            Not visible: {data.notVisible.join(", ")}.
          </p>
        )}
      </Card>
    </>
  );
}

const textOf = ({ amiId, name, region, ownerId, build, origin, watermarks }: Ami): string =>
  [
    ...[amiId, name, region, ownerId, build?.displayName ?? "", build?.pipeline ?? ""],
    ...(origin.by === "image build" ? [origin.build.name] : origin.by === "copy" ? [origin.amiId] : []),
    ...watermarks,
  ].join(" ");
