import "server-only";
import { ROLES, type Role } from "@/lib/core/actor";
import { formatArn } from "@/lib/core/arn";
import { AWS_CALLS, FIRST_USE, iamActionOf, PASSED_ROLES, SELF_CHECK } from "./aws-actions";

type PolicyStatement = {
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
  /** Beginnings of the names of parameters that hold AMIs. */
  parameters?: string[];
  /** Names of the roles that may be handed to Image Builder, with stars. */
  passRoles?: string[];
};

const DEFAULT_LOG_GROUPS = ["/aws/imagebuilder/"];
const DEFAULT_PARAMETERS = ["/imagebuilder/"];
const DEFAULT_PASS_ROLES = ["*ImageBuilder*", "*imagebuilder*"];

/** IAM actions that a console of this role needs, in order. */
export function iamActionsOf(role: Role): string[] {
  const allowed = ({ role: least }: { role: Role }) => ROLES.indexOf(least) <= ROLES.indexOf(role);
  const calls = Object.entries({ ...AWS_CALLS, ...SELF_CHECK }).filter(([, fact]) => allowed(fact));
  const others = [PASSED_ROLES, FIRST_USE].filter(allowed).map(({ action }) => action);
  return [...new Set([...calls.map(([call]) => iamActionOf(call)), ...others])].toSorted();
}

type Rule = {
  sid: string;
  covers: (action: string) => boolean;
  /** What the action is allowed on. */
  resources: (scope: Required<PolicyScope>) => string[];
  condition?: PolicyStatement["Condition"];
};

const onAnything = () => ["*"];
const isOneOf =
  (...actions: string[]) =>
  (action: string) =>
    actions.includes(action);

/** The first rule that covers an action says on what it is needed; the last one covers all that is left. */
const RULES: Rule[] = [
  {
    sid: "HandRolesOn",
    covers: isOneOf(PASSED_ROLES.action),
    resources: ({ partition, accountId, passRoles }) =>
      passRoles.map((name) =>
        formatArn({ partition, service: "iam", region: "", accountId, resource: `role/${name}` }),
      ),
    condition: {
      StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "imagebuilder.amazonaws.com"] },
    },
  },
  {
    sid: "LetImageBuilderIn",
    covers: isOneOf(FIRST_USE.action),
    resources: ({ partition, accountId }) => [
      formatArn({
        partition,
        service: "iam",
        region: "",
        accountId,
        resource: `role/aws-service-role/imagebuilder.amazonaws.com/AWSServiceRoleForImageBuilder`,
      }),
    ],
    condition: { StringEquals: { "iam:AWSServiceName": "imagebuilder.amazonaws.com" } },
  },
  // AWS's own components and images belong to no account of yours.
  {
    sid: "ReadImageBuilder",
    covers: (action) => /^imagebuilder:(Get|List)/.test(action),
    resources: onAnything,
  },
  {
    sid: "WriteImageBuilder",
    covers: (action) => action.startsWith("imagebuilder:"),
    resources: ({ partition, region, accountId }) => [
      formatArn({ partition, service: "imagebuilder", region, accountId, resource: `*` }),
    ],
  },
  // Neither belongs to a group: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
  {
    sid: "FindBuildLogs",
    covers: isOneOf("logs:DescribeLogGroups", "logs:GetQueryResults"),
    resources: onAnything,
  },
  {
    sid: "ReadBuildLogs",
    covers: (action) => action.startsWith("logs:"),
    // The star covers the group and its streams.
    resources: ({ partition, region, accountId, logGroups }) =>
      logGroups.map((group) =>
        formatArn({ partition, service: "logs", region, accountId, resource: `log-group:${group}*` }),
      ),
  },
  {
    sid: "HearOfBuilds",
    covers: (action) => action.startsWith("sqs:"),
    resources: ({ partition, region, accountId }) => [
      formatArn({ partition, service: "sqs", region, accountId, resource: `*` }),
    ],
  },
  {
    sid: "ShareImages",
    covers: isOneOf("ec2:ModifyImageAttribute"),
    // The ARN of an image names no account.
    resources: ({ partition, region }) => [
      formatArn({ partition, service: "ec2", region, accountId: "", resource: `image/*` }),
    ],
  },
  // Parameters are passwords too: those that hold AMIs lie in a place of their own, or are published by AWS.
  {
    sid: "ReadImageParameters",
    covers: isOneOf("ssm:GetParameter", "ssm:GetParameters"),
    resources: ({ partition, region, accountId, parameters }) => [
      ...parameters.map((path) =>
        formatArn({ partition, service: "ssm", region, accountId, resource: `parameter${path}*` }),
      ),
      // AWS's own belong to no account.
      formatArn({ partition, service: "ssm", region, accountId: "", resource: "parameter/aws/service/*" }),
    ],
  },
  { sid: "KnowOneself", covers: (action) => action in SELF_CHECK, resources: onAnything },
  { sid: "ReadOtherServices", covers: () => true, resources: onAnything },
];

const ruleOf = (action: string) => RULES.find(({ covers }) => covers(action));

const inWhole = (scope: PolicyScope): Required<PolicyScope> => ({
  accountId: scope.accountId ?? "*",
  region: scope.region ?? "*",
  partition: scope.partition ?? "aws",
  logGroups: scope.logGroups ?? DEFAULT_LOG_GROUPS,
  parameters: scope.parameters ?? DEFAULT_PARAMETERS,
  passRoles: scope.passRoles ?? DEFAULT_PASS_ROLES,
});

/** The least IAM policy under which a console can do all that the role may, and nothing beyond it. */
export function policyOfRole(role: Role, scope: PolicyScope = {}): PolicyDocument {
  const actions = iamActionsOf(role);
  const statements = RULES.map((rule): PolicyStatement => {
    const [first = "*", ...more] = rule.resources(inWhole(scope));
    return {
      Sid: rule.sid,
      Effect: "Allow",
      Action: actions.filter((action) => ruleOf(action) === rule),
      Resource: more.length > 0 ? [first, ...more] : first,
      ...(rule.condition && { Condition: rule.condition }),
    };
  });
  return { Version: "2012-10-17", Statement: statements.filter(({ Action }) => Action.length > 0) };
}

/**
 * A resource on which the action must be allowed: a policy that names resources allows nothing on "all". It need not
 * exist: its name is a beginning that every one of its kind has.
 */
export function exampleResourceOf(action: string, scope: PolicyScope): string {
  const [resource = "*"] = ruleOf(action)?.resources(inWhole(scope)) ?? [];
  return resource === "*" ? resource : resource.replace(/\*$/, "goldsmith");
}

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
