import "server-only";
import {
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
} from "@aws-sdk/client-organizations";
import { collectPages } from "@/lib/aws/paginate";
import { ConsoleFailure } from "@/lib/core/failure";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { Choice, ChoiceList } from "./types";

const FRESH_FOR_MS = 600_000;
/** Organizations answers about one request a second, and units are listed parent by parent. */
const MAX_PARENTS = 12;

export function organizationChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  return inOrganization(async () => {
    const { Organization } = await aws.organizations.read(new DescribeOrganizationCommand({}), {
      freshForMs: FRESH_FOR_MS,
    });
    const { Arn, Id = "" } = Organization ?? {};
    return { choices: Arn ? [{ value: Arn, label: Id, detail: Arn }] : [] };
  });
}

export function accountChoices({ aws, target }: UseCaseContext): Promise<ChoiceList> {
  return inOrganization(async () => {
    const accounts = await collectPages({
      load: async (NextToken) => {
        const command = new ListAccountsCommand({ NextToken });
        const page = await aws.organizations.read(command, { freshForMs: FRESH_FOR_MS });
        return { items: page.Accounts, next: page.NextToken };
      },
    });
    return {
      choices: accounts
        .filter(({ Status, Id }) => Status !== "SUSPENDED" && Id !== target.accountId)
        .map(({ Id = "", Name = Id }) => ({ value: Id, label: Name, detail: Id })),
    };
  });
}

/** Units with the path to them, the upper ones first. */
export function organizationalUnitChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  return inOrganization(async () => {
    const { Roots = [] } = await aws.organizations.read(new ListRootsCommand({}), {
      freshForMs: FRESH_FOR_MS,
    });
    const choices: Choice[] = [];
    const parents = Roots.flatMap(({ Id }) => (Id ? [{ id: Id, path: "" }] : []));
    for (let index = 0; index < Math.min(parents.length, MAX_PARENTS); index++) {
      const parent = parents[index];
      if (!parent) break;
      const units = await collectPages({
        load: async (NextToken) => {
          const command = new ListOrganizationalUnitsForParentCommand({ ParentId: parent.id, NextToken });
          const page = await aws.organizations.read(command, { freshForMs: FRESH_FOR_MS });
          return { items: page.OrganizationalUnits, next: page.NextToken };
        },
      });
      for (const { Id = "", Arn = "", Name = Id } of units) {
        const label = parent.path ? `${parent.path} / ${Name}` : Name;
        choices.push({ value: Arn, label, detail: Id });
        parents.push({ id: Id, path: label });
      }
    }
    const reason =
      parents.length > MAX_PARENTS
        ? "Only top-level organizational units are listed. Type the ARN of a nested one."
        : undefined;
    return { choices, reason };
  });
}

/** An account outside any organization has no choices, which is no failure. */
async function inOrganization(load: () => Promise<ChoiceList>): Promise<ChoiceList> {
  try {
    return await load();
  } catch (error) {
    const cause = error instanceof ConsoleFailure ? error.cause : undefined;
    const name = typeof cause === "object" && cause !== null && "name" in cause ? cause.name : undefined;
    if (name !== "AWSOrganizationsNotInUseException") throw error;
    return { choices: [], reason: "This account isn't in an AWS organization." };
  }
}
