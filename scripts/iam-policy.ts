/** `npm run iam-policy -- --role operator`: the least IAM policies for a console of that role. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { rolePolicyTemplate, rolePolicyTerraform } from "../lib/as-code/role-policy-code";
import { ROLES } from "../lib/core/actor";
import { PARTITION_NAMES, parseArn, partitionOf } from "../lib/core/arn";
import { policyOfRole, trustOfConsole } from "../lib/image-builder/aws-permissions/policy-of-role";
import { MOST_POLICIES_OF_ROLE, splitPolicy } from "../lib/image-builder/aws-permissions/split-policy";
import type { PolicyDocument } from "../lib/image-builder/aws-permissions/types";

const usage = `Prints the least IAM policies for the AWS role of a target: one document for each managed policy, by
name, since a managed policy has at most 6,144 characters. Attach all of them to the role.

  npm run iam-policy -- --role viewer|operator|author|admin [--account ID] [--region NAME] [--partition aws]
      [--log-group /aws/imagebuilder/]... [--pass-role NAME]...
      [--parameter /imagebuilder/]... [--queue NAME]... [--metrics]
      [--as json|cloudformation|terraform] [--out FOLDER]
  npm run iam-policy -- --trust ARN-OF-THE-CONSOLE'S-OWN-ROLE [--external-id TEXT]

--role       the highest role that anybody has in the target: its role in AWS needs what that role may do
--parameter  beginning of the names of SSM parameters that hold AMIs; may be given several times
--region     the partition is the one of this Region, such as aws-cn for cn-north-1
--queue      name of an SQS queue of build events (buildEventsQueueUrl); without one, no queue may be read
--metrics    send metrics to CloudWatch (cloudWatchPipelines); without it, none may be sent
--log-group  beginning of the names of log groups that builds write to; may be given several times
--pass-role  role that may be handed to Image Builder, with stars; may be given several times
--as         json, or managed policies to deploy with CloudFormation or Terraform
--out        writes each document to a file of its own instead, for aws iam create-policy --policy-document
--trust      prints the trust policy of the target's role instead`;

const FORMS: Record<string, (policies: Record<string, PolicyDocument>) => string> = {
  json: (policies) => `${JSON.stringify(policies, null, 2)}\n`,
  cloudformation: rolePolicyTemplate,
  terraform: rolePolicyTerraform,
};

try {
  const { values } = parseArgs({
    options: {
      role: { type: "string" },
      account: { type: "string" },
      region: { type: "string" },
      partition: { type: "string" },
      "log-group": { type: "string", multiple: true },
      parameter: { type: "string", multiple: true },
      "pass-role": { type: "string", multiple: true },
      queue: { type: "string", multiple: true },
      metrics: { type: "boolean", default: false },
      trust: { type: "string" },
      "external-id": { type: "string" },
      as: { type: "string", default: "json" },
      out: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) console.log(usage);
  else if (values.trust) print(trustOfConsole(principalIn(values.trust), values["external-id"]));
  else {
    const role = ROLES.find((name) => name === values.role);
    if (!role) throw new Error(`--role must be one of ${ROLES.join(", ")}.`);
    const { account: accountId, region } = values;
    const partition = partitionIn(values);
    if (accountId !== undefined && !/^(\d{12}|\*)$/.test(accountId))
      throw new Error("--account must be the 12 digits of an AWS account.");
    const write = FORMS[values.as];
    if (!write) throw new Error(`--as must be one of ${Object.keys(FORMS).join(", ")}.`);
    const policies = splitPolicy(
      `goldsmith-${role}`,
      policyOfRole(role, {
        accountId,
        region,
        partition,
        logGroups: values["log-group"],
        parameters: values.parameter,
        passRoles: values["pass-role"],
        queues: values.queue,
        metrics: values.metrics,
      }),
    );
    if (values.out !== undefined) await writeFiles(values.out, policies);
    else process.stdout.write(write(policies));
    const count = Object.keys(policies).length;
    if (count > 1)
      console.error(
        `These are ${count} managed policies. Attach all of them to the role.${count > MOST_POLICIES_OF_ROLE ? ` A role takes ${MOST_POLICIES_OF_ROLE} unless its account's quota was raised.` : ""}`,
      );
  }
} catch (error) {
  console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
  process.exitCode = 2;
}

function partitionIn({ partition, region }: { partition?: string; region?: string }): string | undefined {
  if (partition === undefined) return undefined;
  if (!PARTITION_NAMES.includes(partition))
    throw new Error(`--partition must be one of ${PARTITION_NAMES.join(", ")}.`);
  if (region !== undefined && region !== "*" && partitionOf(region) !== partition)
    throw new Error(`--partition ${partition} is not that of ${region}, which is ${partitionOf(region)}.`);
  return partition;
}

function principalIn(text: string): string {
  const { service, resource = "" } = parseArn(text) ?? {};
  if (service === "iam" && /^(role|user)\/./.test(resource)) return text;
  throw new Error(
    "--trust must be the ARN of an IAM role, such as arn:aws:iam::111111111111:role/goldsmith.",
  );
}

async function writeFiles(folder: string, policies: Record<string, PolicyDocument>) {
  await mkdir(folder, { recursive: true });
  for (const [name, document] of Object.entries(policies)) {
    const path = join(folder, `${name}.json`);
    await writeFile(path, `${JSON.stringify(document, null, 2)}\n`);
    console.log(path);
  }
}

function print(document: object) {
  console.log(JSON.stringify(document, null, 2));
}
