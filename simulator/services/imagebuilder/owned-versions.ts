import type { Filter } from "@aws-sdk/client-imagebuilder";
import type { Table } from "../../engine/table";
import { parentArn } from "./arns";
import { invalidRequest } from "./exceptions";
import type { SharedRow } from "./sharing";
import { newestFirst } from "./store";

interface Row {
  arn: string;
  version: string;
}

/** The rows of an owner; without one, the caller's own. Third-party resources there are none. */
export function ownedBy<R extends Row>(
  owner: string | undefined,
  rows: { own: Table<R>; managed?: readonly R[]; shared?: () => SharedRow<R>[] },
): R[] {
  if (owner === undefined || owner === "Self") return rows.own.list();
  if (owner === "Shared") return (rows.shared?.() ?? []).map(({ row }) => row);
  return owner === "Amazon" ? [...(rows.managed ?? [])] : [];
}

/** A list by name gives no versions, so it cannot be asked for one. */
export function checkByName(input: { byName?: boolean | undefined; filters?: Filter[] | undefined }): void {
  if (input.byName && input.filters?.some(({ name }) => name === "version")) {
    invalidRequest("'byName' cannot be combined with a filter for 'version'.");
  }
}

/** Of each version its newest build, or by name of each name its newest version. Newest first. */
export function versionRows<R extends Row>(rows: R[], byName: boolean | undefined): R[] {
  const newest = new Map<string, R>();
  for (const row of rows.toSorted(newestFirst)) {
    const key = byName ? parentArn(parentArn(row.arn)) : parentArn(row.arn);
    if (!newest.has(key)) newest.set(key, row);
  }
  return [...newest.values()];
}
