import "server-only";
import { METRICS_NAMESPACE } from "@/lib/as-code/cloudwatch-names";
import { ROLES, type Role } from "@/lib/core/actor";
import { dnsSuffixOfPartition, formatArn, partitionOf } from "@/lib/core/arn";
import {
  AMI_CONSEQUENCES,
  AWS_CALLS,
  FIRST_USE,
  iamActionOf,
  LAUNCH_TEMPLATE_USE,
  PASSED_ROLES,
  SELF_CHECK,
} from "./aws-actions";
import type { PolicyDocument, PolicyStatement } from "./types";

export type PolicyScope = {
  /** `*` where the policy is for any account. */
  accountId?: string;
  region?: string;
  /** That of the Region when not given. */
  partition?: string;
  /** Beginnings of the log groups that builds write to; AWS's default when none. */
  logGroups?: string[];
  /** Beginnings of the names of parameters that hold AMIs. */
  parameters?: string[];
  /** Names of the SQS queues that bring events of builds; none when no target has one. */
  queues?: string[];
  /** Whether metrics are sent to CloudWatch; no target sends any unless it is set to. */
  metrics?: boolean;
  /** Names of the roles that may be handed to Image Builder, with stars. */
  passRoles?: string[];
};

/** What IAM knows the namespace of a metric by. */
export const NAMESPACE_KEY = "cloudwatch:namespace";
const METRIC_SIDS = ["SendMetrics", "CheckMetrics"];
const DEFAULT_LOG_GROUPS = ["/aws/imagebuilder/"];
const DEFAULT_PARAMETERS = ["/imagebuilder/"];
const DEFAULT_PASS_ROLES = ["*ImageBuilder*", "*imagebuilder*"];

/** IAM actions that a console of this role needs, in order. */
export function iamActionsOf(role: Role): string[] {
  const allowed = ({ role: least }: { role: Role }) => ROLES.indexOf(least) <= ROLES.indexOf(role);
  const calls = Object.entries({ ...AWS_CALLS, ...SELF_CHECK }).filter(([, fact]) => allowed(fact));
  const others = [PASSED_ROLES, FIRST_USE, LAUNCH_TEMPLATE_USE, ...AMI_CONSEQUENCES]
    .filter(allowed)
    .map(({ action }) => action);
  return [...new Set([...calls.map(([call]) => iamActionOf(call)), ...others])].toSorted();
}

/** A service as a principal: outside of the commercial host names it goes by those of its partition too. */
function principalsOf(service: string, partition: string): string[] {
  const suffixes = new Set(["amazonaws.com", dnsSuffixOfPartition(partition) ?? "amazonaws.com"]);
  return [...suffixes].map((suffix) => `${service}.${suffix}`);
}

type Rule = {
  sid: string;
  covers: (action: string) => boolean;
  /** What the action is allowed on. */
  resources: (scope: Required<PolicyScope>) => string[];
  condition?: (scope: Required<PolicyScope>, role: Role) => PolicyStatement["Condition"];
};

const mayLaunchAlone = (role: Role) => {
  const least = AWS_CALLS[LAUNCH_TEMPLATE_USE.action]?.role;
  return least !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(least);
};
const onAnything = () => ["*"];
const isOneOf =
  (...actions: string[]) =>
  (action: string) =>
    actions.includes(action);

/** The first rule that covers an action says on what it is needed; the last one covers all that is left. */
const RULES: Rule[] = [
  {
    sid: "PassRoles",
    covers: isOneOf(PASSED_ROLES.action),
    resources: ({ partition, accountId, passRoles }) =>
      passRoles.map((name) =>
        formatArn({ partition, service: "iam", region: "", accountId, resource: `role/${name}` }),
      ),
    condition: ({ partition }) => ({
      StringEquals: {
        "iam:PassedToService": [
          ...principalsOf("ec2", partition),
          ...principalsOf("imagebuilder", partition),
        ],
      },
    }),
  },
  {
    sid: "FirstUse",
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
    condition: () => ({ StringEquals: { "iam:AWSServiceName": "imagebuilder.amazonaws.com" } }),
  },
  // AWS's own components and images belong to no account of yours.
  {
    sid: "Read",
    covers: (action) => /^imagebuilder:(Get|List)/.test(action),
    resources: onAnything,
  },
  {
    sid: "Write",
    covers: (action) => action.startsWith("imagebuilder:"),
    resources: ({ partition, region, accountId }) => [
      formatArn({ partition, service: "imagebuilder", region, accountId, resource: `*` }),
    ],
  },
  {
    sid: "ReadLogs",
    // The others belong to no group: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
    covers: (action) =>
      action.startsWith("logs:") && !isOneOf("logs:DescribeLogGroups", "logs:GetQueryResults")(action),
    // The star covers the group and its streams.
    resources: ({ partition, region, accountId, logGroups }) =>
      logGroups.map((group) =>
        formatArn({ partition, service: "logs", region, accountId, resource: `log-group:${group}*` }),
      ),
  },
  {
    sid: "HearOfBuilds",
    covers: (action) => action.startsWith("sqs:"),
    resources: ({ partition, region, accountId, queues }) =>
      queues.map((resource) => formatArn({ partition, service: "sqs", region, accountId, resource })),
  },
  // Optional. A metric has no ARN: its namespace is what can be said of it.
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-cw-condition-keys-namespace.html
  {
    sid: "SendMetrics",
    covers: isOneOf("cloudwatch:PutMetricData"),
    resources: ({ metrics }) => (metrics ? ["*"] : []),
    condition: () => ({ StringEquals: { [NAMESPACE_KEY]: METRICS_NAMESPACE } }),
  },
  {
    sid: "CheckMetrics",
    covers: isOneOf("cloudwatch:GetMetricData"),
    resources: ({ metrics }) => (metrics ? ["*"] : []),
  },
  {
    sid: "Notify",
    covers: isOneOf("sns:Publish"),
    resources: ({ partition, region, accountId }) => [
      formatArn({ partition, service: "sns", region, accountId, resource: "*" }),
    ],
  },
  {
    sid: "RollOut",
    covers: (action) => action.startsWith("autoscaling:") && !action.startsWith("autoscaling:Describe"),
    resources: ({ partition, region, accountId }) => [
      formatArn({
        partition,
        service: "autoscaling",
        region,
        accountId,
        resource: "*",
      }),
    ],
  },
  {
    sid: "Launch",
    covers: isOneOf(LAUNCH_TEMPLATE_USE.action),
    resources: ({ partition, region }) => [
      formatArn({ partition, service: "ec2", region, accountId: "*", resource: "*" }),
    ],
    // Only through a launch template of the account's own; an instance by itself is for those who move one.
    condition: ({ partition, region, accountId }, role) =>
      mayLaunchAlone(role)
        ? undefined
        : {
            ArnLike: {
              "ec2:LaunchTemplate": formatArn({
                partition,
                service: "ec2",
                region,
                accountId,
                resource: "launch-template/*",
              }),
            },
          },
  },
  // Each is about kinds of its own: images, snapshots, instances, launch templates. ARNs of the first two name no account.
  {
    sid: "Images",
    covers: isOneOf(
      "ec2:CopyImage",
      "ec2:CreateImage",
      "ec2:CreateImageUsageReport",
      "ec2:CreateLaunchTemplate",
      "ec2:CreateLaunchTemplateVersion",
      "ec2:CreateTags",
      "ec2:DeleteLaunchTemplate",
      "ec2:DeleteSnapshot",
      "ec2:DeregisterImage",
      "ec2:DisableImage",
      "ec2:DisableImageDeprecation",
      "ec2:DisableImageDeregistrationProtection",
      "ec2:EnableImage",
      "ec2:EnableImageDeprecation",
      "ec2:EnableImageDeregistrationProtection",
      "ec2:ModifyImageAttribute",
      "ec2:StopInstances",
    ),
    resources: ({ partition, region }) => [
      formatArn({ partition, service: "ec2", region, accountId: "*", resource: "*" }),
    ],
  },
  {
    sid: "Encrypt",
    covers: (action) => AMI_CONSEQUENCES.some((one) => one.action === action) && action.startsWith("kms:"),
    // A key of another account may encrypt what is copied.
    resources: ({ partition, region }) => [
      formatArn({ partition, service: "kms", region, accountId: "*", resource: "key/*" }),
    ],
    condition: ({ partition, region }) => ({
      StringLike: { "kms:ViaService": principalsOf(`ec2.${region}`, partition) },
    }),
  },
  // Parameters are passwords too: those that hold AMIs lie in a place of their own, or are published by AWS.
  {
    sid: "Parameters",
    covers: isOneOf("ssm:DeleteParameter", "ssm:GetParameter", "ssm:GetParameters"),
    resources: ({ partition, region, accountId, parameters }) => [
      ...parameters.map((path) =>
        formatArn({ partition, service: "ssm", region, accountId, resource: `parameter${path}*` }),
      ),
      // AWS's own belong to no account.
      formatArn({ partition, service: "ssm", region, accountId: "", resource: "parameter/aws/service/*" }),
    ],
  },
  // One statement for all that is asked on anything, and the last one: it grows most.
  { sid: "ReadOthers", covers: () => true, resources: onAnything },
];

const ruleOf = (action: string) => RULES.find(({ covers }) => covers(action));

const inWhole = (scope: PolicyScope): Required<PolicyScope> => ({
  accountId: scope.accountId ?? "*",
  region: scope.region ?? "*",
  partition: scope.partition ?? partitionOf(scope.region ?? ""),
  logGroups: scope.logGroups ?? DEFAULT_LOG_GROUPS,
  parameters: scope.parameters ?? DEFAULT_PARAMETERS,
  queues: scope.queues ?? [],
  metrics: scope.metrics ?? false,
  passRoles: scope.passRoles ?? DEFAULT_PASS_ROLES,
});

/**
 * The least IAM policy under which a console can do all that the role may. Without a queue of build events it says
 * nothing of SQS, and without metrics nothing of CloudWatch's.
 */
export function policyOfRole(role: Role, scope: PolicyScope = {}): PolicyDocument {
  const actions = iamActionsOf(role);
  const whole = inWhole(scope);
  const statements = RULES.flatMap((rule): PolicyStatement[] => {
    const [first, ...more] = rule.resources(whole);
    // What there is none of needs no permission.
    if (first === undefined) return [];
    const condition = rule.condition?.(whole, role);
    return [
      {
        Sid: rule.sid,
        Effect: "Allow",
        Action: actions.filter((action) => ruleOf(action) === rule),
        Resource: more.length > 0 ? [first, ...more] : first,
        ...(condition && { Condition: condition }),
      },
    ];
  });
  return { Version: "2012-10-17", Statement: statements.filter(({ Action }) => Action.length > 0) };
}

/** The statements that sending metrics needs, to add to a policy that was printed without them. */
export const metricStatements = (): PolicyStatement[] =>
  policyOfRole("viewer", { metrics: true }).Statement.filter(({ Sid }) => METRIC_SIDS.includes(Sid));

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
