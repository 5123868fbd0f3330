import Link from "next/link";
import { Card } from "@/components/ui/card";
import { RelativeTime } from "@/components/ui/relative-time";
import { urls } from "@/lib/core/urls";
import { groupBy } from "@/lib/definitions/group-by";
import type { AmiDetail, AmiUse } from "@/lib/fleet/amis/types";
import { headingOf, USE_KINDS } from "./ami-words";
import { UsageReportButton } from "./usage-report-button";

/** Names of a kind that are shown. */
const MOST_NAMES = 8;

/** What uses an AMI in this account and, by AWS's report, in others. */
export function AmiUses({ target, ami }: { target: string; ami: AmiDetail }) {
  const { uses, used, region } = ami;
  const byKind = groupBy(uses, ({ kind }) => kind);
  return (
    <Card title="Used by" note={region} flush>
      {used === undefined && (
        <p className="m-0 border-line border-b px-3.5 py-2 text-ink-2">
          Its uses in this account are not known.
        </p>
      )}
      <dl className="m-0">
        {USE_KINDS.map((kind) => {
          const found = byKind.get(kind) ?? [];
          return (
            <div key={kind} className="flex items-baseline gap-3 border-line border-b px-3.5 py-2">
              <dt className="w-40 shrink-0">{headingOf(kind)}</dt>
              <dd className="m-0 min-w-0">
                <span className="font-[550]">{used === undefined ? "?" : found.length}</span>{" "}
                <span className="text-ink-2 text-xs [overflow-wrap:anywhere]">
                  {found.slice(0, MOST_NAMES).map((use, index) => (
                    <span key={`${use.name} ${use.detail}`}>
                      {index > 0 && ", "}
                      <Use target={target} use={use} />
                    </span>
                  ))}
                  {found.length > MOST_NAMES && ` and ${found.length - MOST_NAMES} more`}
                </span>
              </dd>
            </div>
          );
        })}
        <div className="flex items-baseline gap-3 px-3.5 py-2">
          <dt className="w-40 shrink-0">Other accounts</dt>
          <dd className="m-0 min-w-0">
            <OtherAccounts ami={ami} />
            {ami.isOwn && <UsageReportButton target={target} ami={ami} />}
          </dd>
        </div>
      </dl>
    </Card>
  );
}

function Use({ target, use: { kind, name, detail } }: { target: string; use: AmiUse }) {
  const text = detail ? `${name} (${detail})` : name;
  if (kind !== "auto-scaling-group") return text;
  return (
    <Link href={urls.fleet(target, { q: name })} prefetch={false}>
      {text}
    </Link>
  );
}

const TYPES: Record<string, string> = {
  "ec2:Instance": "instances",
  "ec2:LaunchTemplate": "launch templates",
};

function OtherAccounts({ ami: { usage, isOwn } }: { ami: AmiDetail }) {
  if ("reason" in usage) return <span className="text-ink-2">Not known. {usage.reason}</span>;
  if (!isOwn) return <span className="text-ink-2">Not known: only its owner can ask for a report.</span>;
  const { report } = usage;
  if (!report) return <span className="text-ink-2">Not known: no report of the last 30 days.</span>;
  return (
    <div className="grid">
      {report.state === "pending" && <span className="text-ink-2">AWS is making a report.</span>}
      {report.entries.map(({ accountId, resourceType, count }) => (
        <span key={`${accountId} ${resourceType}`}>
          <span className="font-[550]">{count}</span> {TYPES[resourceType] ?? resourceType} in{" "}
          <span className="font-mono text-xs">{accountId}</span>
        </span>
      ))}
      {report.state === "available" && report.entries.length === 0 && <span>None</span>}
      <span className="text-ink-2 text-xs">
        Counts only, by AWS’s report
        {report.createdAt && (
          <>
            {" "}
            of <RelativeTime at={report.createdAt} />
          </>
        )}
      </span>
    </div>
  );
}
