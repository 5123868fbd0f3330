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
      title="Chain of hashes"
      action={
        <Button onClick={() => refetch()} disabled={isFetching}>
          {isFetching ? "Checking ..." : "Check the chain"}
        </Button>
      }
    >
      <div role="status">
        {error ? (
          <ReadFailure title="The chain cannot be checked" error={error} onRetry={() => refetch()} />
        ) : data?.brokenAt !== undefined ? (
          <BrokenChain check={data} />
        ) : data ? (
          <p className="m-0">
            All {data.rows} rows are as they were written
            {data.accepted ? `, except for ${data.accepted} that somebody accepted on record` : ""}. Note down
            the number and the last hash: the next check can be held to them.{" "}
            <Mono copy>{`${data.rows}:${data.head}`}</Mono>
          </p>
        ) : (
          <p className="m-0 text-ink-2">
            Each row of the whole console carries the hash of the row before it: a row that was changed, taken
            out or put in shows. On the server,{" "}
            <code className="font-mono text-xs">npm run verify-audit</code> does the same.
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
        {breakCount === 1 ? "One place is not as it was" : `${breakCount} places are not as they were`}{" "}
        written.{" "}
        {wholeFrom === undefined
          ? "The last row is one of them."
          : `The chain is whole from row ${wholeFrom} to the last of ${rows} rows.`}
      </p>
      <ul className="mb-0">
        {breaks.map((each) => (
          <li key={`${each.what} ${each.sequence}`}>{describeBreak(each)}</li>
        ))}
        {breakCount > breaks.length && <li>{breakCount - breaks.length} more</li>}
      </ul>
      <p className="mb-0 text-ink-2">
        Once the cause is known, accept them on the server. The reason stays on record:{" "}
        <code className="font-mono text-xs">npm run verify-audit -- --repair</code>
      </p>
    </>
  );
}
