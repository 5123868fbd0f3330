"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
import { type AuditChainCheck, describeBreak } from "@/lib/audit-trail/types";
import { auditChainQuery } from "@/lib/queries/audit";

/** Each row carries the hash of the one before it: this reads them all and says whether one was touched. */
export function AuditChainStatus({ target }: { target: string }) {
  const { data, error, refetch, isFetching } = useQuery(auditChainQuery(target));
  return (
    <Card
      title="Integrity"
      action={
        <Button onClick={() => refetch()} disabled={isFetching}>
          {isFetching ? "Checking…" : "Check integrity"}
        </Button>
      }
    >
      <div role="status">
        {error ? (
          <ReadFailure title="Couldn't check integrity" error={error} onRetry={() => refetch()} />
        ) : data?.brokenAt !== undefined ? (
          <BrokenChain check={data} />
        ) : data ? (
          <p className="m-0">
            All {data.rows} rows are unchanged
            {data.accepted ? `, except for ${data.accepted} accepted on record` : ""}. Note the number of rows
            and the last hash to compare with the next check. <Mono copy>{`${data.rows}:${data.head}`}</Mono>
          </p>
        ) : (
          <p className="m-0 text-ink-2">
            Each row carries the hash of the row before it, so changed, removed, or inserted rows are
            detected. On the server, <code className="font-mono text-xs">npm run verify-audit</code> runs the
            same check.
          </p>
        )}
      </div>
    </Card>
  );
}

function BrokenChain({ check }: { check: AuditChainCheck }) {
  const { rows, breaks = [], breakCount = breaks.length, wholeFrom } = check;
  return (
    <>
      <p className="m-0 font-semibold text-fail">
        {breakCount === 1 ? "1 break found" : `${breakCount} breaks found`} written.{" "}
        {wholeFrom === undefined ? "The last row is affected." : `Rows ${wholeFrom} to ${rows} are intact.`}
      </p>
      <ul className="mb-0">
        {breaks.map((each) => (
          <li key={`${each.what} ${each.sequence}`}>{describeBreak(each)}</li>
        ))}
        {breakCount > breaks.length && <li>{breakCount - breaks.length} more</li>}
      </ul>
      <p className="mb-0 text-ink-2">
        After you find the cause, accept the breaks on the server. The reason is recorded:{" "}
        <code className="font-mono text-xs">npm run verify-audit -- --repair</code>
      </p>
    </>
  );
}
