import { capitalize } from "@/lib/core/words";

/** Names of managed policies, each with its document. */
type NamedPolicies = Record<string, object>;

/**
 * The policies as a CloudFormation template in JSON, with their ARNs as outputs. It creates the role's policies, not
 * the role: attach all of them to it. Deploying takes CAPABILITY_NAMED_IAM.
 */
export function rolePolicyTemplate(policies: NamedPolicies): string {
  const names = Object.keys(policies);
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Description: "What the role of a Goldsmith console may do. Attach every policy to the role.",
    Resources: Object.fromEntries(
      Object.entries(policies).map(([name, PolicyDocument]) => [
        logicalIdOf(name),
        {
          Type: "AWS::IAM::ManagedPolicy",
          Properties: { ManagedPolicyName: name, PolicyDocument },
        },
      ]),
    ),
    Outputs: Object.fromEntries(
      names.map((name) => [`${logicalIdOf(name)}Arn`, { Value: { Ref: logicalIdOf(name) } }]),
    ),
  };
  return `${JSON.stringify(template, undefined, 2)}\n`;
}

/** The same for Terraform, with the list of ARNs as its output. */
export function rolePolicyTerraform(policies: NamedPolicies): string {
  const resources = Object.entries(policies).map(([name, document]) => {
    const policy = JSON.stringify(document, undefined, 2).replaceAll("\n", "\n  ");
    return `resource "aws_iam_policy" "${labelOf(name)}" {
  name   = ${quoted(name)}
  policy = jsonencode(${policy.replaceAll(/[$%](?=\{)/g, "$&$&")})
}
`;
  });
  const arns = Object.keys(policies).map((name) => `    aws_iam_policy.${labelOf(name)}.arn,`);
  return `${resources.join("\n")}
output "goldsmith_policy_arns" {
  value = [
${arns.join("\n")}
  ]
}
`;
}

const quoted = (text: string) => JSON.stringify(text);
const labelOf = (name: string) => name.replaceAll(/[^a-z0-9]+/gi, "_");
/** `goldsmith-admin-1` is `GoldsmithAdmin1`: logical IDs are letters and digits. */
const logicalIdOf = (name: string) =>
  name
    .split(/[^a-z0-9]/i)
    .map(capitalize)
    .join("");
