"use client";
import { useQuery } from "@tanstack/react-query";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Mono } from "@/components/ui/mono";
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
          <p className="m-0 font-semibold text-fail">
            Row {data.brokenAt} is not as it was written, or was taken out. The {data.rows} rows before it are
            unchanged.
          </p>
        ) : data ? (
          <p className="m-0">
            All {data.rows} rows are as they were written. Note down the number and the last hash: the next
            check can be held to them. <Mono copy>{`${data.rows}:${data.head}`}</Mono>
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
