import type { Role } from "@/lib/core/actor";

type AwsActionFact = {
  /** The least role of the console whose use cases call it. */
  role: Role;
  /** Completes "Needed to ...". */
  for: string;
  /** Name of the IAM action where it is not that of the call. */
  iamAction?: string;
};

const viewer = (purpose: string): AwsActionFact => ({ role: "viewer", for: purpose });
const operator = (purpose: string): AwsActionFact => ({ role: "operator", for: purpose });
const author = (purpose: string): AwsActionFact => ({ role: "author", for: purpose });
const admin = (purpose: string): AwsActionFact => ({ role: "admin", for: purpose });

/**
 * Every call that the console makes, as `service:Operation`. A test holds this list to the commands in the code and
 * to what use cases are seen to call. The IAM action has the call's name unless said otherwise:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2imagebuilder.html
 */
export const AWS_CALLS: Record<string, AwsActionFact> = {
  "imagebuilder:GetComponent": viewer("read components"),
  "imagebuilder:GetContainerRecipe": viewer("read container recipes"),
  "imagebuilder:GetDistributionConfiguration": viewer("read distribution settings"),
  "imagebuilder:GetImage": viewer("read builds"),
  "imagebuilder:GetImagePipeline": viewer("read pipelines"),
  "imagebuilder:GetImagePolicy": viewer("see the sharing of an image"),
  "imagebuilder:GetImageRecipe": viewer("read recipes"),
  "imagebuilder:GetInfrastructureConfiguration": viewer("read infrastructure settings"),
  "imagebuilder:GetLifecyclePolicy": viewer("read lifecycle policies"),
  "imagebuilder:GetWorkflow": viewer("read workflows"),
  "imagebuilder:GetWorkflowStepExecution": viewer(
    "read what a waiting step asks, and on which instance a step ran",
  ),
  "imagebuilder:ListComponentBuildVersions": viewer("list builds of a component"),
  "imagebuilder:ListComponents": viewer("list components"),
  "imagebuilder:ListContainerRecipes": viewer("list container recipes"),
  "imagebuilder:ListDistributionConfigurations": viewer("list distribution settings"),
  "imagebuilder:ListImageBuildVersions": viewer("list builds"),
  "imagebuilder:ListImagePipelineImages": viewer("list builds of a pipeline"),
  "imagebuilder:ListImagePipelines": viewer("list pipelines"),
  "imagebuilder:ListImageRecipes": viewer("list recipes"),
  "imagebuilder:ListImages": viewer("list images to begin from"),
  "imagebuilder:ListImagePackages": viewer("list the packages of an image"),
  "imagebuilder:ListImageScanFindings": viewer("list findings of an image"),
  "imagebuilder:ListImageScanFindingAggregations": viewer("count findings of a build"),
  "imagebuilder:ListInfrastructureConfigurations": viewer("list infrastructure settings"),
  "imagebuilder:ListLifecyclePolicies": viewer("list lifecycle policies"),
  "imagebuilder:ListTagsForResource": viewer("read tags"),
  "imagebuilder:ListWaitingWorkflowSteps": viewer("list pending approvals"),
  "imagebuilder:ListWorkflowBuildVersions": viewer("list builds of a workflow"),
  "imagebuilder:ListWorkflowExecutions": viewer("show the stages of a build"),
  "imagebuilder:ListWorkflowStepExecutions": viewer("show the steps of a build"),
  "imagebuilder:ListWorkflows": viewer("list workflows"),
  "logs:DescribeLogGroups": viewer("find the logs of all builds"),
  "logs:DescribeLogStreams": viewer("read why a pipeline ran"),
  "logs:GetLogEvents": viewer("read build logs"),
  "logs:GetQueryResults": viewer("search the logs of all builds"),
  "logs:StartQuery": viewer("search the logs of all builds"),
  "inspector2:BatchGetAccountStatus": viewer("see whether Amazon Inspector scans this account"),
  "servicequotas:ListServiceQuotas": viewer("read logs as fast as the account allows, and check quotas"),
  "cloudwatch:GetMetricData": viewer(
    "check which metrics CloudWatch has after an interruption, if configured",
  ),
  "cloudwatch:PutMetricData": viewer("send metrics of builds to CloudWatch, if configured"),
  "sqs:DeleteMessage": viewer("receive build events from a queue, if configured"),
  "sqs:ReceiveMessage": viewer("receive build events from a queue, if configured"),
  "autoscaling:DescribeAutoScalingGroups": viewer("find resources that use an image"),
  "autoscaling:DescribeInstanceRefreshes": viewer("show roll-outs"),
  "autoscaling:DescribeLaunchConfigurations": viewer("find resources that use an image"),
  "cloudwatch:DescribeAlarms": viewer("see the alarms that a roll-out watches"),
  "ec2:DescribeImages": viewer("name the base image of a build, and offer AMIs to begin from"),
  "ec2:DescribeImageAttribute": viewer("see with whom the AMIs of an image are shared"),
  "ec2:DescribeInstanceImageMetadata": viewer("see which AMI each instance runs"),
  "ec2:DescribeImageUsageReportEntries": viewer("see how other accounts use an AMI"),
  "ec2:DescribeImageUsageReports": viewer("see how other accounts use an AMI"),
  "ec2:DescribeSnapshots": viewer("see which key encrypts an AMI"),
  "ec2:GetImageAncestry": viewer("see which AMIs an AMI descends from"),
  "kms:DescribeKey": viewer("see who manages the key of an AMI, and check the keys of a distribution"),
  "kms:GetKeyPolicy": viewer("see whether accounts can use the key of an AMI"),
  "kms:ListGrants": viewer("see whether Auto Scaling groups of accounts can use the key of an AMI"),
  "ec2:DescribeInstanceStatus": viewer("see whether the new instance of a move passes its status checks"),
  "ec2:DescribeInstances": viewer("find what still uses an image"),
  "ec2:DescribeLaunchTemplateVersions": viewer("find what still uses an image"),
  "ssm:DescribeInstanceInformation": viewer("see whether a build's instance reported to Systems Manager"),
  "ssm:GetCommandInvocation": viewer("read the command that a build's step ran"),
  "ssm:ListCommandInvocations": viewer("find the command that a build's step ran"),
  "ssm:DescribeParameters": viewer("find what still uses an image"),
  "ssm:GetParameters": viewer("find what still uses an image"),

  "autoscaling:CancelInstanceRefresh": operator("cancel a roll-out"),
  "autoscaling:RollbackInstanceRefresh": operator("roll back a roll-out"),
  "autoscaling:StartInstanceRefresh": operator("roll out to an Auto Scaling group"),
  "autoscaling:UpdateAutoScalingGroup": operator("set a group to a numbered version before a roll-out"),
  "ec2:CreateLaunchTemplateVersion": operator("create the version that a roll-out starts instances with"),
  "ec2:CreateImageUsageReport": operator("request a report on how other accounts use an AMI"),
  "ec2:GetConsoleOutput": operator("read the console of a build's instance"),
  "ec2:GetConsoleScreenshot": operator("see the screen of a build's instance"),
  "imagebuilder:CancelImageCreation": operator("cancel a build"),
  "imagebuilder:RetryImage": operator("retry a build"),
  "imagebuilder:SendWorkflowStepAction": operator("answer a waiting step"),
  "imagebuilder:StartImagePipelineExecution": operator("run a pipeline"),

  "ec2:CreateLaunchTemplate": author("copy launch configurations to launch templates"),
  "ec2:CopyImage": author("copy AMIs to Regions"),
  "ec2:CreateImage": author("create AMIs from instances"),
  "imagebuilder:CreateComponent": author("create components"),
  "imagebuilder:CreateContainerRecipe": author("create container recipes"),
  "imagebuilder:CreateDistributionConfiguration": author("create distribution settings"),
  "imagebuilder:ImportDiskImage": author("import images from disk files"),
  "imagebuilder:ImportVmImage": author("import images of virtual machines"),
  "imagebuilder:ImportComponent": author("import scripts as components"),
  "imagebuilder:CreateImagePipeline": author("create pipelines"),
  "imagebuilder:CreateImageRecipe": author("create recipes"),
  "imagebuilder:CreateInfrastructureConfiguration": author("create infrastructure settings"),
  "imagebuilder:CreateWorkflow": author("create workflows"),
  "imagebuilder:TagResource": author("tag resources"),
  "imagebuilder:UntagResource": author("remove tags"),
  "imagebuilder:UpdateDistributionConfiguration": author("change distribution settings"),
  "imagebuilder:UpdateImagePipeline": author("change, enable and disable pipelines"),
  "imagebuilder:UpdateInfrastructureConfiguration": author("change infrastructure settings"),
  // Whoever creates a pipeline in the wizard may take back what it made, should a later step fail.
  "imagebuilder:DeleteComponent": author("delete components"),
  "imagebuilder:DeleteContainerRecipe": author("delete container recipes"),
  "imagebuilder:DeleteDistributionConfiguration": author("delete distribution settings"),
  "imagebuilder:DeleteImagePipeline": author("delete pipelines"),
  "imagebuilder:DeleteImageRecipe": author("delete recipes"),
  "imagebuilder:DeleteInfrastructureConfiguration": author("delete infrastructure settings"),
  "imagebuilder:DeleteWorkflow": author("delete workflows"),

  "imagebuilder:CreateLifecyclePolicy": admin("create lifecycle policies"),
  "imagebuilder:UpdateLifecyclePolicy": admin("change lifecycle policies"),
  "imagebuilder:DeleteLifecyclePolicy": admin("delete lifecycle policies"),
  "imagebuilder:PutImagePolicy": admin("share images"),
  "imagebuilder:StartResourceStateUpdate": admin("deprecate, disable and delete images"),
  "imagebuilder:DeleteImage": admin("delete images"),
  "ec2:ModifyImageAttribute": admin("share AMIs"),
  "ec2:DeleteLaunchTemplate": admin("delete launch templates in a clean-up"),
  // Also asked for when an AMI is removed with its snapshots.
  "ec2:DeleteSnapshot": admin("delete the snapshots of an AMI"),
  "ssm:DeleteParameter": admin("delete the parameters of a distribution in a clean-up"),
  "ec2:DeregisterImage": admin("deregister AMIs"),
  "ec2:DisableImage": admin("stop launches from AMIs"),
  "ec2:DisableImageDeprecation": admin("cancel the deprecation of AMIs"),
  "ec2:DisableImageDeregistrationProtection": admin("turn deregistration protection off"),
  "ec2:RunInstances": admin("launch the new instance of a move"),
  "ec2:StopInstances": admin("stop the old instance of a move"),
  "ec2:EnableImage": admin("restore disabled AMIs"),
  "ec2:EnableImageDeprecation": admin("deprecate AMIs"),
  "ec2:EnableImageDeregistrationProtection": admin("turn deregistration protection on"),

  "ec2:DescribeRouteTables": author("check that a build reaches AWS"),
  "ec2:DescribeVpcEndpoints": author("check that a build reaches AWS"),
  "iam:GetInstanceProfile": author("check the instance profile of a build"),
  "iam:ListAttachedRolePolicies": author("check the instance profile of a build"),
  "iam:ListRolePolicies": author("check the instance profile of a build"),
  "s3:HeadBucket": { role: "author", for: "check the log bucket of a build", iamAction: "s3:ListBucket" },
  "sns:GetTopicAttributes": author("check the topic of a build"),
  "ssm:GetParameter": author("check a base image that a parameter holds"),
  "ec2:DescribeAvailabilityZones": author("offer Availability Zones"),
  "ec2:DescribeInstanceTypeOfferings": author("see which zones offer an instance type"),
  "ec2:DescribeInstanceTypes": author("offer instance types"),
  "ec2:GetEbsDefaultKmsKeyId": author("check how an image is encrypted before it is shared"),
  "ec2:GetEbsEncryptionByDefault": author("check how an image is encrypted before it is shared"),
  "ec2:DescribeKeyPairs": author("offer key pairs"),
  "ec2:DescribeLaunchTemplates": author("offer launch templates"),
  "ec2:DescribeRegions": author("offer Regions"),
  "ec2:DescribeSecurityGroups": author("offer security groups"),
  "ec2:DescribeSubnets": author("offer subnets"),
  "ec2:DescribeVpcs": author("offer VPCs"),
  "ecr:DescribeRepositories": author("offer repositories"),
  "iam:ListInstanceProfiles": author("offer instance profiles"),
  "iam:ListRoles": author("offer roles"),
  "kms:ListAliases": author("offer keys"),
  "kms:ListKeys": author("offer keys"),
  "organizations:DescribeOrganization": author("offer accounts to share with"),
  "organizations:ListAccounts": author("offer accounts to share with"),
  "organizations:ListOrganizationalUnitsForParent": author("offer organizational units"),
  "organizations:ListRoots": author("offer organizational units"),
  "s3:ListBuckets": { role: "author", for: "offer buckets", iamAction: "s3:ListAllMyBuckets" },
  "sns:ListTopics": author("offer topics"),
  "sns:Publish": admin("send notifications to a topic"),
};

/** Not a call of its own: AWS asks for it when another call hands a role on. */
export const PASSED_ROLES: AwsActionFact & { action: string } = {
  action: "iam:PassRole",
  ...operator("pass an instance profile's role or an execution role to Image Builder"),
};

/**
 * Not a call of its own: AWS asks for it when a group is given a version of a launch template.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
export const LAUNCH_TEMPLATE_USE: AwsActionFact & { action: string } = {
  action: "ec2:RunInstances",
  ...operator("let Auto Scaling start instances with a launch template"),
};

/**
 * No calls of their own: AWS asks for them when what is made has tags, and when a copy of an AMI is encrypted.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/copy-ami-permissions.html
 */
export const AMI_CONSEQUENCES: (AwsActionFact & { action: string })[] = [
  // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
  { action: "ec2:CreateTags", ...author("tag copies of AMIs, and the new instance of a move") },
  ...["CreateGrant", "Decrypt", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom", "ReEncryptTo"].map(
    (name) => ({ action: `kms:${name}`, ...author("encrypt copies of AMIs with a key of your own") }),
  ),
];

/**
 * Asked for once in an account, when it makes its first resource: Image Builder's own role is made then.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-builder-service-linked-role.html
 */
export const FIRST_USE: AwsActionFact & { action: string } = {
  action: "iam:CreateServiceLinkedRole",
  ...author("let Image Builder create its service-linked role in a new account"),
};

/** For the page that shows what a role lacks. It says so where these are missing. */
export const SELF_CHECK: Record<string, AwsActionFact> = {
  "sts:GetCallerIdentity": viewer("identify the console's role"),
  "iam:SimulatePrincipalPolicy": viewer("check the console's permissions"),
};

/** The IAM action that a call needs. */
export const iamActionOf = (call: string): string =>
  AWS_CALLS[call]?.iamAction ?? SELF_CHECK[call]?.iamAction ?? call;
