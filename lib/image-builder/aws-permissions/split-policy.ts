import type { PolicyDocument, PolicyStatement } from "./types";

/**
 * Characters of a customer managed policy, white space not counted.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const MOST_CHARACTERS = 6_144;
/** Managed policies that one role takes, unless the account's quota was raised. Same page. */
export const MOST_POLICIES_OF_ROLE = 10;

/** How long IAM counts a document to be: as JSON without white space between its parts. */
const lengthOf = (Statement: readonly PolicyStatement[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement }).length;
const fits = (statements: readonly PolicyStatement[]) => lengthOf(statements) <= MOST_CHARACTERS;

/**
 * The same permissions as documents that each fit into one managed policy: `goldsmith-admin-1`, `goldsmith-admin-2`
 * and so on for the name `goldsmith-admin`. A role that has all of them may do exactly what the one document allows.
 * The statements stay in order, so what is added at the end moves nothing before it.
 * Throws where one action on one resource does not fit by itself.
 */
export function splitPolicy(name: string, { Statement }: PolicyDocument): Record<string, PolicyDocument> {
  const documents: PolicyStatement[][] = [];
  for (const statement of Statement.flatMap(piecesOf)) {
    const last = documents.at(-1);
    // A Sid is unique in its document, so pieces of one statement go to documents of their own.
    const isThere = last?.some(({ Sid }) => Sid === statement.Sid);
    if (last && !isThere && fits([...last, statement])) last.push(statement);
    else documents.push([statement]);
  }
  return Object.fromEntries(
    documents.map((statements, at) => [
      `${name}-${at + 1}`,
      { Version: "2012-10-17", Statement: statements },
    ]),
  );
}

/** A statement that fits is its only piece; else its halves are, by actions first and then by resources. */
function piecesOf(statement: PolicyStatement): PolicyStatement[] {
  if (fits([statement])) return [statement];
  const { Action, Resource } = statement;
  const resources = [Resource].flat();
  if (Action.length === 1 && resources.length === 1)
    throw new Error(`The resource of ${statement.Sid} is too long for a policy of AWS.`);
  const halves =
    Action.length > 1
      ? halvesOf(Action).map((half) => ({ ...statement, Action: half }))
      : halvesOf(resources).map((half) => ({ ...statement, Resource: half }));
  return halves.flatMap(piecesOf);
}

function halvesOf<Item>(items: readonly Item[]): [Item[], Item[]] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
