import type { BlockDeviceMapping, LaunchConfiguration } from "@aws-sdk/client-auto-scaling";
import type {
  HttpTokensState,
  LaunchTemplateBlockDeviceMappingRequest,
  LaunchTemplateInstanceMetadataEndpointState,
  RequestLaunchTemplateData,
  Tenancy,
  VolumeType,
} from "@aws-sdk/client-ec2";
import { parseArn } from "@/lib/core/arn";
import { canonicalText } from "@/lib/core/canonical-text";

/** What a launch configuration becomes as a launch template. */
export type TemplateCopy = {
  data: RequestLaunchTemplateData;
  /** Members that were taken over, each in words; user data by its length alone. */
  carried: { label: string; value: string }[];
  /** What does not carry over, or works otherwise afterwards, in sentences. */
  notes: string[];
};

/** Members that name the configuration itself; a template has its own. */
const OWN = ["LaunchConfigurationName", "LaunchConfigurationARN", "CreatedTime"];
type Member = Exclude<
  keyof LaunchConfiguration,
  "LaunchConfigurationName" | "LaunchConfigurationARN" | "CreatedTime"
>;

/**
 * Reads every member of a launch configuration: AWS has no call that makes a launch template of one. A member that this
 * console does not know is said, not dropped in silence.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/migrate-to-launch-templates.html
 */
export function toLaunchTemplate(configuration: LaunchConfiguration): TemplateCopy {
  const carried: TemplateCopy["carried"] = [];
  const notes: string[] = [];
  const parts: RequestLaunchTemplateData[] = [];
  for (const [name, value] of Object.entries(configuration)) {
    if (OWN.includes(name) || isUnset(value)) continue;
    const reader = Object.hasOwn(READERS, name) ? READERS[name as Member] : undefined;
    const taken = reader?.(configuration);
    if (!taken) {
      notes.push(`${name} is not carried over: this console does not know it.`);
      continue;
    }
    if (taken.data) parts.push(taken.data);
    if (taken.value !== undefined) carried.push({ label: taken.label, value: taken.value });
    if (taken.note) notes.push(taken.note);
  }
  return {
    data: Object.assign({}, ...parts),
    carried: carried.map(({ label, value }) => ({ label, value: shown(value) })),
    notes: notes.map(shown),
  };
}

/** Names come from others; what is carried over is the data, whole. */
const LONGEST_SHOWN = 1_000;
const shown = (text: string) => canonicalText(text, LONGEST_SHOWN);

const isUnset = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

type Taken = { label: string; value?: string; data?: RequestLaunchTemplateData; note?: string };
const yesNo = (value: boolean | undefined) => (value ? "Yes" : "No");

const READERS: Record<Member, (from: LaunchConfiguration) => Taken> = {
  ImageId: ({ ImageId }) => ({ label: "AMI", value: String(ImageId), data: { ImageId } }),
  InstanceType: ({ InstanceType }) => ({
    label: "Instance type",
    value: String(InstanceType),
    data: { InstanceType: InstanceType as NonNullable<RequestLaunchTemplateData["InstanceType"]> },
  }),
  KeyName: ({ KeyName }) => ({ label: "Key pair", value: String(KeyName), data: { KeyName } }),
  SecurityGroups: ({ SecurityGroups = [], AssociatePublicIpAddress }) => ({
    label: "Security groups",
    value: SecurityGroups.join(", "),
    // With a network interface of its own, the groups belong to that.
    ...(AssociatePublicIpAddress === undefined && { data: groupsOf(SecurityGroups) }),
  }),
  AssociatePublicIpAddress: ({ AssociatePublicIpAddress, SecurityGroups = [] }) => ({
    label: "Public IP address",
    value: yesNo(AssociatePublicIpAddress),
    data: {
      NetworkInterfaces: [
        {
          DeviceIndex: 0,
          AssociatePublicIpAddress,
          ...(SecurityGroups.length > 0 && { Groups: SecurityGroups }),
        },
      ],
    },
    ...(SecurityGroups.some((group) => !group.startsWith("sg-")) && {
      note: "A network interface takes IDs of security groups: replace the names before instances are started.",
    }),
  }),
  UserData: ({ UserData = "" }) => ({
    label: "User data",
    value: `${UserData.length.toLocaleString("en-US")} characters in Base64, unchanged`,
    data: { UserData },
  }),
  KernelId: ({ KernelId }) => ({ label: "Kernel", value: String(KernelId), data: { KernelId } }),
  RamdiskId: ({ RamdiskId }) => ({
    label: "RAM disk",
    value: String(RamdiskId),
    data: { RamDiskId: RamdiskId },
  }),
  BlockDeviceMappings: ({ BlockDeviceMappings = [] }) => ({
    label: "Block devices",
    value: BlockDeviceMappings.map(({ DeviceName }) => DeviceName).join(", "),
    data: { BlockDeviceMappings: BlockDeviceMappings.map(deviceOf) },
  }),
  InstanceMonitoring: ({ InstanceMonitoring }) => ({
    label: "Detailed monitoring",
    value: yesNo(InstanceMonitoring?.Enabled),
    data: { Monitoring: { Enabled: InstanceMonitoring?.Enabled } },
  }),
  SpotPrice: ({ SpotPrice }) => ({
    label: "Spot price",
    value: `at most ${SpotPrice}`,
    data: { InstanceMarketOptions: { MarketType: "spot", SpotOptions: { MaxPrice: SpotPrice } } },
    note: "A maximum Spot price makes interruptions more frequent. A mixed instances policy without one is AWS’s advice.",
  }),
  IamInstanceProfile: ({ IamInstanceProfile: profile = "" }) => ({
    label: "Instance profile",
    value: profile,
    data: { IamInstanceProfile: parseArn(profile) ? { Arn: profile } : { Name: profile } },
  }),
  EbsOptimized: ({ EbsOptimized }) => ({
    label: "EBS-optimized",
    value: yesNo(EbsOptimized),
    data: { EbsOptimized },
  }),
  PlacementTenancy: ({ PlacementTenancy }) => ({
    label: "Tenancy",
    value: String(PlacementTenancy),
    data: { Placement: { Tenancy: PlacementTenancy as Tenancy } },
  }),
  MetadataOptions: ({ MetadataOptions: options = {} }) => ({
    label: "Metadata options",
    value: Object.entries(options)
      .map(([name, value]) => `${name} ${value}`)
      .join(", "),
    data: {
      MetadataOptions: {
        HttpTokens: options.HttpTokens as HttpTokensState,
        HttpPutResponseHopLimit: options.HttpPutResponseHopLimit,
        HttpEndpoint: options.HttpEndpoint as LaunchTemplateInstanceMetadataEndpointState,
      },
    },
  }),
  ClassicLinkVPCId: ({ ClassicLinkVPCId }) => ({
    label: "ClassicLink",
    note: `The ClassicLink VPC ${ClassicLinkVPCId} is not carried over: AWS retired EC2-Classic.`,
  }),
  ClassicLinkVPCSecurityGroups: ({ ClassicLinkVPCSecurityGroups = [] }) => ({
    label: "ClassicLink",
    note: `The ClassicLink security groups ${ClassicLinkVPCSecurityGroups.join(", ")} are not carried over.`,
  }),
};

const groupsOf = (groups: string[]): RequestLaunchTemplateData => {
  const [ids, names] = [
    groups.filter((group) => group.startsWith("sg-")),
    groups.filter((group) => !group.startsWith("sg-")),
  ];
  return {
    ...(ids.length > 0 && { SecurityGroupIds: ids }),
    ...(names.length > 0 && { SecurityGroups: names }),
  };
};

function deviceOf({ Ebs, NoDevice, ...device }: BlockDeviceMapping): LaunchTemplateBlockDeviceMappingRequest {
  return {
    ...device,
    ...(NoDevice && { NoDevice: "" }),
    ...(Ebs && { Ebs: { ...Ebs, VolumeType: Ebs.VolumeType as VolumeType } }),
  };
}
