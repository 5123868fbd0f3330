import { DEMO_ACCOUNT, DEMO_REGION } from "../engine/scope";
import type { DemoDistribution, DemoInfrastructure } from "./demo-types";

/** Accounts the demo account shares its images with. */
export const STAGING_ACCOUNT = "444455556666";
export const PRODUCTION_ACCOUNT = "777788889999";

/** Accounts in which the demo's images are found. */
export const DEMO_READERS = [DEMO_ACCOUNT, STAGING_ACCOUNT, PRODUCTION_ACCOUNT];

export const EKS_TEMPLATES = {
  "us-east-1": "lt-0a1f4c2e9d8b7a601",
  "eu-west-1": "lt-0b2e5d3fae9c8b712",
} as const;

export const BASE_REPOSITORY = "platform/base";

const TEAM = { team: "platform", "cost-center": "4711" };
const PROFILE = "EC2InstanceProfileForImageBuilder";

export const DEMO_INFRASTRUCTURES: DemoInfrastructure[] = [
  {
    name: "linux-general",
    description: "General build machines for Linux images.",
    instanceProfileName: PROFILE,
    instanceTypes: ["m7i.large", "m6i.large"],
    instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
    resourceTags: TEAM,
    tags: TEAM,
  },
  {
    name: "windows-large",
    description: "Larger machines, since Windows updates take long.",
    instanceProfileName: PROFILE,
    instanceTypes: ["m7i.xlarge"],
    instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    resourceTags: TEAM,
    tags: TEAM,
  },
  {
    name: "hardened-network",
    description: "Keeps the instance of a failed build for a day, for the security team.",
    instanceProfileName: PROFILE,
    instanceTypes: ["c7i.large"],
    terminateInstanceOnFailure: false,
    instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
    resourceTags: { ...TEAM, classification: "restricted" },
    tags: TEAM,
  },
  {
    name: "container-builders",
    description: "Build machines for container images.",
    instanceProfileName: PROFILE,
    instanceTypes: ["m7i.large"],
    instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 },
    resourceTags: TEAM,
    tags: TEAM,
  },
];

const amiName = (name: string) => `${name}-{{ imagebuilder:buildDate }}`;

export const DEMO_DISTRIBUTIONS: DemoDistribution[] = [
  {
    name: "two-regions",
    description: "Virginia and Ireland, launchable by staging and production.",
    distributions: [DEMO_REGION, "eu-west-1"].map((region) => ({
      region,
      amiDistributionConfiguration: {
        name: amiName("golden"),
        amiTags: TEAM,
        launchPermission: { userIds: [STAGING_ACCOUNT, PRODUCTION_ACCOUNT] },
      },
    })),
  },
  {
    name: "production-copies",
    description: "Encrypted copies in the production account.",
    distributions: [DEMO_REGION, "eu-west-1"].map((region) => ({
      region,
      amiDistributionConfiguration: {
        name: amiName("hardened"),
        amiTags: { ...TEAM, classification: "restricted" },
        targetAccountIds: [DEMO_ACCOUNT, PRODUCTION_ACCOUNT],
        kmsKeyId: "alias/golden-images",
      },
    })),
  },
  {
    name: "eks-nodes",
    description: "New default version of the node groups' launch templates.",
    distributions: Object.entries(EKS_TEMPLATES).map(([region, launchTemplateId]) => ({
      region,
      amiDistributionConfiguration: { name: amiName("eks-node"), amiTags: TEAM },
      launchTemplateConfigurations: [{ launchTemplateId, setDefaultVersion: true }],
      ssmParameterConfigurations: [
        { parameterName: "/imagebuilder/eks-node/latest", dataType: "aws:ec2:image" as const },
      ],
    })),
  },
  {
    name: "virginia-only",
    description: "The build Region alone.",
    distributions: [
      { region: DEMO_REGION, amiDistributionConfiguration: { name: amiName("internal"), amiTags: TEAM } },
    ],
  },
  {
    name: "container-registry",
    description: "The platform's repository in two Regions.",
    distributions: [DEMO_REGION, "eu-west-1"].map((region) => ({
      region,
      containerDistributionConfiguration: {
        containerTags: ["latest"],
        targetRepository: { service: "ECR" as const, repositoryName: BASE_REPOSITORY },
      },
    })),
  },
];
