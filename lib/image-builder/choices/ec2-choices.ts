import "server-only";
import {
  DescribeInstanceTypesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeVpcsCommand,
  type Tag,
} from "@aws-sdk/client-ec2";
import { collectPages } from "@/lib/aws/paginate";
import { HOUR_MS } from "@/lib/core/time";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { readKeyPairs, readSecurityGroups, readSubnets } from "./read-network";
import type { ChoiceList } from "./types";

const FRESH_FOR_MS = 10_000;
const TYPES_FRESH_FOR_MS = HOUR_MS;
const PAGE = 500;

export async function vpcChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const vpcs = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeVpcsCommand({ MaxResults: PAGE, NextToken });
      const page = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.Vpcs, next: page.NextToken };
    },
  });
  return {
    choices: vpcs.map(({ VpcId = "", CidrBlock, IsDefault, Tags }) => ({
      value: VpcId,
      label: nameOf(Tags) ?? (IsDefault ? "Default VPC" : VpcId),
      detail: [VpcId, CidrBlock].filter(Boolean).join(", "),
      vpcId: VpcId,
    })),
  };
}

export async function subnetChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const subnets = await readSubnets(aws);
  return {
    choices: subnets
      .map(({ SubnetId = "", VpcId, AvailabilityZone, CidrBlock, MapPublicIpOnLaunch, Tags }) => ({
        value: SubnetId,
        label: nameOf(Tags) ?? SubnetId,
        detail: [AvailabilityZone, CidrBlock, addressesOf(MapPublicIpOnLaunch)].filter(Boolean).join(", "),
        vpcId: VpcId,
      }))
      .toSorted((a, b) => a.detail.localeCompare(b.detail)),
  };
}

export async function securityGroupChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const groups = await readSecurityGroups(aws);
  return {
    choices: groups.map(({ GroupId = "", GroupName = GroupId, Description, VpcId }) => ({
      value: GroupId,
      label: GroupName,
      detail: [GroupId, Description].filter(Boolean).join(", "),
      vpcId: VpcId,
    })),
  };
}

export async function instanceTypeChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const types = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeInstanceTypesCommand({ MaxResults: 100, NextToken });
      const page = await aws.ec2.read(command, { freshForMs: TYPES_FRESH_FOR_MS });
      return { items: page.InstanceTypes, next: page.NextToken };
    },
  });
  const collator = new Intl.Collator("en", { numeric: true });
  return {
    choices: types
      .map(({ InstanceType = "", VCpuInfo, MemoryInfo, ProcessorInfo }) => {
        const memoryMiB = MemoryInfo?.SizeInMiB;
        const architectures = ProcessorInfo?.SupportedArchitectures;
        return {
          value: InstanceType,
          label: InstanceType,
          detail: [
            VCpuInfo?.DefaultVCpus && `${VCpuInfo.DefaultVCpus} vCPU`,
            memoryMiB && `${memoryMiB / 1024} GiB`,
            architectures?.join("/"),
          ]
            .filter(Boolean)
            .join(", "),
          architectures,
        };
      })
      .toSorted((a, b) => collator.compare(a.value, b.value)),
  };
}

export async function keyPairChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  return {
    choices: (await readKeyPairs(aws)).map(({ KeyName = "", KeyType }) => ({
      value: KeyName,
      label: KeyName,
      detail: KeyType,
    })),
  };
}

export async function launchTemplateChoices({ aws }: UseCaseContext): Promise<ChoiceList> {
  const templates = await collectPages({
    load: async (NextToken) => {
      const command = new DescribeLaunchTemplatesCommand({ MaxResults: 200, NextToken });
      const page = await aws.ec2.read(command, { freshForMs: FRESH_FOR_MS });
      return { items: page.LaunchTemplates, next: page.NextToken };
    },
  });
  return {
    choices: templates.map(({ LaunchTemplateId = "", LaunchTemplateName = "", LatestVersionNumber }) => ({
      value: LaunchTemplateId,
      label: LaunchTemplateName,
      detail: [LaunchTemplateId, LatestVersionNumber && `latest version ${LatestVersionNumber}`]
        .filter(Boolean)
        .join(", "),
    })),
  };
}

const addressesOf = (areGiven: boolean | undefined) =>
  areGiven === undefined ? undefined : areGiven ? "public addresses" : "private";
const nameOf = (tags: Tag[] | undefined) => tags?.find(({ Key }) => Key === "Name")?.Value || undefined;
