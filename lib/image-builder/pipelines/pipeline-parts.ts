import "server-only";
import {
  type ComponentConfiguration,
  GetContainerRecipeCommand,
  GetDistributionConfigurationCommand,
  GetImageRecipeCommand,
  GetInfrastructureConfigurationCommand,
  type ImagePipeline,
  type InstanceBlockDeviceMapping,
} from "@aws-sdk/client-imagebuilder";
import { parseImageBuilderArn } from "@/lib/core/arn";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import type { Pipeline } from "./types";

/** What these hold changes by an update only, and ours forget it; others' updates may show this much later. */
const FRESH_FOR_MS = 30_000;

/** The recipe of a pipeline, whichever kind it is. */
export async function readRecipe(
  { aws }: UseCaseContext,
  { imageRecipeArn, containerRecipeArn }: ImagePipeline,
): Promise<Pipeline["recipeDetail"]> {
  if (imageRecipeArn) {
    const command = new GetImageRecipeCommand({ imageRecipeArn });
    const { imageRecipe } = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
    return imageRecipe && toRecipeDetail(imageRecipe, imageRecipe.blockDeviceMappings);
  }
  if (!containerRecipeArn) return undefined;
  const command = new GetContainerRecipeCommand({ containerRecipeArn });
  const { containerRecipe } = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
  return (
    containerRecipe &&
    toRecipeDetail(containerRecipe, containerRecipe.instanceConfiguration?.blockDeviceMappings)
  );
}

function toRecipeDetail(
  {
    parentImage = "",
    components = [],
    workingDirectory,
  }: { parentImage?: string; components?: ComponentConfiguration[]; workingDirectory?: string },
  mappings: InstanceBlockDeviceMapping[] = [],
): Pipeline["recipeDetail"] {
  return {
    parentImage,
    workingDirectory,
    components: components.map(({ componentArn: arn = "", parameters = [] }) => {
      const { name = arn, version = "" } = parseImageBuilderArn(arn) ?? {};
      const given = parameters.map(({ name: parameter = "", value = [] }) => ({ name: parameter, value }));
      return { arn, name, version, parameters: given };
    }),
    volumes: mappings.map(({ deviceName = "", ebs }) => ({
      deviceName,
      sizeGiB: ebs?.volumeSize,
      volumeType: ebs?.volumeType,
      encrypted: ebs?.encrypted,
    })),
  };
}

export async function readInfrastructure(
  { aws }: UseCaseContext,
  infrastructureConfigurationArn: string | undefined,
): Promise<Pipeline["infrastructure"]> {
  if (!infrastructureConfigurationArn) return undefined;
  const command = new GetInfrastructureConfigurationCommand({ infrastructureConfigurationArn });
  const answer = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
  const found = answer.infrastructureConfiguration;
  return (
    found && {
      arn: infrastructureConfigurationArn,
      name: found.name ?? "",
      instanceProfileName: found.instanceProfileName,
      instanceTypes: found.instanceTypes ?? [],
      subnetId: found.subnetId,
      securityGroupIds: found.securityGroupIds ?? [],
      terminateInstanceOnFailure: found.terminateInstanceOnFailure,
      snsTopicArn: found.snsTopicArn,
      keyPair: found.keyPair,
      logsBucket: found.logging?.s3Logs?.s3BucketName,
    }
  );
}

export async function readDistribution(
  { aws }: UseCaseContext,
  distributionConfigurationArn: string | undefined,
): Promise<Pipeline["distribution"]> {
  if (!distributionConfigurationArn) return undefined;
  const command = new GetDistributionConfigurationCommand({ distributionConfigurationArn });
  const answer = await aws.imageBuilder.read(command, { freshForMs: FRESH_FOR_MS });
  const found = answer.distributionConfiguration;
  return (
    found && {
      arn: distributionConfigurationArn,
      name: found.name ?? "",
      regions: (found.distributions ?? []).map((distribution) => ({
        region: distribution.region ?? "",
        amiName: distribution.amiDistributionConfiguration?.name,
        accountIds: distribution.amiDistributionConfiguration?.targetAccountIds ?? [],
        launchTemplateIds: (distribution.launchTemplateConfigurations ?? []).flatMap(
          ({ launchTemplateId = [] }) => launchTemplateId,
        ),
        repository: distribution.containerDistributionConfiguration?.targetRepository?.repositoryName,
      })),
    }
  );
}
