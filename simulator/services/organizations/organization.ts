import type * as sdk from "@aws-sdk/client-organizations";
import {
  AccountNotFoundException,
  InvalidInputException,
  OrganizationalUnitNotFoundException,
  ParentNotFoundException,
} from "@aws-sdk/client-organizations";
import { DAY_MS } from "../../engine/clock";
import { stableHex } from "../../engine/ids";
import { pageOf } from "../../engine/page";
import type { Handlers } from "../../wire/contract";
import type { AccountRow, OrganizationsStore, UnitRow } from "./store";

type Organizations = Handlers<typeof sdk, OrganizationsStore>;

export const organization = {
  DescribeOrganization: ({ store, account }) => ({
    Organization: {
      Id: store.organizationId,
      Arn: arnOf(store, `organization/${store.organizationId}`),
      FeatureSet: "ALL" as const,
      MasterAccountId: account,
      MasterAccountArn: arnOf(store, `account/${store.organizationId}/${account}`),
      MasterAccountEmail: `aws+${account}@example.com`,
      AvailablePolicyTypes: [],
    },
  }),

  ListRoots: ({ store }) => ({
    Roots: [
      {
        Id: store.rootId,
        Arn: arnOf(store, `root/${store.organizationId}/${store.rootId}`),
        Name: "Root",
        PolicyTypes: [],
      },
    ],
  }),

  ListAccounts({ store }, input) {
    const page = organizationPage(store.accounts.list(), input);
    return { Accounts: page.items.map(withoutParent), NextToken: page.nextToken };
  },

  DescribeAccount({ store }, { AccountId = "" }) {
    const row = store.accounts.get(AccountId);
    if (row) return { Account: withoutParent(row) };
    const message = "You specified an account that doesn't exist.";
    throw new AccountNotFoundException({ message, $metadata: {} });
  },

  ListAccountsForParent({ store }, input) {
    const parent = requireParent(store, input.ParentId);
    const page = organizationPage(
      store.accounts.list(({ parentId }) => parentId === parent),
      input,
    );
    return { Accounts: page.items.map(withoutParent), NextToken: page.nextToken };
  },

  ListOrganizationalUnitsForParent({ store }, input) {
    const parent = requireParent(store, input.ParentId);
    const page = organizationPage(
      store.units.list(({ parentId }) => parentId === parent),
      input,
    );
    return { OrganizationalUnits: page.items.map(withoutParent), NextToken: page.nextToken };
  },

  DescribeOrganizationalUnit({ store }, { OrganizationalUnitId = "" }) {
    const row = store.units.get(OrganizationalUnitId);
    if (row) return { OrganizationalUnit: withoutParent(row) };
    const message = "You specified an organizational unit that doesn't exist.";
    throw new OrganizationalUnitNotFoundException({ message, $metadata: {} });
  },

  ListParents({ store }, { ChildId = "" }) {
    const parentId = (store.accounts.get(ChildId) ?? store.units.get(ChildId))?.parentId ?? store.rootId;
    const Type = parentId.startsWith("r-") ? ("ROOT" as const) : ("ORGANIZATIONAL_UNIT" as const);
    return { Parents: [{ Id: parentId, Type }] };
  },
} satisfies Partial<Organizations>;

/** Three units with an account each beside the management account. */
export function plantOrganization(store: OrganizationsStore, { seededAt }: { seededAt: number }): void {
  const join = (Id: string, Name: string, parentId: string) =>
    store.accounts.put({
      Id,
      Name,
      parentId,
      Arn: arnOf(store, `account/${store.organizationId}/${Id}`),
      Email: `aws+${Id}@example.com`,
      Status: "ACTIVE",
      JoinedMethod: "CREATED",
      JoinedTimestamp: new Date(seededAt - 400 * DAY_MS),
    });
  join(store.account, "Management", store.rootId);
  for (const [Name, account] of [
    ["Shared services", "222233334444"],
    ["Staging", "444455556666"],
    ["Production", "777788889999"],
  ] as const) {
    const Id = `ou-${store.rootId.slice(2)}-${stableHex(8, store.account, Name)}`;
    store.units.put({
      Id,
      Name,
      parentId: store.rootId,
      Arn: arnOf(store, `ou/${store.organizationId}/${Id}`),
    });
    if (account !== store.account) join(account, Name, Id);
  }
}

function arnOf(store: OrganizationsStore, resource: string): string {
  return `arn:${store.partition}:organizations::${store.account}:${resource}`;
}

function requireParent(store: OrganizationsStore, id = ""): string {
  if (id === store.rootId || store.units.has(id)) return id;
  throw new ParentNotFoundException({ message: "You specified parent that doesn't exist.", $metadata: {} });
}

function withoutParent<Row extends AccountRow | UnitRow>({
  parentId: _,
  ...row
}: Row): Omit<Row, "parentId"> {
  return row;
}

function organizationPage<Row>(
  rows: Row[],
  input: { NextToken?: string | undefined; MaxResults?: number | undefined },
) {
  const refuse = () => {
    throw new InvalidInputException({
      message: "The provided NextToken is not valid.",
      Reason: "INVALID_NEXT_TOKEN",
      $metadata: {},
    });
  };
  return pageOf(
    rows,
    { nextToken: input.NextToken, maxResults: input.MaxResults },
    { defaultSize: 20, refuse },
  );
}
