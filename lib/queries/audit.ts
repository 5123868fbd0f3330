import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import {
  AUDIT_FILTERS,
  type AuditChainCheck,
  type AuditFilter,
  type AuditPage,
} from "@/lib/audit-trail/types";
import { apiUrls } from "@/lib/core/urls";
import { fetchJson } from "./fetch-json";

/** A page of the audit; the newest one is refreshed, older ones do not change. */
export const auditPageQuery = (target: string, filter: AuditFilter, before?: string) =>
  queryOptions({
    queryKey: ["audit", target, filter, before ?? ""],
    queryFn: ({ signal }) => fetchJson<AuditPage>(apiUrls.audit(target, auditSearch(filter, before)), signal),
    refetchInterval: before ? false : 10_000,
    placeholderData: keepPreviousData,
  });

/** Asked for by a button: it reads the whole audit. */
export const auditChainQuery = (target: string) =>
  queryOptions({
    queryKey: ["audit-chain", target],
    queryFn: ({ signal }) => fetchJson<AuditChainCheck>(apiUrls.auditChain(target), signal),
    enabled: false,
    retry: false,
  });

/** The filter as a query string holds it, empty members left out. */
export function auditSearch(filter: AuditFilter, before?: string): URLSearchParams {
  const search = new URLSearchParams();
  for (const name of AUDIT_FILTERS) {
    const value = filter[name];
    if (value) search.set(name, value);
  }
  if (before) search.set("before", before);
  return search;
}

/** The filter that a page's address holds. */
export function readAuditFilter(read: (name: string) => string | null | undefined): AuditFilter {
  return Object.fromEntries(
    AUDIT_FILTERS.flatMap((name) => {
      const value = read(name);
      return value ? [[name, value]] : [];
    }),
  );
}
