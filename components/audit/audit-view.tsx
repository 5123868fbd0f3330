"use client";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useSearchParams } from "next/navigation";
import { ReadFailure } from "@/components/shell/read-failure";
import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { writeAddress } from "@/components/ui/navigation-under-way";
import { Skeleton } from "@/components/ui/skeleton";
import type { AuditFilter } from "@/lib/audit-trail/types";
import { apiUrls } from "@/lib/core/urls";
import { auditPageQuery, auditSearch, readAuditFilter } from "@/lib/queries/audit";
import { AuditChainStatus } from "./audit-chain-status";
import { AuditFilters } from "./audit-filters";
import { AuditTable } from "./audit-table";

/** Who did what: the filter and the page stand in the address, so that both can be sent to somebody. */
export function AuditView({ target }: { target: string }) {
  const pathname = usePathname();
  const search = useSearchParams();
  const filter = readAuditFilter((name) => search.get(name));
  const before = search.get("before") ?? undefined;
  const { data, error, refetch, isPlaceholderData } = useQuery(auditPageQuery(target, filter, before));

  const choose = (change: AuditFilter) =>
    // The latest address, not the last rendered one: two changes may come before a render.
    writeAddress((query) => {
      const latest = readAuditFilter((name) => query.get(name));
      return `${pathname}?${auditSearch({ ...latest, ...change })}`;
    });
  const turnTo = (page?: number) => {
    window.history.pushState(null, "", `${pathname}?${auditSearch(filter, page?.toString())}`);
    window.scrollTo({ top: 0 });
  };
  const isFiltered = auditSearch(filter).size > 0;

  return (
    <div className="grid gap-4">
      <Card flush>
        <AuditFilters
          filter={filter}
          actions={data?.actions ?? []}
          mayReadConsole={data?.mayReadConsole ?? false}
          onChange={choose}
        />
        {error && !(data && !isPlaceholderData) ? (
          <ReadFailure title="Couldn't load the audit log" error={error} onRetry={refetch} />
        ) : !data ? (
          <Skeleton label="Loading the audit log" lines={10} />
        ) : data.rows.length > 0 ? (
          <AuditTable rows={data.rows} isBusy={isPlaceholderData} />
        ) : isFiltered || before ? (
          <p className="m-0 px-3.5 py-6 text-ink-2">No events match this filter.</p>
        ) : (
          <EmptyState title="No events yet">
            Every change made or refused by this console appears here: user, time, address, resource, change,
            and AWS's response.
          </EmptyState>
        )}
        <footer className="flex flex-wrap items-center gap-2 border-line border-t px-3.5 py-2">
          <Button onClick={() => turnTo()} disabled={!before}>
            Newest
          </Button>
          <Button onClick={() => turnTo(data?.older)} disabled={data?.older === undefined}>
            Older
          </Button>
          <span className="flex-1" />
          <a href={apiUrls.auditFile(target, "csv", auditSearch(filter))} download className={buttonClass()}>
            Export CSV
          </a>
          <a
            href={apiUrls.auditFile(target, "jsonl", auditSearch(filter))}
            download
            className={buttonClass()}
          >
            Export JSON Lines
          </a>
        </footer>
      </Card>
      <AuditChainStatus target={target} />
    </div>
  );
}
