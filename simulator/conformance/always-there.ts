/**
 * Members that AWS's own examples show in every entry of an answer, by operation: the path to the entries (a list is
 * walked), the members, and those that the page says are never in a list. The model calls nearly all of them optional.
 * Where the AWS CLI is installed, its examples are read and judge this table.
 * Pages: https://docs.aws.amazon.com/cli/latest/reference/<service>/<operation>.html, part "Examples", and the API
 * reference of each operation.
 */
export type AlwaysThere = { operation: string; input?: object; at: string; has: string; never?: string };

export const ALWAYS_THERE: Record<string, AlwaysThere[]> = {
  autoscaling: [
    {
      operation: "DescribeAutoScalingGroups",
      at: "AutoScalingGroups",
      has: "AutoScalingGroupName AutoScalingGroupARN MinSize MaxSize DesiredCapacity DefaultCooldown TrafficSources AvailabilityZones LoadBalancerNames TargetGroupARNs HealthCheckType HealthCheckGracePeriod Instances CreatedTime SuspendedProcesses VPCZoneIdentifier EnabledMetrics Tags TerminationPolicies NewInstancesProtectedFromScaleIn ServiceLinkedRoleARN",
    },
    {
      operation: "DescribeAutoScalingGroups",
      at: "AutoScalingGroups.Instances",
      has: "InstanceId InstanceType AvailabilityZone LifecycleState HealthStatus ProtectedFromScaleIn",
    },
    {
      operation: "DescribeLaunchConfigurations",
      at: "LaunchConfigurations",
      has: "LaunchConfigurationName LaunchConfigurationARN ImageId KeyName SecurityGroups ClassicLinkVPCSecurityGroups UserData InstanceType KernelId RamdiskId BlockDeviceMappings InstanceMonitoring CreatedTime EbsOptimized",
    },
  ],
  monitoring: [
    {
      operation: "DescribeAlarms",
      at: "MetricAlarms",
      has: "EvaluationPeriods AlarmArn StateUpdatedTimestamp AlarmConfigurationUpdatedTimestamp ComparisonOperator AlarmActions Namespace AlarmDescription StateReasonData Period StateValue Threshold AlarmName Dimensions Statistic StateReason InsufficientDataActions OKActions ActionsEnabled MetricName",
    },
  ],
  ec2: [
    {
      operation: "DescribeVpcs",
      at: "Vpcs",
      has: "CidrBlock DhcpOptionsId State VpcId OwnerId InstanceTenancy CidrBlockAssociationSet IsDefault",
    },
    {
      operation: "DescribeSubnets",
      at: "Subnets",
      has: "AvailabilityZone AvailabilityZoneId AvailableIpAddressCount CidrBlock DefaultForAz MapPublicIpOnLaunch State SubnetId VpcId OwnerId AssignIpv6AddressOnCreation Ipv6CidrBlockAssociationSet SubnetArn MapCustomerOwnedIpOnLaunch EnableDns64 Ipv6Native PrivateDnsNameOptionsOnLaunch",
    },
    {
      operation: "DescribeSecurityGroups",
      at: "SecurityGroups",
      has: "GroupId GroupName Description VpcId OwnerId IpPermissions IpPermissionsEgress",
    },
    {
      operation: "DescribeRouteTables",
      at: "RouteTables",
      has: "Associations PropagatingVgws RouteTableId Routes Tags VpcId OwnerId",
    },
    {
      operation: "DescribeImages",
      input: { Owners: ["self"] },
      at: "Images",
      has: "Architecture CreationDate ImageId ImageLocation ImageType Public OwnerId PlatformDetails UsageOperation State BlockDeviceMappings Hypervisor Name RootDeviceName RootDeviceType VirtualizationType",
    },
    {
      operation: "DescribeSnapshots",
      input: { OwnerIds: ["self"] },
      at: "Snapshots",
      has: "SnapshotId VolumeId State StartTime Progress OwnerId Description VolumeSize Encrypted",
    },
    { operation: "DescribeInstances", at: "Reservations", has: "ReservationId OwnerId Groups Instances" },
    {
      operation: "DescribeInstances",
      at: "Reservations.Instances",
      has: "AmiLaunchIndex ImageId InstanceId InstanceType LaunchTime Monitoring Placement PrivateDnsName PublicDnsName State StateTransitionReason Architecture BlockDeviceMappings ClientToken EbsOptimized Hypervisor NetworkInterfaces RootDeviceName RootDeviceType SecurityGroups VirtualizationType ProductCodes EnaSupport SourceDestCheck CapacityReservationSpecification HibernationOptions MetadataOptions EnclaveOptions PlatformDetails UsageOperation PrivateDnsNameOptions MaintenanceOptions",
    },
    {
      operation: "DescribeLaunchTemplates",
      at: "LaunchTemplates",
      has: "LaunchTemplateId LaunchTemplateName CreateTime CreatedBy DefaultVersionNumber LatestVersionNumber",
    },
    {
      operation: "DescribeLaunchTemplateVersions",
      input: { Versions: ["$Latest"] },
      at: "LaunchTemplateVersions",
      has: "LaunchTemplateId LaunchTemplateName VersionNumber CreateTime CreatedBy DefaultVersion LaunchTemplateData",
    },
    { operation: "DescribeRegions", at: "Regions", has: "Endpoint RegionName OptInStatus" },
    {
      operation: "DescribeAvailabilityZones",
      at: "AvailabilityZones",
      has: "State OptInStatus Messages RegionName ZoneName ZoneId GroupName NetworkBorderGroup ZoneType",
    },
    {
      operation: "DescribeInstanceTypes",
      at: "InstanceTypes",
      has: "InstanceType CurrentGeneration FreeTierEligible SupportedUsageClasses SupportedRootDeviceTypes SupportedVirtualizationTypes BareMetal ProcessorInfo VCpuInfo MemoryInfo InstanceStorageSupported EbsInfo NetworkInfo PlacementGroupInfo HibernationSupported BurstablePerformanceSupported DedicatedHostsSupported AutoRecoverySupported",
    },
  ],
  ecr: [
    {
      operation: "DescribeRepositories",
      at: "repositories",
      has: "repositoryArn registryId repositoryName repositoryUri createdAt imageTagMutability imageScanningConfiguration encryptionConfiguration",
    },
  ],
  iam: [
    { operation: "ListRoles", at: "", has: "Roles IsTruncated" },
    {
      operation: "ListRoles",
      at: "Roles",
      has: "Path RoleName RoleId Arn CreateDate AssumeRolePolicyDocument MaxSessionDuration",
      never: "Tags PermissionsBoundary RoleLastUsed",
    },
    { operation: "ListInstanceProfiles", at: "", has: "InstanceProfiles IsTruncated" },
    {
      operation: "ListInstanceProfiles",
      at: "InstanceProfiles",
      has: "Path InstanceProfileName InstanceProfileId Arn CreateDate Roles",
      never: "Tags",
    },
  ],
  kms: [
    { operation: "ListKeys", at: "", has: "Keys Truncated" },
    { operation: "ListKeys", at: "Keys", has: "KeyId KeyArn" },
    { operation: "ListAliases", at: "", has: "Aliases Truncated" },
    { operation: "ListAliases", at: "Aliases", has: "AliasName AliasArn" },
    {
      operation: "DescribeKey",
      input: { KeyId: "alias/aws/ebs" },
      at: "KeyMetadata",
      has: "AWSAccountId KeyId Arn CreationDate Enabled Description KeyUsage KeyState Origin KeyManager CustomerMasterKeySpec KeySpec EncryptionAlgorithms MultiRegion",
    },
  ],
  organizations: [
    {
      operation: "ListAccounts",
      at: "Accounts",
      has: "Id Arn Email Name Status JoinedMethod JoinedTimestamp",
    },
    { operation: "ListRoots", at: "Roots", has: "Id Arn Name PolicyTypes" },
    {
      operation: "DescribeOrganization",
      at: "Organization",
      has: "Id Arn FeatureSet MasterAccountArn MasterAccountId MasterAccountEmail AvailablePolicyTypes",
    },
  ],
  s3: [{ operation: "ListBuckets", at: "", has: "Buckets Owner" }],
  servicequotas: [
    {
      operation: "ListServiceQuotas",
      input: { ServiceCode: "imagebuilder" },
      at: "Quotas",
      has: "ServiceCode ServiceName QuotaArn QuotaCode QuotaName Value Unit Adjustable GlobalQuota",
    },
  ],
  ssm: [
    {
      operation: "DescribeParameters",
      at: "Parameters",
      has: "Name Type LastModifiedDate LastModifiedUser Version Tier Policies DataType",
    },
    {
      operation: "GetParametersByPath",
      input: { Path: "/", Recursive: true },
      at: "Parameters",
      has: "Name Type Value Version LastModifiedDate ARN DataType",
    },
  ],
  sts: [{ operation: "GetCallerIdentity", at: "", has: "UserId Account Arn" }],
};

/** Members that the reference of an operation shows and its examples, which are older or which the CLI pages, do not. */
export const SAID_ELSEWHERE: Record<string, string> = {
  "ec2 DescribeAvailabilityZones": "ZoneType",
  "ec2 DescribeInstanceTypes": "SupportedVirtualizationTypes",
  "ecr DescribeRepositories":
    "repositoryUri createdAt imageTagMutability imageScanningConfiguration encryptionConfiguration",
  "iam ListRoles": "IsTruncated",
  "iam ListInstanceProfiles": "IsTruncated",
  "kms ListKeys": "Truncated",
  "kms ListAliases": "Truncated",
  "ssm DescribeParameters": "DataType",
  "ssm GetParametersByPath": "DataType",
};
