import "server-only";
import { DescribeInstanceTypesCommand } from "@aws-sdk/client-ec2";
import {
  GetInstanceProfileCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { HeadBucketCommand } from "@aws-sdk/client-s3";
import { GetTopicAttributesCommand } from "@aws-sdk/client-sns";
import { collectPages } from "@/lib/aws/paginate";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import { unlessFailed } from "@/lib/use-case/unless-failed";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { judgeHypervisors } from "./judge-settings";
import { orUnknown } from "./or-unknown";
import type { PreflightParts } from "./read-subject";
import type { PreflightCheck } from "./types";
import { unlessMissing } from "./unless-missing";

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/set-up-ib-env.html */
const NEEDED_POLICIES = ["EC2InstanceProfileForImageBuilder", "AmazonSSMManagedInstanceCore"];
const CONTAINER_POLICY = "EC2InstanceProfileForImageBuilderECRContainerBuilds";
const step = "infrastructure" as const;

/** The instance profile with its policies, the instance types, the log bucket and the topic. */
export async function checkInstance(ctx: UseCaseContext, parts: PreflightParts): Promise<PreflightCheck[]> {
  const infrastructure = parts.infrastructure as Partial<InfrastructureInput>;
  const checks = await Promise.all([
    orUnknown(
      { id: "instance-profile", step, what: "The instance profile" },
      checkProfile(ctx, infrastructure.instanceProfileName ?? "", parts.recipeKind),
    ),
    orUnknown(
      { id: "instance-types", step, what: "The instance types" },
      checkTypes(ctx, infrastructure.instanceTypes ?? []),
    ),
    orUnknown(
      { id: "log-bucket", step, what: "The log bucket" },
      checkBucket(ctx, infrastructure.logging?.s3Logs?.s3BucketName),
    ),
    orUnknown({ id: "topic", step, what: "The SNS topic" }, checkTopic(ctx, infrastructure.snsTopicArn)),
  ]);
  return checks.flat();
}

async function checkProfile(
  { aws }: UseCaseContext,
  name: string,
  recipeKind: PreflightParts["recipeKind"],
): Promise<PreflightCheck[]> {
  const id = "instance-profile";
  if (!name) return [{ id, step, state: "problem", title: "No instance profile chosen", evidence: [] }];
  const answer = await unlessMissing(
    aws.iam.read(new GetInstanceProfileCommand({ InstanceProfileName: name })),
  );
  const profile = answer?.InstanceProfile;
  if (!profile) {
    return [
      {
        id,
        step,
        state: "problem",
        title: `Instance profile ${name} not found`,
        evidence: [`iam:GetInstanceProfile finds none of this name.`],
        fix: "Choose an existing profile, or create it in IAM. A role with the same name is not enough.",
      },
    ];
  }
  const RoleName = profile.Roles?.[0]?.RoleName;
  if (!RoleName) {
    return [
      {
        id,
        step,
        state: "problem",
        title: `Instance profile ${name} has no role`,
        evidence: [profile.Arn ?? name],
        fix: "Add a role to it in IAM.",
      },
    ];
  }
  const [attached, inline] = await Promise.all([
    collectPages({
      load: async (Marker) => {
        const page = await aws.iam.read(new ListAttachedRolePoliciesCommand({ RoleName, Marker }));
        return { items: page.AttachedPolicies, next: page.IsTruncated ? page.Marker : undefined };
      },
    }),
    unlessFailed(aws.iam.read(new ListRolePoliciesCommand({ RoleName })), undefined),
  ]);
  const policies = attached.flatMap(({ PolicyName = [] }) => PolicyName);
  const needed = recipeKind === "container-recipe" ? [...NEEDED_POLICIES, CONTAINER_POLICY] : NEEDED_POLICIES;
  const lacking = needed.filter((policy) => !policies.includes(policy));
  const evidence = [
    `Role ${RoleName} has ${policies.join(", ") || "no attached policies"}.`,
    ...(inline.value?.PolicyNames?.length ? [`Inline: ${inline.value.PolicyNames.join(", ")}.`] : []),
    ...(inline.reason ? [`Its inline policies could not be read. ${inline.reason}`] : []),
  ];
  return [
    lacking.length === 0
      ? {
          id,
          step,
          state: "ok",
          title: `Instance profile ${name} exists and has the required policies`,
          evidence,
        }
      : {
          id,
          step,
          state: "warning",
          title: `The role of ${name} is missing ${lacking.join(" and ")}`,
          evidence,
          fix: "Attach them, unless other policies of the role grant the same permissions.",
        },
  ];
}

async function checkTypes({ aws, target }: UseCaseContext, types: string[]): Promise<PreflightCheck[]> {
  if (types.length === 0) return [];
  const command = new DescribeInstanceTypesCommand({ Filters: [{ Name: "instance-type", Values: types }] });
  const { InstanceTypes = [] } = await aws.ec2.read(command, { freshForMs: 60_000 });
  const known = new Set<string>(InstanceTypes.flatMap(({ InstanceType = [] }) => InstanceType));
  const missing = types.filter((type) => !known.has(type));
  const evidence = InstanceTypes.map(
    ({ InstanceType = "An instance type without its name", ProcessorInfo }) =>
      `${InstanceType}: ${ProcessorInfo?.SupportedArchitectures?.join(", ") ?? "architecture not known"}`,
  );
  if (missing.length > 0 && InstanceTypes.some(({ InstanceType }) => InstanceType === undefined))
    return [
      {
        id: "instance-types",
        step,
        state: "unknown",
        title: `Can't check whether ${target.region} offers ${missing.join(", ")}`,
        evidence,
      },
    ];
  return [
    missing.length === 0
      ? {
          id: "instance-types",
          step,
          state: "ok",
          title: `${target.region} offers the instance types`,
          evidence,
        }
      : {
          id: "instance-types",
          step,
          state: missing.length === types.length ? "problem" : "warning",
          title: `${target.region} does not offer ${missing.join(", ")}`,
          evidence,
          fix: "Remove it, or choose another type.",
        },
  ];
}

/** Only Windows minds, and only where there is a choice. */
export async function checkHypervisors(
  { aws }: UseCaseContext,
  platform: string | undefined,
  { infrastructure }: PreflightParts,
): Promise<PreflightCheck[]> {
  const { instanceTypes: types = [] } = infrastructure as Partial<InfrastructureInput>;
  if (platform !== "Windows" || types.length < 2) return [];
  const command = new DescribeInstanceTypesCommand({ Filters: [{ Name: "instance-type", Values: types }] });
  const { InstanceTypes = [] } = await aws.ec2.read(command, { freshForMs: 60_000 });
  return judgeHypervisors(
    platform,
    InstanceTypes.map(({ InstanceType = "", Hypervisor }) => ({
      type: InstanceType,
      hypervisor: Hypervisor,
    })),
  );
}

async function checkBucket({ aws }: UseCaseContext, bucket: string | undefined): Promise<PreflightCheck[]> {
  if (!bucket) return [];
  const found = await unlessMissing(aws.s3.read(new HeadBucketCommand({ Bucket: bucket })));
  return [
    found
      ? {
          id: "log-bucket",
          step,
          state: "ok",
          title: `Log bucket ${bucket} exists`,
          evidence: found.BucketRegion ? [`In ${found.BucketRegion}.`] : [],
        }
      : {
          id: "log-bucket",
          step,
          state: "problem",
          title: `Bucket ${bucket} not found`,
          evidence: [
            "s3:HeadBucket finds no such bucket. AWS doesn't check it when you save the configuration.",
          ],
          fix: "Choose an existing bucket, or remove it.",
        },
  ];
}

async function checkTopic({ aws }: UseCaseContext, TopicArn: string | undefined): Promise<PreflightCheck[]> {
  if (!TopicArn) return [];
  const found = await unlessMissing(aws.sns.read(new GetTopicAttributesCommand({ TopicArn })));
  return [
    found
      ? { id: "topic", step, state: "ok", title: "SNS topic exists", evidence: [TopicArn] }
      : {
          id: "topic",
          step,
          state: "problem",
          title: "SNS topic not found",
          evidence: [TopicArn],
          fix: "Choose an existing topic. AWS rejects the configuration otherwise.",
        },
  ];
}
