import { formatArn, parseArn, partitionOf } from "@/lib/core/arn";

/** Whether accounts that an AMI is shared with can use a key, as far as its policy says. */
export type KeyVerdict =
  | { state: "allowed" }
  /** `missing`: actions that no statement allows. */
  | { state: "refused"; missing: string[] }
  | { state: "not known"; reason: string };

/**
 * What launching from a snapshot takes of its key.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
const NEEDED = [
  "kms:DescribeKey",
  "kms:Decrypt",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:CreateGrant",
];

/** What a grant for the service-linked role of Auto Scaling must allow. */
const GRANTED = [
  "Encrypt",
  "Decrypt",
  "ReEncryptFrom",
  "ReEncryptTo",
  "GenerateDataKey",
  "GenerateDataKeyWithoutPlaintext",
  "DescribeKey",
  "CreateGrant",
];

type Statement = Record<string, unknown>;
type Answer = "yes" | "no" | "maybe";

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string");

/** The statements of a policy; undefined for what is no policy. */
function statementsOf(policy: string): Statement[] | undefined {
  try {
    const { Statement: found } = JSON.parse(policy) as { Statement?: unknown };
    const list = Array.isArray(found) ? found : [found];
    return list.every((one) => typeof one === "object" && one !== null) ? (list as Statement[]) : undefined;
  } catch {
    return undefined;
  }
}

/** Who an AMI is shared with: an account, or an organization or unit by its ARN. */
export type Holder = { accountId: string } | { arn: string };

/**
 * Whether a key policy lets a holder launch from what the key encrypts. Conditions that cannot be decided from here,
 * and Not... members, make it not known; a role or user of the account alone is not the account.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html
 */
export function judgeKeyPolicy(policy: string | undefined, holder: Holder): KeyVerdict {
  if (policy === undefined) return { state: "not known", reason: "The key policy could not be read." };
  const statements = statementsOf(policy);
  if (!statements) return { state: "not known", reason: "The key policy could not be understood." };
  const answers = NEEDED.map((action) => ({ action, answer: isAllowed(statements, holder, action) }));
  const missing = answers.filter(({ answer }) => answer === "no").map(({ action }) => action);
  if (missing.length > 0) return { state: "refused", missing };
  return answers.some(({ answer }) => answer === "maybe")
    ? { state: "not known", reason: "The key policy has conditions that can’t be decided from here." }
    : { state: "allowed" };
}

function isAllowed(statements: Statement[], holder: Holder, action: string): Answer {
  const of = (effect: string) =>
    statements.filter(({ Effect }) => Effect === effect).map((one) => matches(one, holder, action));
  const [allowed, denied] = [of("Allow"), of("Deny")];
  if (denied.includes("yes")) return "no";
  if (!allowed.some((answer) => answer !== "no")) return "no";
  return allowed.includes("yes") && !denied.includes("maybe") ? "yes" : "maybe";
}

function matches(statement: Statement, holder: Holder, action: string): Answer {
  if ("NotPrincipal" in statement || "NotAction" in statement || "NotResource" in statement) return "maybe";
  if (!textsOf(statement.Action).some((pattern) => isLike(action, pattern))) return "no";
  return isPrincipal(statement.Principal, holder) ? conditionsHold(statement.Condition, holder) : "no";
}

function isPrincipal(principal: unknown, holder: Holder): boolean {
  const named = principal === "*" ? ["*"] : textsOf((principal as { AWS?: unknown } | null | undefined)?.AWS);
  if (named.includes("*")) return true;
  if (!("accountId" in holder)) return false;
  const { accountId } = holder;
  const isAccount = (text: string) => {
    const arn = parseArn(text);
    return (
      text === accountId || (arn?.service === "iam" && arn.accountId === accountId && arn.resource === "root")
    );
  };
  return named.some(isAccount);
}

/** Of conditions, those that say which account or organization may come, and for what a grant is. */
function conditionsHold(condition: unknown, holder: Holder): Answer {
  if (condition === undefined) return "yes";
  if (typeof condition !== "object" || condition === null) return "maybe";
  const tests = Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries((keys ?? {}) as Record<string, unknown>).map(([key, values]) => ({
      test: `${operator} ${key}`.toLowerCase(),
      values: textsOf(values),
    })),
  );
  const answers = tests.map(({ test, values }): Answer => {
    if (test === "bool kms:grantisforawsresource") return values.includes("true") ? "yes" : "maybe";
    if (/^string(equals|like) (kms:calleraccount|aws:principalaccount)$/.test(test))
      return "accountId" in holder ? (values.includes(holder.accountId) ? "yes" : "no") : "maybe";
    if (/^string(equals|like) aws:principalorgid$/.test(test))
      return "arn" in holder ? (values.includes(organizationOf(holder.arn)) ? "yes" : "no") : "maybe";
    return "maybe";
  });
  if (answers.includes("no")) return "no";
  return answers.includes("maybe") ? "maybe" : "yes";
}

/** `o-...` out of the ARN of an organization or of a unit. */
const organizationOf = (arn: string): string =>
  /\/(o-[a-z0-9]+)/.exec(parseArn(arn)?.resource ?? "")?.[1] ?? "";

/** IAM's wildcards, whatever the case. Walked by hand: a pattern of many stars would make a regular expression slow. */
function isLike(text: string, pattern: string): boolean {
  const [value, wanted] = [text.toLowerCase(), pattern.toLowerCase()];
  let [at, star, mark, index] = [0, -1, 0, 0];
  while (at < value.length) {
    if (wanted[index] === "*") {
      star = index++;
      mark = at;
    } else if (wanted[index] === "?" || wanted[index] === value[at]) {
      index++;
      at++;
    } else if (star >= 0) {
      index = star + 1;
      at = ++mark;
    } else return false;
  }
  while (wanted[index] === "*") index++;
  return index === wanted.length;
}

/** The service-linked role with which Auto Scaling starts the instances of an account's groups. */
export const autoScalingRole = (accountId: string, region: string): string =>
  formatArn({
    partition: partitionOf(region),
    service: "iam",
    region: "",
    accountId,
    resource: "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
  });

/** Whether one of a key's grants lets the Auto Scaling of an account use it; undefined where grants were not read. */
export function hasAutoScalingGrant(
  grants: { GranteePrincipal?: string; Operations?: string[] }[] | undefined,
  role: string,
): boolean | undefined {
  return grants?.some(
    ({ GranteePrincipal, Operations = [] }) =>
      GranteePrincipal === role && GRANTED.every((operation) => Operations.includes(operation)),
  );
}

/** The statements that a key policy needs so that these holders can launch from what the key encrypts. */
export function keyPolicyStatements(holders: Holder[], region: string): object[] {
  const partition = partitionOf(region);
  const accounts = holders.flatMap((holder) => ("accountId" in holder ? holder.accountId : []));
  const organizations = [
    ...new Set(holders.flatMap((holder) => ("arn" in holder ? organizationOf(holder.arn) : []))),
  ].filter(Boolean);
  const principals = accounts.map((accountId) =>
    formatArn({ partition, service: "iam", region: "", accountId, resource: "root" }),
  );
  const use = ["kms:DescribeKey", "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"];
  const ofOrganizations = { StringEquals: { "aws:PrincipalOrgID": organizations } };
  return [
    ...(accounts.length > 0
      ? [
          {
            Sid: "UseOfSharedAmis",
            Effect: "Allow",
            Principal: { AWS: principals },
            Action: use,
            Resource: "*",
          },
          // Without a condition on AWS resources: the grant for Auto Scaling is made by a person.
          {
            Sid: "GrantsForSharedAmis",
            Effect: "Allow",
            Principal: { AWS: principals },
            Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
            Resource: "*",
          },
        ]
      : []),
    ...(organizations.length > 0
      ? [
          {
            Sid: "UseOfSharedAmisInOrganization",
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: [...use, "kms:CreateGrant"],
            Resource: "*",
            Condition: ofOrganizations,
          },
        ]
      : []),
  ];
}

/** What an administrator of the account that owns the groups runs once, for each key. */
export const createGrantCommand = (keyArn: string, accountId: string, region: string): string =>
  [
    `aws kms create-grant --region ${region}`,
    `--key-id ${keyArn}`,
    `--grantee-principal ${autoScalingRole(accountId, region)}`,
    `--operations ${GRANTED.join(" ")}`,
  ].join(" \\\n  ");
