import { parseArn } from "./arns";
import type { ComponentRow } from "./resource-rows";
import { type ImageBuilderStore, resolveVersion } from "./store";

interface Statement {
  Effect?: string;
  Principal?: unknown;
  Action?: string | string[];
}

function statementsOf(store: ImageBuilderStore, arn: string): Statement[] {
  const { Statement = [] } = JSON.parse(store.policies.get(arn)?.policy ?? "{}") ?? {};
  return [Statement].flat().filter((one) => typeof one === "object" && one !== null);
}

/** What is shared with other accounts cannot be deleted; a policy without a statement shares nothing. */
export function isShared(store: ImageBuilderStore, arn: string): boolean {
  return statementsOf(store, arn).length > 0;
}

/** The kinds that can be shared, with the action that a policy allows for one to be read. */
type SharedKind = "Component" | "Image" | "ImageRecipe" | "ContainerRecipe";

export interface SharedRow<Row> {
  owner: ImageBuilderStore;
  row: Row;
}

/**
 * What other accounts of this Region share with this one by the policy of a resource.
 * Differs from AWS: there is no RAM here. AWS lists what a policy shares once the policy is promoted to a resource
 * share and, outside of an organization, the share is accepted; here the policy is enough.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-shared-resources.html
 */
export function sharedWith<Row extends { arn: string }>(
  store: ImageBuilderStore,
  kind: SharedKind,
  tableOf: (owner: ImageBuilderStore) => Iterable<Row>,
): SharedRow<Row>[] {
  const owners = store.scope.others("imagebuilder") as ImageBuilderStore[];
  return owners
    .filter((owner) => owner.account !== store.account && owner.region === store.region)
    .flatMap((owner) =>
      [...tableOf(owner)]
        .filter(({ arn }) => allows(statementsOf(owner, arn), store.account, `imagebuilder:Get${kind}`))
        .map((row) => ({ owner, row })),
    );
}

/** The rows among which an ARN is looked up: those of the account it names, own or shared. */
export function reachable<Row extends { arn: string }>(
  store: ImageBuilderStore,
  kind: SharedKind,
  arn: string | undefined,
  tableOf: (owner: ImageBuilderStore) => Iterable<Row>,
): Iterable<Row> {
  const account = parseArn(arn ?? "")?.account;
  if (account === undefined || account === store.account) return tableOf(store);
  return sharedWith(store, kind, tableOf).map(({ row }) => row);
}

/** The component an ARN names, own, shared or managed. */
export function findComponent(store: ImageBuilderStore, arn: string): ComponentRow | undefined {
  const managed = parseArn(arn)?.account === "aws";
  return resolveVersion(
    managed
      ? store.managed.components
      : reachable(store, "Component", arn, ({ components }) => components.values()),
    arn,
  );
}

/** Differs from AWS: conditions of a statement are not looked at. */
function allows(statements: Statement[], account: string, action: string): boolean {
  const fitting = statements.filter(
    ({ Principal, Action }) => isPrincipal(Principal, account) && [Action ?? []].flat().some(isAction),
  );
  return fitting.some(({ Effect }) => Effect === "Allow") && !fitting.some(({ Effect }) => Effect === "Deny");

  function isAction(pattern: unknown): boolean {
    if (typeof pattern !== "string") return false;
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".");
    return new RegExp(`^${source}$`, "i").test(action);
  }
}

function isPrincipal(principal: unknown, account: string): boolean {
  if (principal === "*") return true;
  const { AWS } = (principal ?? {}) as { AWS?: unknown };
  return [AWS]
    .flat()
    .some(
      (one) =>
        one === "*" ||
        one === account ||
        new RegExp(`^arn:aws[\\w-]*:iam::${account}:root$`).test(String(one)),
    );
}
