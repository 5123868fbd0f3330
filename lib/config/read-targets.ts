import { z } from "zod";
import { dnsSuffixOf, parseArn, partitionOf } from "@/lib/core/arn";
import { ALL_ACCOUNTS, ENVIRONMENTS, MOST_METRIC_PIPELINES, type Target } from "@/lib/core/target";

/** Members of a target are told apart by their path, so the words need no name. */
const text = () => z.string({ error: "must be text, and is not given" });

/** `us-east-1`, `us-gov-west-1`, `us-isob-east-1`, `eusc-de-east-1`. */
const REGION = /^([a-z]{2}|eusc)(-[a-z]+)+-\d{1,2}$/;

/** First segments of the console's own URLs, which a target would hide. */
const RESERVED_TARGET_IDS = new Set<string>([
  ...["api", "sign-in", "account", "audit", "settings", "_next", "wall"],
  ALL_ACCOUNTS,
  ...["auth", "health", "ready", "metrics", "v1"],
]);

/** One target as it is written; each mistake is said of its member. */
export const targetSchema = z
  .strictObject({
    id: text()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be lower-case letters, digits and hyphens")
      .refine((id) => !RESERVED_TARGET_IDS.has(id), {
        error: ({ input }) => `"${input}" is a page of the console`,
      }),
    label: text().min(1, "must not be empty").max(80),
    accountId: text().regex(/^\d{12}$/, "must be the 12 digits of an AWS account"),
    region: text().regex(REGION, "must be an AWS Region such as us-east-1"),
    environment: z.enum(ENVIRONMENTS, "must be production, staging or development").optional(),
    roleArn: text()
      .refine((arn) => isRole(arn), "must be the ARN of an IAM role")
      .optional(),
    externalId: text()
      .regex(/^[\w+=,.@:/-]{2,1224}$/, "must be 2 to 1224 letters, digits and +=,.@:/-")
      .optional(),
    buildEventsQueueUrl: text().optional(),
    cloudWatchPipelines: z
      .int({ error: `must be a whole number from 0 to ${MOST_METRIC_PIPELINES}` })
      .min(0, `must be a whole number from 0 to ${MOST_METRIC_PIPELINES}`)
      .max(MOST_METRIC_PIPELINES, `must be a whole number from 0 to ${MOST_METRIC_PIPELINES}`)
      .optional(),
    sourceIdentity: z.boolean({ error: "must be true or false" }).optional(),
  })
  .superRefine(({ accountId, region, roleArn, buildEventsQueueUrl: queue }, check) => {
    const refuse = (member: string, message: string) =>
      check.addIssue({ code: "custom", path: [member], message });
    const role = parseArn(roleArn);
    if (role && role.accountId !== accountId) {
      refuse("roleArn", `is a role of account ${role.accountId}, and the target's accountId is ${accountId}`);
    }
    if (role && role.partition !== partitionOf(region)) {
      refuse("roleArn", `must begin with arn:${partitionOf(region)}:, the partition of ${region}`);
    }
    if (queue !== undefined && !isQueue(queue, { accountId, region })) {
      const example = `https://sqs.${region}.${dnsSuffixOf(region)}/${accountId}/NAME`;
      refuse("buildEventsQueueUrl", `must be the URL of an SQS queue of this account and Region: ${example}`);
    }
  });

const targetsSchema = z
  .array(targetSchema)
  .min(1, "must name at least one target")
  .superRefine((targets, check) => {
    const seen = new Set<string>();
    targets.forEach(({ id }, index) => {
      if (seen.has(id))
        check.addIssue({ code: "custom", path: [index, "id"], message: `"${id}" is used twice` });
      seen.add(id);
    });
  });

function isRole(text: string): boolean {
  const { service, region, accountId = "", resource = "" } = parseArn(text) ?? {};
  return (
    service === "iam" && region === "" && /^\d{12}$/.test(accountId) && /^role\/[\w+=,.@/-]+$/.test(resource)
  );
}

/**
 * A queue's URL names its account; its host is SQS's own in the Region, in one of the forms that SQS has had, or an
 * endpoint in a VPC. On loopback it is the simulator's.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-message-identifiers.html
 */
function isQueue(text: string, { accountId, region }: Pick<Target, "accountId" | "region">): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [, account, name] = /^\/(\d{12})\/([\w-]{1,80}(?:\.fifo)?)$/.exec(url?.pathname ?? "") ?? [];
  if (!url || !name || account !== accountId || url.username || url.search || url.hash) return false;
  if (url.protocol === "http:") return url.hostname === "127.0.0.1" || url.hostname === "localhost";
  const suffix = dnsSuffixOf(region);
  const own = [`sqs.${region}.${suffix}`, `sqs-fips.${region}.${suffix}`, `${region}.queue.${suffix}`];
  const inVpc = `.sqs.${region}.vpce.${suffix}`;
  const isOwn = own.includes(url.hostname) || url.hostname.endsWith(inVpc);
  return url.protocol === "https:" && url.port === "" && isOwn;
}

/** The targets in the text of GOLDSMITH_TARGETS. Puts each mistake into `mistakes`, and then gives none. */
export function readTargets(json: string | undefined, mistakes: string[]): Target[] | undefined {
  if (json === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    mistakes.push("GOLDSMITH_TARGETS must be JSON: a list of {id, label, accountId, region}");
    return undefined;
  }
  const parsed = targetsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    mistakes.push(`GOLDSMITH_TARGETS${pathText(path)}: ${message}`);
  }
  return undefined;
}

const pathText = (path: PropertyKey[]) =>
  path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
