import { InvalidInputException, MalformedPolicyDocumentException } from "@aws-sdk/client-iam";
import { evaluatePolicies, statementsIn } from "./evaluate-policy";
import { type Iam, iamPage } from "./operations";
import { noSuchEntity, requireRole } from "./roles";
import type { RoleRow } from "./store";

/** What roles may do: policies of their own, AWS's attached ones, and the simulator that IAM itself has for both. */
export const rolePolicies = {
  PutRolePolicy({ store }, { RoleName, PolicyName: name = "", PolicyDocument: document = "" }) {
    const row = requireRole(store, RoleName);
    if (!statementsIn(document)) {
      const message = "The policy is not in the valid JSON format.";
      throw new MalformedPolicyDocumentException({ message, $metadata: {} });
    }
    store.roles.put({ ...row, inlinePolicies: { ...row.inlinePolicies, [name]: document } });
    return {};
  },

  GetRolePolicy({ store }, { RoleName, PolicyName: name = "" }) {
    const row = requireRole(store, RoleName);
    return {
      RoleName: row.name,
      PolicyName: name,
      PolicyDocument: encodeURIComponent(requirePolicy(row, name)),
    };
  },

  DeleteRolePolicy({ store }, { RoleName, PolicyName: name = "" }) {
    const row = requireRole(store, RoleName);
    requirePolicy(row, name);
    const { [name]: _, ...inlinePolicies } = row.inlinePolicies ?? {};
    store.roles.put({ ...row, inlinePolicies });
    return {};
  },

  ListRolePolicies({ store }, input) {
    const { inlinePolicies = {} } = requireRole(store, input.RoleName);
    const { items, ...page } = iamPage(Object.keys(inlinePolicies).toSorted(), input);
    return { PolicyNames: items, ...page };
  },

  SimulatePrincipalPolicy({ store }, input) {
    const { PolicySourceArn: arn = "", ActionNames = [], ResourceArns = ["*"], PolicyInputList = [] } = input;
    if (!/:(role|user|group)\//.test(arn)) {
      throw new InvalidInputException({ message: `Invalid Entity Arn: ${arn}`, $metadata: {} });
    }
    const row = store.roles.find((role) => role.arn === arn);
    if (!row) throw noSuchEntity(`The role with ARN ${arn} cannot be found.`);
    if (PolicyInputList.some((document) => !statementsIn(document))) {
      throw new InvalidInputException({ message: "A policy document is malformed.", $metadata: {} });
    }
    const documents = [...policiesOf(row), ...PolicyInputList];
    const context = Object.fromEntries(
      (input.ContextEntries ?? []).map(({ ContextKeyName = "", ContextKeyValues = [] }) => [
        ContextKeyName.toLowerCase(),
        ContextKeyValues,
      ]),
    );
    const results = ActionNames.flatMap((action) =>
      ResourceArns.map((resource) => ({
        EvalActionName: action,
        EvalResourceName: resource,
        EvalDecision: evaluatePolicies(documents, { action, resource, context }),
        MatchedStatements: [],
        MissingContextValues: [],
      })),
    );
    const { items, ...page } = iamPage(results, input);
    return { EvaluationResults: items, ...page };
  },
} satisfies Partial<Iam>;

/** Differs from AWS: of its own policies these three are known; another one that is attached allows nothing. */
const AWS_POLICIES: Record<string, string[]> = {
  AdministratorAccess: ["*"],
  AWSImageBuilderFullAccess: ["imagebuilder:*"],
  AWSImageBuilderReadOnlyAccess: ["imagebuilder:Get*", "imagebuilder:List*"],
};

function policiesOf({ inlinePolicies = {}, attachedPolicies }: RoleRow): string[] {
  const attached = attachedPolicies.flatMap(({ PolicyName = "" }) => {
    const actions = AWS_POLICIES[PolicyName];
    return actions ? JSON.stringify({ Statement: { Effect: "Allow", Action: actions, Resource: "*" } }) : [];
  });
  return [...Object.values(inlinePolicies), ...attached];
}

function requirePolicy({ inlinePolicies = {} }: RoleRow, name: string): string {
  const document = inlinePolicies[name];
  if (document === undefined || !Object.hasOwn(inlinePolicies, name)) {
    throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  }
  return document;
}
