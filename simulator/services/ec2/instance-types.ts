import type { _InstanceType, ArchitectureType, InstanceTypeInfo } from "@aws-sdk/client-ec2";
import { AwsError } from "../../wire/contract";
import { applyFilters, type FilterFields } from "./filters";
import type { Ec2 } from "./operations";
import { ec2Page, refuseDryRun } from "./paging";
import { zonesOf } from "./regions";

type Architecture = "x86_64" | "arm64";

/** Family, architecture, sizes; vCPUs and memory follow from both. */
const FAMILIES: {
  family: string;
  architecture: Architecture;
  gibPerVcpu: number;
  sizes: string[];
  burstable?: boolean;
  /** Before Nitro: https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-nitro-instances.html */
  xen?: boolean;
}[] = [
  {
    family: "t2",
    architecture: "x86_64",
    gibPerVcpu: 0,
    sizes: ["micro", "small", "medium", "large", "xlarge", "2xlarge"],
    burstable: true,
    xen: true,
  },
  {
    family: "t3",
    architecture: "x86_64",
    gibPerVcpu: 0,
    sizes: ["micro", "small", "medium", "large", "xlarge", "2xlarge"],
    burstable: true,
  },
  {
    family: "t3a",
    architecture: "x86_64",
    gibPerVcpu: 0,
    sizes: ["micro", "small", "medium", "large", "xlarge"],
    burstable: true,
  },
  {
    family: "t4g",
    architecture: "arm64",
    gibPerVcpu: 0,
    sizes: ["micro", "small", "medium", "large", "xlarge"],
    burstable: true,
  },
  { family: "m5", architecture: "x86_64", gibPerVcpu: 4, sizes: ["large", "xlarge", "2xlarge", "4xlarge"] },
  { family: "m6i", architecture: "x86_64", gibPerVcpu: 4, sizes: ["large", "xlarge", "2xlarge", "4xlarge"] },
  { family: "m7i", architecture: "x86_64", gibPerVcpu: 4, sizes: ["large", "xlarge", "2xlarge", "4xlarge"] },
  {
    family: "m6g",
    architecture: "arm64",
    gibPerVcpu: 4,
    sizes: ["medium", "large", "xlarge", "2xlarge", "4xlarge"],
  },
  {
    family: "m7g",
    architecture: "arm64",
    gibPerVcpu: 4,
    sizes: ["medium", "large", "xlarge", "2xlarge", "4xlarge"],
  },
  { family: "c5", architecture: "x86_64", gibPerVcpu: 2, sizes: ["large", "xlarge", "2xlarge", "4xlarge"] },
  { family: "c6i", architecture: "x86_64", gibPerVcpu: 2, sizes: ["large", "xlarge", "2xlarge", "4xlarge"] },
  {
    family: "c7g",
    architecture: "arm64",
    gibPerVcpu: 2,
    sizes: ["medium", "large", "xlarge", "2xlarge", "4xlarge"],
  },
  { family: "r6i", architecture: "x86_64", gibPerVcpu: 8, sizes: ["large", "xlarge", "2xlarge"] },
];

const VCPUS: Record<string, number> = {
  micro: 2,
  small: 2,
  medium: 2,
  large: 2,
  xlarge: 4,
  "2xlarge": 8,
  "4xlarge": 16,
};
const BURSTABLE_GIB: Record<string, number> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

const TYPES: InstanceTypeInfo[] = FAMILIES.flatMap(
  ({ family, architecture, gibPerVcpu, sizes, burstable = false, xen = false }) =>
    sizes.map((size) => {
      const hasOneVcpu = xen ? size === "micro" || size === "small" : size === "medium" && !burstable;
      const vcpus = hasOneVcpu ? 1 : (VCPUS[size] ?? 2);
      const memoryGiB = burstable ? (BURSTABLE_GIB[size] ?? 1) : vcpus * gibPerVcpu;
      return {
        InstanceType: `${family}.${size}` as _InstanceType,
        CurrentGeneration: true,
        FreeTierEligible: size === "micro",
        SupportedUsageClasses: ["on-demand", "spot"],
        SupportedRootDeviceTypes: ["ebs"],
        SupportedVirtualizationTypes: ["hvm"],
        BareMetal: false,
        Hypervisor: xen ? "xen" : "nitro",
        ProcessorInfo: { SupportedArchitectures: [architecture as ArchitectureType] },
        VCpuInfo: { DefaultVCpus: vcpus },
        MemoryInfo: { SizeInMiB: memoryGiB * 1024 },
        InstanceStorageSupported: false,
        EbsInfo: { EbsOptimizedSupport: "default", EncryptionSupport: "supported" },
        BurstablePerformanceSupported: burstable,
        // Differs from AWS: the same for every type.
        NetworkInfo: {
          MaximumNetworkInterfaces: 3,
          Ipv6Supported: true,
          EnaSupport: xen ? "unsupported" : "required",
        },
        PlacementGroupInfo: { SupportedStrategies: ["partition", "spread"] },
        HibernationSupported: false,
        DedicatedHostsSupported: !burstable,
        AutoRecoverySupported: true,
      } satisfies InstanceTypeInfo;
    }),
);

/** The architecture of an instance type; undefined for one that is not simulated. */
export const architectureOf = (type: string): string | undefined =>
  TYPES.find(({ InstanceType }) => InstanceType === type)?.ProcessorInfo?.SupportedArchitectures?.[0];

export const vcpusOf = (type: string): number =>
  TYPES.find(({ InstanceType }) => InstanceType === type)?.VCpuInfo?.DefaultVCpus ?? 0;

/** The last zone of a Region lacks a family, so that a picker meets a type that is not everywhere. */
export const isOfferedIn = (region: string, type: string, zone: string): boolean =>
  zone !== zonesOf(region).at(-1) || !type.startsWith("m7i");

const FIELDS: FilterFields<InstanceTypeInfo> = {
  "instance-type": (row) => [row.InstanceType],
  "current-generation": (row) => [row.CurrentGeneration],
  "processor-info.supported-architecture": (row) => row.ProcessorInfo?.SupportedArchitectures ?? [],
  "vcpu-info.default-vcpus": (row) => [row.VCpuInfo?.DefaultVCpus],
  "memory-info.size-in-mib": (row) => [row.MemoryInfo?.SizeInMiB],
  "burstable-performance-supported": (row) => [row.BurstablePerformanceSupported],
  "bare-metal": (row) => [row.BareMetal],
  "free-tier-eligible": (row) => [row.FreeTierEligible],
  hypervisor: (row) => [row.Hypervisor],
};

export const instanceTypes = {
  DescribeInstanceTypes(_call, input) {
    refuseDryRun(input);
    const unknown = input.InstanceTypes?.find(
      (name) => !TYPES.some(({ InstanceType }) => InstanceType === name),
    );
    if (unknown) {
      throw new AwsError(
        "InvalidInstanceType",
        `The following supplied instance types do not exist: [${unknown}]`,
      );
    }
    const rows = TYPES.filter(
      ({ InstanceType }) => !input.InstanceTypes || input.InstanceTypes.some((name) => name === InstanceType),
    );
    const page = ec2Page(applyFilters(rows, input.Filters, FIELDS), {
      ...input,
      MaxResults: input.MaxResults ?? 100,
    });
    return { InstanceTypes: page.rows, NextToken: page.NextToken };
  },

  DescribeInstanceTypeOfferings({ region }, input) {
    refuseDryRun(input);
    const { LocationType = "region" } = input;
    const locations = LocationType === "region" ? [region] : zonesOf(region);
    const rows = locations.flatMap((Location) =>
      TYPES.filter(
        ({ InstanceType = "" }) => LocationType === "region" || isOfferedIn(region, InstanceType, Location),
      ).map(({ InstanceType }) => ({ InstanceType, LocationType, Location })),
    );
    const fields: FilterFields<(typeof rows)[number]> = {
      "instance-type": (row) => [row.InstanceType],
      location: (row) => [row.Location],
    };
    const page = ec2Page(applyFilters(rows, input.Filters, fields), input);
    return { InstanceTypeOfferings: page.rows, NextToken: page.NextToken };
  },
} satisfies Partial<Ec2>;
