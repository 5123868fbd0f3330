import "server-only";
import { DescribeLaunchTemplatesCommand } from "@aws-sdk/client-ec2";
import { DescribeRepositoriesCommand } from "@aws-sdk/client-ecr";
import type { AwsAccess } from "@/lib/aws/types";
import type { DistributionInput, RegionDistributionInput } from "@/lib/definitions/distribution-schemas";
import { regionChoices } from "@/lib/image-builder/choices/region-choices";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { isShared, judgeSharing } from "./judge-sharing";
import { orUnknown } from "./or-unknown";
import { readEncryption, readKey } from "./read-encryption";
import type { PreflightParts } from "./read-subject";
import type { PreflightCheck } from "./types";
import { unlessMissing } from "./unless-missing";

const step = "distribution" as const;

/** Region by Region: enabled, its key, what is shared, its launch templates, repository, accounts, parameters. */
export async function checkDistribution(
  ctx: UseCaseContext,
  parts: PreflightParts,
): Promise<PreflightCheck[]> {
  const { distributions = [] } = parts.distribution as Partial<DistributionInput>;
  const named = distributions.filter(({ region }) => region);
  const checkRegions = async () => {
    if (named.length === 0) return [];
    const enabled = new Set((await regionChoices(ctx)).choices.map(({ value }) => value));
    return (
      await Promise.all(named.map((distribution) => checkRegion(ctx, parts, distribution, enabled)))
    ).flat();
  };
  const checks = await Promise.all([
    orUnknown({ id: "regions", step, what: "The Regions of the image" }, checkRegions()),
    orUnknown(
      { id: `repository ${ctx.target.region}`, step, what: "The repository" },
      checkTargetRepository(ctx, parts),
    ),
  ]);
  return checks.flat();
}

async function checkRegion(
  ctx: UseCaseContext,
  parts: PreflightParts,
  distribution: RegionDistributionInput,
  enabled: Set<string>,
): Promise<PreflightCheck[]> {
  const { region } = distribution;
  if (!enabled.has(region)) {
    return [
      {
        id: `region ${region}`,
        step,
        state: "problem",
        title: `Region ${region} is not enabled in this account`,
        evidence: ["ec2:DescribeRegions does not list it."],
        fix: "Enable it in the account settings, or remove it.",
      },
    ];
  }
  const aws = ctx.aws.inRegion(region);
  const checkSharing = async () => {
    const ami = distribution.amiDistributionConfiguration;
    const [key, encryption] = await Promise.all([
      readKey(aws, ami?.kmsKeyId, ctx.target.accountId),
      ami && !ami.kmsKeyId && isShared(ami)
        ? readEncryption(ctx, parts, region)
        : { state: "unknown" as const, evidence: "Not looked at." },
    ]);
    return judgeSharing({ distribution, key, encryption });
  };
  const { targetRepository } = distribution.containerDistributionConfiguration ?? {};
  const { executionRole } = parts.pipeline as { executionRole?: string };
  const read = await Promise.all([
    orUnknown({ id: `key ${region}`, step, what: `The KMS key in ${region}` }, checkSharing()),
    orUnknown(
      { id: `launch-templates ${region}`, step, what: `The launch templates in ${region}` },
      checkTemplates(aws, distribution, ctx.target.accountId),
    ),
    orUnknown(
      { id: `repository ${region}`, step, what: `The repository in ${region}` },
      checkRepository(aws, region, targetRepository?.repositoryName),
    ),
  ]);
  const checks = [
    ...read.flat(),
    ...checkAccounts(distribution),
    ...checkParameters(distribution, executionRole),
  ];
  if (checks.length > 0) return checks;
  const evidence = ["Nothing else to check there."];
  return [{ id: `region ${region}`, step, state: "ok", title: `${region} is enabled`, evidence }];
}

async function checkTemplates(
  aws: AwsAccess,
  { region, launchTemplateConfigurations = [] }: RegionDistributionInput,
  accountId: string,
): Promise<PreflightCheck[]> {
  const own = launchTemplateConfigurations.filter((one) => !one.accountId || one.accountId === accountId);
  const others = launchTemplateConfigurations.length - own.length;
  const checks = await Promise.all(
    own
      .filter(({ launchTemplateId }) => launchTemplateId)
      .map(async ({ launchTemplateId, setDefaultVersion }): Promise<PreflightCheck> => {
        const command = new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: [launchTemplateId] });
        const found = (await unlessMissing(aws.ec2.read(command)))?.LaunchTemplates?.[0];
        const id = `launch-template ${region} ${launchTemplateId}`;
        return found
          ? {
              id,
              step,
              state: "ok",
              title: `Launch template ${found.LaunchTemplateName ?? launchTemplateId} exists in ${region}`,
              evidence: [
                `${launchTemplateId}, latest version ${found.LatestVersionNumber ?? "not known"}. ${setDefaultVersion === false ? "Its default version doesn't change." : "The new version becomes its default."}`,
              ],
            }
          : {
              id,
              step,
              state: "problem",
              title: `Launch template ${launchTemplateId} not found in ${region}`,
              evidence: ["ec2:DescribeLaunchTemplates returns none."],
              fix: "Choose one in this Region.",
            };
      }),
  );
  if (others === 0) return checks;
  return [
    ...checks,
    {
      id: `launch-template ${region} others`,
      step,
      state: "unknown",
      title: `${others} launch templates in other accounts can't be checked from here`,
      evidence: [],
    },
  ];
}

async function checkRepository(
  aws: AwsAccess,
  region: string,
  name: string | undefined,
): Promise<PreflightCheck[]> {
  if (!name) return [];
  const command = new DescribeRepositoriesCommand({ repositoryNames: [name] });
  const found = (await unlessMissing(aws.ecr.read(command)))?.repositories?.[0];
  const id = `repository ${region}`;
  return [
    found
      ? {
          id,
          step,
          state: "ok",
          title: `Repository ${name} exists in ${region}`,
          evidence: [found.repositoryUri ?? name],
        }
      : {
          id,
          step,
          state: "problem",
          title: `Repository ${name} not found in ${region}`,
          evidence: ["ecr:DescribeRepositories finds none there."],
          fix: "Create it in Amazon ECR first. Image Builder doesn't create it.",
        },
  ];
}

/** A container recipe names its own repository, in the Region of the build. */
function checkTargetRepository(
  ctx: UseCaseContext,
  { recipe, recipeKind }: PreflightParts,
): Promise<PreflightCheck[]> {
  const { targetRepository } = recipe as { targetRepository?: { repositoryName?: string } };
  if (recipeKind !== "container-recipe") return Promise.resolve([]);
  return checkRepository(ctx.aws, ctx.target.region, targetRepository?.repositoryName);
}

function checkAccounts({
  region,
  amiDistributionConfiguration: ami,
}: RegionDistributionInput): PreflightCheck[] {
  const accounts = ami?.targetAccountIds ?? [];
  if (accounts.length === 0) return [];
  return [
    {
      id: `accounts ${region}`,
      step,
      state: "unknown",
      title: "The role in the target accounts can't be checked from here",
      evidence: [
        `Each of ${accounts.slice(0, 5).join(", ")}${accounts.length > 5 ? ` and ${accounts.length - 5} more` : ""} needs EC2ImageBuilderDistributionCrossAccountRole, which trusts this account.`,
      ],
    },
  ];
}

/**
 * Without an execution role the service-linked role writes, and it may do so at one path only.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/cr-upd-ami-distribution-settings.html
 */
function checkParameters(
  { region, ssmParameterConfigurations = [] }: RegionDistributionInput,
  executionRole: string | undefined,
): PreflightCheck[] {
  const outside = ssmParameterConfigurations.filter(
    ({ parameterName }) => !parameterName.startsWith("/imagebuilder/"),
  );
  if (outside.length === 0) return [];
  const evidence = outside.map(({ parameterName }) => parameterName);
  if (executionRole)
    return [
      {
        id: `parameters ${region}`,
        step,
        state: "unknown",
        title: "Whether the execution role can write the parameters was not checked",
        evidence: [...evidence, `${executionRole} needs ssm:PutParameter for them.`],
      },
    ];
  return [
    {
      id: `parameters ${region}`,
      step,
      state: "warning",
      title: "A parameter outside /imagebuilder/ requires an execution role with write access",
      evidence,
      fix: "Move it under /imagebuilder/, or add an execution role with ssm:PutParameter to the pipeline.",
    },
  ];
}
