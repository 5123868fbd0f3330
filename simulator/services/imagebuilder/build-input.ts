import type { Distribution } from "@aws-sdk/client-imagebuilder";
import type { BuildInput, DistributionInput } from "../../factory/types";
import type { ImageBuildRow, UsedComponent } from "./image-build-row";
import type { ImageBuilderStore } from "./store";

/** Everything the build model wants to know of a run. */
export function buildInputOf(store: ImageBuilderStore, row: ImageBuildRow): BuildInput {
  const { infrastructure, parent, tests, scanning } = row;
  const recipe = row.imageRecipe ?? row.containerRecipe;
  return {
    seed: row.arn,
    startedAtMs: row.startedAt,
    imageName: row.name,
    version: row.version,
    buildNumber: row.buildNumber,
    imageArn: row.arn,
    buildType: row.buildType,
    imageType: row.type,
    platform: row.platform,
    ...(row.osVersion && { osVersion: row.osVersion }),
    parentImage: parent,
    components: componentInputsOf(store, row.components),
    ...(row.documents && {
      documents: Object.fromEntries(
        Object.entries(row.documents).map(([reference, key]) => [reference, key && textOf(store, key)]),
      ),
    }),
    ...(row.parameterValues && { parameterValues: row.parameterValues }),
    ...(row.pipeline && { pipelineArn: row.pipeline.arn }),
    testsEnabled: tests.imageTestsEnabled ?? true,
    metadataEnabled: row.metadataEnabled,
    scanningEnabled: scanning?.imageScanningEnabled ?? false,
    ...(row.usedWorkflows && {
      workflows: row.usedWorkflows.map(({ document, ...workflow }) => ({
        ...workflow,
        document: textOf(store, document),
      })),
    }),
    distribution: distributionInputsOf(row.distribution?.distributions ?? NOWHERE),
    ...(infrastructure.instanceTypes?.length && { instanceTypes: infrastructure.instanceTypes }),
    ...(row.distributeOnly && { distributeOnly: true }),
    terminateInstanceOnFailure: infrastructure.terminateInstanceOnFailure ?? true,
    ...(recipe?.workingDirectory && { workingDirectory: recipe.workingDirectory }),
    faults: [...(parent.amiId ? [] : [{ kind: "parent-missing" as const }]), ...(row.faults ?? [])],
  };
}

const NOWHERE: readonly Distribution[] = [];
const components = new WeakMap<readonly UsedComponent[], BuildInput["components"]>();
const distributions = new WeakMap<readonly Distribution[], DistributionInput[]>();

/** Rows of a history share the lists of their recipe, and what is worked out from them. */
function componentInputsOf(store: ImageBuilderStore, used: readonly UsedComponent[]) {
  const inputs =
    components.get(used) ??
    used.map(({ document, ...component }) => ({ ...component, document: textOf(store, document) }));
  components.set(used, inputs);
  return inputs;
}

function distributionInputsOf(given: readonly Distribution[]): DistributionInput[] {
  const inputs = distributions.get(given) ?? given.map(toDistributionInput);
  distributions.set(given, inputs);
  return inputs;
}

function textOf(store: ImageBuilderStore, key: string): string {
  const document = store.documents.get(key);
  if (!document) throw new Error(`The document ${key} of a build is missing from the store.`);
  return document.text;
}

function toDistributionInput(distribution: Distribution): DistributionInput {
  const { amiDistributionConfiguration: ami, containerDistributionConfiguration: container } = distribution;
  const { s3ExportConfiguration: exported } = distribution;
  return {
    region: distribution.region ?? "",
    ...(ami?.name && { amiName: ami.name }),
    ...(ami?.description && { amiDescription: ami.description }),
    ...(ami?.amiTags && { amiTags: ami.amiTags }),
    ...(ami?.targetAccountIds && { targetAccountIds: ami.targetAccountIds }),
    ...(ami?.kmsKeyId && { kmsKeyId: ami.kmsKeyId }),
    ...(ami?.launchPermission && {
      launchPermission: { ...ami.launchPermission } as Record<string, string[]>,
    }),
    launchTemplates: (distribution.launchTemplateConfigurations ?? []).map((template) => ({
      launchTemplateId: template.launchTemplateId ?? "",
      ...(template.accountId && { accountId: template.accountId }),
      // Absent means true: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_LaunchTemplateConfiguration.html
      setDefaultVersion: template.setDefaultVersion ?? true,
    })),
    ssmParameters: (distribution.ssmParameterConfigurations ?? []).map((parameter) => ({
      parameterName: parameter.parameterName ?? "",
      ...(parameter.amiAccountId && { amiAccountId: parameter.amiAccountId }),
      ...(parameter.dataType && { dataType: parameter.dataType }),
    })),
    ...(distribution.licenseConfigurationArns && {
      licenseConfigurationArns: distribution.licenseConfigurationArns,
    }),
    fastLaunchAccountIds: (distribution.fastLaunchConfigurations ?? [])
      .filter(({ enabled }) => enabled)
      .map(({ accountId }) => accountId ?? ""),
    ...(exported && {
      s3Export: {
        bucket: exported.s3Bucket ?? "",
        ...(exported.s3Prefix && { prefix: exported.s3Prefix }),
        format: exported.diskImageFormat ?? "VMDK",
      },
    }),
    ...(container && {
      container: {
        repositoryName: container.targetRepository?.repositoryName ?? "",
        ...(container.containerTags && { tags: container.containerTags }),
      },
    }),
  };
}
