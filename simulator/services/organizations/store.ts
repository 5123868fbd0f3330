import type { Account, OrganizationalUnit } from "@aws-sdk/client-organizations";
import { stableHex } from "../../engine/ids";
import type { Scope } from "../../engine/scope";
import type { Table } from "../../engine/table";

export type AccountRow = Account & { Id: string; parentId: string };
export type UnitRow = OrganizationalUnit & { Id: string; parentId: string };

/** The organization that an account is the management account of. */
export interface OrganizationsStore {
  account: string;
  partition: string;
  organizationId: string;
  rootId: string;
  accounts: Table<AccountRow>;
  units: Table<UnitRow>;
}

export function openOrganizationsStore(scope: Scope): OrganizationsStore {
  return {
    account: scope.account,
    partition: scope.partition,
    organizationId: `o-${stableHex(10, "organization", scope.account)}`,
    rootId: `r-${stableHex(4, "root", scope.account)}`,
    accounts: scope.table<AccountRow>("organizations.accounts", (row) => row.Id),
    units: scope.table<UnitRow>("organizations.units", (row) => row.Id),
  };
}
