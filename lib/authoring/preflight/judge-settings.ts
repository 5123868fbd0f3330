import type { DistributionInput } from "@/lib/definitions/distribution-schemas";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import type { PreflightCheck } from "./types";

/** What is judged here of a pipeline: as AWS or a form has it, so nothing is sure to be there. */
export type SettingParts = {
  recipe: object;
  recipeKind: "image-recipe" | "container-recipe";
  infrastructure: object;
  distribution: object;
};

/** Settings that AWS takes one by one and that do not go together; what needs the platform is said where it is known. */
export function judgeSettings(parts: SettingParts, platform?: string): PreflightCheck[] {
  const { distributions = [] } = parts.distribution as Partial<DistributionInput>;
  return [
    ...judgeWatermarks(parts.recipe, distributions),
    ...judgeHopLimit(parts),
    ...distributions.flatMap((distribution) => judgeFastLaunch(distribution, platform)),
    ...(platform === "macOS" ? judgeMac(parts.infrastructure) : []),
  ];
}

type Regions = DistributionInput["distributions"];

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/ami-watermarks.html */
function judgeWatermarks(recipe: object, distributions: Regions): PreflightCheck[] {
  const { amiWatermarks = [] } = recipe as { amiWatermarks?: string[] };
  const open = distributions.filter(({ amiDistributionConfiguration: ami }) =>
    ami?.launchPermission?.userGroups?.includes("all"),
  );
  if (amiWatermarks.length === 0 || open.length === 0) return [];
  return [
    {
      id: "watermarks",
      step: "distribution",
      state: "problem",
      title: "An AMI with watermarks can't be public",
      evidence: [
        `The recipe sets ${amiWatermarks.join(", ")}.`,
        `Public in ${open.map(({ region }) => region).join(", ")}.`,
      ],
      fix: "Remove the watermarks, or share the AMI with accounts instead.",
    },
  ];
}

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_InstanceMetadataOptions.html */
function judgeHopLimit({ recipeKind, infrastructure }: SettingParts): PreflightCheck[] {
  const { instanceMetadataOptions: metadata } = infrastructure as Partial<InfrastructureInput>;
  if (recipeKind !== "container-recipe" || metadata?.httpTokens !== "required") return [];
  if (metadata.httpPutResponseHopLimit !== 1) return [];
  return [
    {
      id: "hop-limit",
      step: "infrastructure",
      state: "warning",
      title: "Containers can't reach the instance metadata",
      evidence: ["Tokens are required, and the hop limit is 1. A container is one hop further."],
      fix: "Set the hop limit to 2.",
    },
  ];
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/cr-upd-ami-distribution-settings.html */
function judgeFastLaunch(distribution: Regions[number], platform: string | undefined): PreflightCheck[] {
  const { region, fastLaunchConfigurations = [], amiDistributionConfiguration: ami } = distribution;
  if (!fastLaunchConfigurations.some(({ enabled }) => enabled)) return [];
  const accounts = ami?.targetAccountIds ?? [];
  const evidence = [
    ...(accounts.length > 0
      ? ["AMIs with Fast Launch can't be distributed to other accounts.", `Accounts: ${accounts.join(", ")}.`]
      : []),
    ...(platform && platform !== "Windows"
      ? [`Fast Launch is for Windows. The base image is ${platform}.`]
      : []),
  ];
  if (evidence.length === 0) return [];
  return [
    {
      id: `fast-launch ${region}`,
      step: "distribution",
      state: "warning",
      title: `Fast Launch can't work in ${region}`,
      evidence,
      fix: "Turn Fast Launch off, or distribute a Windows image to this account only.",
    },
  ];
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/infra-config-placement.html */
function judgeMac(infrastructure: object): PreflightCheck[] {
  const { placement, instanceTypes = [] } = infrastructure as Partial<InfrastructureInput>;
  const others = instanceTypes.filter((type) => !/^mac.*\.metal$/.test(type));
  const evidence = [
    ...(placement?.tenancy === "host" ? [] : ["The tenancy is not Dedicated Host."]),
    ...(instanceTypes.length === 0 ? ["No instance type is chosen."] : []),
    ...(others.length > 0 ? [`No Mac: ${others.join(", ")}.`] : []),
  ];
  if (evidence.length === 0) return [];
  return [
    {
      id: "mac",
      step: "infrastructure",
      state: "warning",
      title: "macOS images need a Mac instance on a Dedicated Host",
      evidence,
      fix: "Choose a type such as mac2.metal, and the tenancy Dedicated Host.",
    },
  ];
}

/**
 * Windows images built on one hypervisor may not start on the other.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/troubleshooting.html
 */
export function judgeHypervisors(
  platform: string | undefined,
  types: { type: string; hypervisor?: string | undefined }[],
): PreflightCheck[] {
  if (platform !== "Windows") return [];
  const of = (name: string) => types.filter(({ hypervisor }) => hypervisor === name).map(({ type }) => type);
  const [nitro, xen] = [of("nitro"), of("xen")];
  if (nitro.length === 0 || xen.length === 0) return [];
  return [
    {
      id: "hypervisors",
      step: "infrastructure",
      state: "warning",
      title: "The instance types mix Nitro and Xen",
      evidence: [
        `Nitro: ${nitro.join(", ")}. Xen: ${xen.join(", ")}.`,
        "AWS chooses one for each build and another for its tests. Windows can fail to start on the other.",
      ],
      fix: "Choose types of one kind.",
    },
  ];
}
