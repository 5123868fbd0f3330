import "server-only";
import { ROLES, type Role } from "@/lib/auth/types";
import { AWS_CALLS, iamActionOf, PASSED_ROLES, SELF_CHECK } from "./aws-actions";

export type PolicyStatement = {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
};
export type PolicyDocument = { Version: "2012-10-17"; Statement: PolicyStatement[] };

export type PolicyScope = {
  /** `*` where the policy is for any account. */
  accountId?: string;
  region?: string;
  partition?: string;
  /** Beginnings of the log groups that builds write to; AWS's default when none. */
  logGroups?: string[];
  /** Names of the roles that may be handed to Image Builder, with stars. */
  passRoles?: string[];
};

const DEFAULT_LOG_GROUPS = ["/aws/imagebuilder/"];
const DEFAULT_PASS_ROLES = ["*ImageBuilder*", "*imagebuilder*"];

/** IAM actions that a console of this role needs, in order. */
export function iamActionsOf(role: Role): string[] {
  const allowed = ({ role: least }: { role: Role }) => ROLES.indexOf(least) <= ROLES.indexOf(role);
  const calls = Object.entries({ ...AWS_CALLS, ...SELF_CHECK }).filter(([, fact]) => allowed(fact));
  const passed = allowed(PASSED_ROLES) ? [PASSED_ROLES.action] : [];
  return [...new Set([...calls.map(([call]) => iamActionOf(call)), ...passed])].toSorted();
}

/**
 * The least IAM policy under which a console can do all that the role may, and nothing beyond it. Reads of Image
 * Builder are for any resource, since AWS's own components and images belong to no account of yours.
 */
export function policyOfRole(
  role: Role,
  {
    accountId = "*",
    region = "*",
    partition = "aws",
    logGroups = DEFAULT_LOG_GROUPS,
    passRoles = DEFAULT_PASS_ROLES,
  }: PolicyScope = {},
): PolicyDocument {
  const actions = iamActionsOf(role);
  const of = (test: (action: string) => boolean) => actions.filter(test);
  const own = `arn:${partition}:imagebuilder:${region}:${accountId}:*`;
  const groups = logGroups.map(
    (group) => `arn:${partition}:logs:${region}:${accountId}:log-group:${group}*:log-stream:*`,
  );
  const roles = passRoles.map((name) => `arn:${partition}:iam::${accountId}:role/${name}`);
  const isWrite = (action: string) => /^imagebuilder:(?!Get|List)/.test(action);
  const statements: PolicyStatement[] = [
    {
      Sid: "ReadImageBuilder",
      ...allow(
        of((action) => /^imagebuilder:(Get|List)/.test(action)),
        "*",
      ),
    },
    {
      Sid: "ReadBuildLogs",
      ...allow(
        of((action) => action.startsWith("logs:")),
        groups,
      ),
    },
    { Sid: "WriteImageBuilder", ...allow(of(isWrite), own) },
    {
      Sid: "OfferChoices",
      ...allow(
        of((action) => /^(ec2|ecr|kms|organizations|s3|sns|ssm|iam:List)/.test(action)),
        "*",
      ),
    },
    {
      Sid: "HandRolesOn",
      ...allow(
        of((action) => action === PASSED_ROLES.action),
        roles,
      ),
      Condition: {
        StringEquals: {
          "iam:PassedToService": ["ec2.amazonaws.com", "imagebuilder.amazonaws.com"],
        },
      },
    },
    {
      Sid: "KnowOneself",
      ...allow(
        of((action) => action in SELF_CHECK),
        "*",
      ),
    },
  ];
  return { Version: "2012-10-17", Statement: statements.filter(({ Action }) => Action.length > 0) };
}

const allow = (actions: string[], resource: string | string[]) => ({
  Effect: "Allow" as const,
  Action: actions,
  Resource: resource,
});

/** Who may assume the role: the console's own, with its external id, saying who acts as source identity. */
export function trustOfConsole(consoleRoleArn: string, externalId?: string): object {
  const principal = { AWS: consoleRoleArn };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AssumedByGoldsmith",
        Effect: "Allow",
        Principal: principal,
        Action: "sts:AssumeRole",
        ...(externalId && { Condition: { StringEquals: { "sts:ExternalId": externalId } } }),
      },
      { Sid: "SayWhoActs", Effect: "Allow", Principal: principal, Action: "sts:SetSourceIdentity" },
    ],
  };
}
