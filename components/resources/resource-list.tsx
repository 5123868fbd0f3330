"use client";
import { useQueries } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { StatusBadge } from "@/components/ui/status-badge";
import { nameInArn } from "@/lib/core/arn";
import { RESOURCE_OWNERS, type ResourceKind, type ResourceOwner } from "@/lib/core/resource-names";
import { urls } from "@/lib/core/urls";
import { capitalize } from "@/lib/core/words";
import { KIND_FACTS } from "@/lib/definitions/resource-kinds";
import type { ResourceSummary } from "@/lib/definitions/types";
import type { Usage } from "@/lib/overview/types";
import { resourcesQuery, usageQuery } from "@/lib/queries/resources";
import { DeleteSeveralButton } from "./delete-several-button";
import { FavoriteStar } from "./favorite-star";
import { USAGE_WORDS, UsageCell } from "./usage-cell";

/** One name with its newest version and how many there are. */
type Row = ResourceSummary & { versionCount: number; usage?: Usage };

const OWNER_WORDS: Record<ResourceOwner, string> = {
  Self: "Owned by me",
  Shared: "Shared with me",
  Amazon: "Amazon-managed",
  ThirdParty: "Third-party",
};

/** Everything of one or more kinds, by name; `owner` is whose, and lives in the page's address. */
export function ResourceList({
  target,
  kinds,
  owner = "Self",
  empty,
}: {
  target: string;
  kinds: ResourceKind[];
  owner?: ResourceOwner;
  empty: ReactNode;
}) {
  const lists = useQueries({ queries: kinds.map((kind) => resourcesQuery(target, kind, owner)) });
  const [first = "component"] = kinds;
  const failed = lists.find(({ error }) => error);
  const usages = useQueries({
    queries: kinds.map((kind) => ({
      ...usageQuery(target, kind),
      enabled: owner === "Self" && hasUsers(kind),
    })),
  });
  const rows = lists.flatMap(({ data = [] }, at) => newestOfEach(data, usages[at]));
  const isLoading = lists.some(({ isPending }) => isPending);
  const { many, owners } = KIND_FACTS[first];
  return (
    <>
      {owners.length > 0 && <OwnerLinks target={target} kind={first} owner={owner} owners={owners} />}
      <Card flush>
        {failed?.error && rows.length === 0 ? (
          <ReadFailure
            title={`Couldn't load ${many}`}
            error={failed.error}
            onRetry={() => lists.forEach((list) => void list.refetch())}
          />
        ) : isLoading ? (
          <Skeleton label={`Loading ${many}`} lines={8} />
        ) : (
          <ResourceTable
            caption={capitalize(many)}
            noun={KIND_FACTS[first].one}
            rows={rows}
            columns={columnsOf(target, owner, kinds, rows)}
            filters={filtersOf(kinds, owner).filter(
              // What is still being looked up keeps its place.
              ({ id, valueIn }) => id === "usage" || rows.some(valueIn),
            )}
            keyOf={({ arn }) => arn}
            nameOf={({ name }) => name}
            bulk={
              owner !== "Self"
                ? undefined
                : (selected, clear) => (
                    <DeleteSeveralButton target={target} kind={first} rows={selected} onEnd={clear} />
                  )
            }
            textOf={({ name, description = "", tags }) =>
              `${name} ${description} ${Object.entries(tags).flat().join(" ")}`
            }
            defaultSort={{ column: "name" }}
            empty={
              owner === "Self" ? empty : <p className="m-0 px-3.5 py-6 text-ink-2">None listed by AWS.</p>
            }
          />
        )}
      </Card>
    </>
  );
}

function OwnerLinks({
  target,
  kind,
  owner,
  owners,
}: {
  target: string;
  kind: ResourceKind;
  owner: ResourceOwner;
  owners: readonly ResourceOwner[];
}) {
  return (
    <nav aria-label="Owner" className="mb-3 flex flex-wrap gap-1">
      {RESOURCE_OWNERS.filter((each) => owners.includes(each)).map((each) => (
        <Link
          key={each}
          href={urls.resources(target, kind, each)}
          prefetch={false}
          aria-current={each === owner ? "page" : undefined}
          className="rounded-[5px] px-2.5 py-1 text-ink-2 no-underline hover:text-ink aria-[current]:bg-mute-soft aria-[current]:font-[550] aria-[current]:text-ink"
        >
          {OWNER_WORDS[each]}
        </Link>
      ))}
    </nav>
  );
}

/** Nothing names a policy. */
const hasUsers = (kind: ResourceKind) => kind !== "lifecycle-policy";

/** Lists come by name and newest first. */
function newestOfEach(
  rows: ResourceSummary[],
  { data: usages = [], error }: { data?: Usage[]; error?: Error | null } = {},
): Row[] {
  const found = new Map<string, Row>();
  const usageOf = new Map(usages.map((usage) => [usage.name, usage]));
  for (const row of rows) {
    const known = found.get(row.name);
    if (known) known.versionCount += 1;
    else
      found.set(row.name, {
        ...row,
        versionCount: 1,
        usage: usageOf.get(row.name) ?? unknownUsage(row.name, error),
      });
  }
  return [...found.values()];
}

const unknownUsage = (name: string, error: Error | null | undefined): Usage | undefined =>
  error
    ? {
        ...{ name, recipes: 0, pipelines: 0, policies: 0, builds: 0, unused: [] },
        state: "not-known",
        why: error.message,
      }
    : undefined;

function columnsOf(target: string, owner: ResourceOwner, kinds: ResourceKind[], rows: Row[]): Column<Row>[] {
  const has = (member: keyof Row) => rows.some((row) => row[member] !== undefined);
  const columns: (Column<Row> | false)[] = [
    {
      id: "name",
      header: "Name",
      sortBy: ({ name }) => name,
      cell: ({ kind, name, description, status, arn }) => (
        <div className="grid min-w-0">
          <span className="flex flex-wrap items-center gap-x-2">
            <Link
              href={urls.resource(target, { kind, name: nameInAddress(name, arn), owner })}
              prefetch={false}
              className="font-[550] no-underline [overflow-wrap:anywhere] hover:underline"
            >
              {name}
            </Link>
            {owner === "Self" && <FavoriteStar target={target} kind={kind} name={name} />}
            {status && status !== "ENABLED" && status !== "ACTIVE" && (
              <StatusBadge tone="mute">{status.toLowerCase()}</StatusBadge>
            )}
          </span>
          {description && <span className="max-w-[60ch] truncate text-ink-3 text-xs">{description}</span>}
        </div>
      ),
    },
    has("version") && {
      id: "version",
      header: "Latest version",
      cell: ({ version, versionCount }) => (
        <span>
          <span className="font-mono text-xs">{version}</span>
          {versionCount > 1 && <span className="ml-2 text-ink-3 text-xs">of {versionCount}</span>}
        </span>
      ),
    },
    (kinds.length > 1 || has("type")) && {
      id: "type",
      header: "Type",
      from: "md",
      sortBy: typeOf(kinds),
      cell: (row) => <span className="text-ink-2">{typeInWords(typeOf(kinds)(row))}</span>,
    },
    has("platform") && {
      id: "platform",
      header: "Platform",
      from: "md",
      sortBy: ({ platform }) => platform,
      cell: ({ platform }) => platform,
    },
    has("instanceTypes") && {
      id: "instance-types",
      header: "Instance types",
      from: "md",
      cell: ({ instanceTypes = [] }) =>
        instanceTypes.join(", ") || <span className="text-ink-3">chosen by Image Builder</span>,
    },
    has("regions") && {
      id: "regions",
      header: "Regions",
      from: "md",
      cell: ({ regions = [] }) => regions.join(", "),
    },
    owner === "Self" &&
      kinds.some(hasUsers) && {
        id: "usage",
        header: "Used by",
        from: "sm",
        sortBy: ({ usage }) => usage && usage.pipelines + usage.recipes + usage.policies + usage.builds,
        cell: ({ usage }) => <UsageCell usage={usage} />,
      },
    {
      id: "changed",
      header: "Last modified",
      from: "lg",
      sortBy: changedAt,
      cell: (row) => {
        const at = changedAt(row);
        return at ? <RelativeTime at={at} /> : <span className="text-ink-3">not reported</span>;
      },
    },
  ];
  return columns.filter((column) => column !== false);
}

const typeOf = (kinds: ResourceKind[]) => (row: Row) =>
  kinds.length > 1 ? (row.kind === "container-recipe" ? "Container" : "AMI") : row.type;
/** BUILD as "build"; AMI is a name. */
const typeInWords = (type: string | undefined) => (type === "AMI" ? type : type?.toLowerCase());
const changedAt = ({ updatedAt, createdAt }: Row) => updatedAt ?? createdAt;

/** A name that could not stand in an address by itself, such as one of spaces only, is found by its ARN's form. */
const nameInAddress = (name: string, arn: string) => name.trim() || nameInArn(arn);

const filtersOf = (kinds: ResourceKind[], owner: ResourceOwner): TableFilter<Row>[] => [
  { id: "type", label: "Type", valueIn: typeOf(kinds) },
  { id: "platform", label: "Platform", valueIn: ({ platform }) => platform },
  ...(owner === "Self" && kinds.some(hasUsers)
    ? [{ id: "usage", label: "Usage", valueIn: ({ usage }: Row) => usage && USAGE_WORDS[usage.state] }]
    : []),
];
