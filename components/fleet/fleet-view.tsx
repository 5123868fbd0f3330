"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type Column, ResourceTable, type TableFilter } from "@/components/resource-table/resource-table";
import { ReadFailure } from "@/components/shell/read-failure";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DoubtList } from "@/components/ui/doubt-list";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { urls } from "@/lib/core/urls";
import { counted } from "@/lib/core/words";
import type { Fleet, FleetRow } from "@/lib/fleet/groups/types";
import { MOST_GROUPS } from "@/lib/fleet/series/judge-series";
import { fleetQuery } from "@/lib/queries/fleet";
import { BehindBadge } from "./drift-badges";
import { RunningBar } from "./running-bar";

/** What an instance refresh replaces; the page of a roll-out says why one of these cannot be. */
const ROLLED_OUT: FleetRow["kind"][] = ["Auto Scaling group", "ECS capacity provider"];
const UNKNOWN_LAST = -1;
const behindBy = ({ behind }: FleetRow) =>
  behind.state === "behind" ? behind.builds : behind.state === "current" ? 0 : UNKNOWN_LAST;

const columnsOf = (target: string): Column<FleetRow>[] => [
  {
    id: "name",
    header: "Group",
    sortBy: ({ name }) => name,
    cell: ({ name, kind, region }) => (
      <div className="grid min-w-0">
        <span className="font-[550] [overflow-wrap:anywhere]">{name}</span>
        <span className="text-ink-2 text-xs">
          {kind}, {region}
        </span>
      </div>
    ),
  },
  {
    id: "starts",
    header: "Would start",
    from: "md",
    sortBy: ({ starts }) => starts[0]?.build?.displayName,
    cell: ({ starts, follows, region, instanceId }) => (
      <div className="grid min-w-0">
        {starts.length === 0 && !instanceId && <span className="text-ink-2">Unknown</span>}
        {starts.map(({ amiId, build }) =>
          build ? (
            <Link
              key={amiId}
              href={urls.imageBuild(target, build)}
              prefetch={false}
              className="no-underline [overflow-wrap:anywhere] hover:underline"
            >
              {build.displayName}{" "}
              <span className="font-mono text-xs">{`${build.version}/${build.build}`}</span>
            </Link>
          ) : (
            <Link
              key={amiId}
              href={urls.ami(target, { region, amiId })}
              prefetch={false}
              className="font-mono text-xs no-underline [overflow-wrap:anywhere] hover:underline"
            >
              {amiId}
            </Link>
          ),
        )}
        <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">{follows}</span>
      </div>
    ),
  },
  {
    id: "behind",
    header: "Behind",
    sortBy: behindBy,
    cell: ({ behind }) => <BehindBadge behind={behind} />,
  },
  {
    id: "running",
    header: "Running",
    sortBy: ({ mixed }) => (mixed.state === "mixed" ? mixed.differing : 0),
    cell: (row) => <RunningBar target={target} row={row} />,
  },
  {
    id: "findings",
    header: "Fewer findings in latest",
    from: "lg",
    sortBy: ({ fewer }) => fewer && fewer.critical * 1_000_000 + fewer.high,
    cell: ({ fewer, behind }) => <Fewer fewer={fewer} isCurrent={behind.state === "current"} />,
  },
  {
    id: "pipeline",
    header: "Pipeline",
    from: "lg",
    sortBy: pipelineOf,
    cell: (row) => {
      const pipeline = pipelineOf(row);
      return pipeline ? (
        <Link
          href={urls.pipeline(target, pipeline)}
          prefetch={false}
          className="no-underline hover:underline"
        >
          {pipeline}
        </Link>
      ) : (
        <span className="text-ink-2">Unknown</span>
      );
    },
  },
  {
    id: "owner",
    header: "Managed by",
    from: "lg",
    sortBy: ({ owner }) => owner,
    cell: ({ owner }) => <span className={owner ? "" : "text-ink-2"}>{owner ?? "No owner tag"}</span>,
  },
  {
    id: "roll-out",
    header: "Actions",
    // On a phone, ticking a row offers the same.
    from: "sm",
    cell: ({ kind, name, region, instanceId }) =>
      instanceId ? (
        <Link
          href={urls.move(target, { region, instanceId })}
          prefetch={false}
          aria-label={`Move ${name}`}
          className={buttonClass()}
        >
          Move
        </Link>
      ) : (
        ROLLED_OUT.includes(kind) && (
          <Link
            href={urls.newRollOut(target, { region, group: name })}
            prefetch={false}
            aria-label={`Roll out to ${name}`}
            className={buttonClass()}
          >
            Roll out
          </Link>
        )
      ),
  },
];

function Fewer({ fewer, isCurrent }: { fewer: FleetRow["fewer"]; isCurrent: boolean }) {
  if (!fewer) return <span className="text-ink-2">{isCurrent ? "" : "Not scanned"}</span>;
  if (fewer.critical + fewer.high === 0) return <span className="text-ink-2">None</span>;
  return (
    <div className="grid">
      {fewer.critical > 0 && <span className="font-[550] text-fail">{fewer.critical} critical</span>}
      {fewer.high > 0 && <span className="text-ink-2">{fewer.high} high</span>}
    </div>
  );
}

function pipelineOf({ starts, running }: FleetRow): string | undefined {
  return [...starts, ...running].find(({ build }) => build?.pipeline)?.build?.pipeline;
}

const BEHIND_WORDS: Record<FleetRow["behind"]["state"], string> = {
  behind: "behind",
  current: "current",
  unknown: "can’t tell",
};

const FILTERS: TableFilter<FleetRow>[] = [
  { id: "behind", label: "Behind", valueIn: ({ behind }) => BEHIND_WORDS[behind.state] },
  {
    id: "mixed",
    label: "Mixed",
    valueIn: ({ mixed }) => ({ mixed: "mixed", same: "not mixed", unknown: "can’t tell" })[mixed.state],
  },
  { id: "kind", label: "Kind", valueIn: ({ kind }) => kind },
  { id: "region", label: "Region", valueIn: ({ region }) => region },
  { id: "pipeline", label: "Pipeline", valueIn: pipelineOf },
];

/** What runs or would start from AMIs: what is behind, what is mixed, and what cannot be told. */
export function FleetView({ target }: { target: string }) {
  const { data, error, refetch } = useQuery(fleetQuery(target));
  return (
    <>
      {data && <FleetSummary fleet={data} />}
      <Card flush>
        {data ? (
          <ResourceTable
            caption="Fleet"
            noun="group"
            rows={data.rows}
            columns={columnsOf(target)}
            filters={FILTERS}
            keyOf={({ kind, region, name }) => `${kind} ${region} ${name}`}
            nameOf={({ name }) => name}
            bulk={(selected) => <RollOutToSelected target={target} selected={selected} />}
            textOf={textOf}
            defaultSort={{ column: "behind", descending: true }}
            empty={
              <EmptyState title="Nothing runs from an AMI here">
                Auto Scaling groups and instances appear here, with the image that they run and whether a
                newer one exists.
              </EmptyState>
            }
          />
        ) : error ? (
          <ReadFailure title="Couldn't load the fleet" error={error} onRetry={refetch} />
        ) : (
          <Skeleton label="Loading the fleet" lines={8} />
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

/** Leads to one preview of several groups, in the order in which the table shows them. */
function RollOutToSelected({ target, selected }: { target: string; selected: FleetRow[] }) {
  const groups = selected.filter(({ kind }) => ROLLED_OUT.includes(kind));
  const left = selected.length - groups.length;
  const keys = groups.map(({ region, name }) => ({ region, group: name }));
  const [only] = keys;
  const [single] = selected.length === 1 ? selected : [];
  if (single?.instanceId)
    return (
      <Link
        href={urls.move(target, { region: single.region, instanceId: single.instanceId })}
        prefetch={false}
        className={buttonClass("primary")}
      >
        Move {single.name}
      </Link>
    );
  return (
    <>
      {only && keys.length <= MOST_GROUPS && (
        <Link
          href={keys.length === 1 ? urls.newRollOut(target, only) : urls.newSeries(target, keys)}
          prefetch={false}
          className={buttonClass("primary")}
        >
          {keys.length === 1 ? `Roll out to ${only.group}` : `Roll out to ${keys.length} groups`}
        </Link>
      )}
      {keys.length > MOST_GROUPS && (
        <span className="text-wait">Select at most {MOST_GROUPS} groups to roll out to them in order.</span>
      )}
      {left > 0 && (
        <span className="text-ink-2">
          {counted(left, "selected row")} {left === 1 ? "is" : "are"} no Auto Scaling group to roll out to.
        </span>
      )}
    </>
  );
}

const textOf = ({ name, kind, region, follows, owner = "", starts, running }: FleetRow): string =>
  [
    ...[name, kind, region, follows, owner],
    ...[...starts, ...running].flatMap(({ amiId = "", build }) => [
      amiId,
      ...(build ? [build.displayName, build.name, build.pipeline ?? ""] : []),
    ]),
  ].join(" ");

function FleetSummary({ fleet: { rows, readAt, doubts } }: { fleet: Fleet }) {
  const behind = rows.filter((row) => row.behind.state === "behind");
  const mixed = rows.filter((row) => row.mixed.state === "mixed");
  const current = rows.filter((row) => row.behind.state === "current" && row.mixed.state === "same");
  const unknown = rows.filter((row) => row.behind.state === "unknown");
  const instances = behind.reduce((sum, { size }) => sum + size, 0);
  const differing = mixed.reduce(
    (sum, row) => sum + (row.mixed.state === "mixed" ? row.mixed.differing : 0),
    0,
  );
  return (
    <>
      <dl className="m-0 mb-3 grid grid-cols-2 gap-2.5 lg:grid-cols-4">
        <Tile
          glyph="↓"
          title="Behind: starts an older image"
          value={behind.length}
          note={`of ${rows.length}, ${instances} instances`}
        />
        <Tile
          glyph="◫"
          title="Mixed: runs something else"
          value={mixed.length}
          note={`${differing} instances differ`}
        />
        <Tile glyph="✓" title="Current" value={current.length} note="and not mixed" />
        <Tile glyph="?" title="Can’t tell" value={unknown.length} note="the reason is in the row" />
      </dl>
      <DoubtList doubts={doubts} />
      <p className="m-0 mb-2 text-ink-2 text-xs">
        Last read from AWS <RelativeTime at={readAt} />. Refreshes while this page is open.
      </p>
    </>
  );
}

function Tile({ glyph, title, value, note }: { glyph: string; title: string; value: number; note: string }) {
  return (
    <div className="rounded-lg border border-line bg-surface px-3.5 py-2.5 shadow-soft">
      <dt className="text-ink-2 text-xs">
        <span aria-hidden="true">{glyph} </span>
        {title}
      </dt>
      <dd className="m-0">
        <span className="font-[620] text-xl">{value}</span> <span className="text-ink-2 text-xs">{note}</span>
      </dd>
    </div>
  );
}
