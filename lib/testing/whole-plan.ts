import type { CodeResource } from "@/lib/as-code/types";

const arn = (tail: string) => `arn:aws:imagebuilder:us-east-1:222222222222:${tail}`;
const volume = {
  deviceName: "/dev/xvda",
  ebs: {
    encrypted: true,
    deleteOnTermination: true,
    iops: 3000,
    kmsKeyId: "alias/images",
    snapshotId: "snap-0123456789abcdef0",
    volumeSize: 30,
    volumeType: "gp3" as const,
    throughput: 125,
  },
  virtualName: "ephemeral0",
  noDevice: "" as const,
};
const component = {
  componentArn: arn("component/say-hello/1.0.0"),
  parameters: [{ name: "Port", value: ["8443"] }],
};

/** One resource of each kind with every member a form can set, for tests of completeness; AWS would not take it all at once. */
export const wholePlan: CodeResource[] = [
  {
    kind: "component",
    arn: arn("component/say-hello/1.0.0"),
    input: {
      name: "Say hello",
      semanticVersion: "1.0.0",
      description: "Says hello",
      changeDescription: "First",
      platform: "Linux",
      supportedOsVersions: ["Amazon Linux 2023"],
      data: "phases: []",
      uri: "s3://documents/hello.yml",
      kmsKeyId: "alias/images",
      tags: { team: "web" },
    },
  },
  {
    kind: "image-recipe",
    arn: arn("image-recipe/web/1.0.0"),
    input: {
      name: "web",
      semanticVersion: "1.0.0",
      description: "Web",
      parentImage: "ami-0123456789abcdef0",
      components: [component],
      blockDeviceMappings: [volume],
      workingDirectory: "/var/tmp",
      additionalInstanceConfiguration: {
        systemsManagerAgent: { uninstallAfterBuild: true },
        userDataOverride: "IyEvYmluL3No",
      },
      amiTags: { team: "web" },
      tags: { team: "web" },
    },
  },
  {
    kind: "container-recipe",
    arn: arn("container-recipe/base/1.0.0"),
    input: {
      containerType: "DOCKER",
      name: "base",
      semanticVersion: "1.0.0",
      description: "Base",
      parentImage: "amazonlinux:2023",
      components: [component],
      instanceConfiguration: { image: "ami-0123456789abcdef0", blockDeviceMappings: [volume] },
      dockerfileTemplateData: "FROM {{{ imagebuilder:parentImage }}}\n",
      dockerfileTemplateUri: "s3://documents/Dockerfile",
      platformOverride: "Linux",
      imageOsVersionOverride: "Amazon Linux 2023",
      workingDirectory: "/tmp",
      targetRepository: { service: "ECR", repositoryName: "platform/base" },
      kmsKeyId: "alias/images",
      tags: { team: "web" },
    },
  },
  {
    kind: "infrastructure-configuration",
    arn: arn("infrastructure-configuration/small"),
    input: {
      name: "small",
      description: "Small",
      instanceTypes: ["m7i.large"],
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
      securityGroupIds: ["sg-0123456789abcdef0"],
      subnetId: "subnet-0123456789abcdef0",
      logging: { s3Logs: { s3BucketName: "logs", s3KeyPrefix: "builds/" } },
      keyPair: "builders",
      terminateInstanceOnFailure: false,
      snsTopicArn: "arn:aws:sns:us-east-1:222222222222:builds",
      resourceTags: { team: "web" },
      instanceMetadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 1 },
      placement: {
        availabilityZone: "us-east-1a",
        tenancy: "dedicated",
        hostId: "h-0123456789abcdef0",
        hostResourceGroupArn: "arn:aws:resource-groups:us-east-1:222222222222:group/hosts",
      },
      tags: { team: "web" },
    },
  },
  {
    kind: "distribution-configuration",
    arn: arn("distribution-configuration/everywhere"),
    input: {
      name: "everywhere",
      description: "Everywhere",
      distributions: [
        {
          region: "eu-central-1",
          amiDistributionConfiguration: {
            name: "web {{ imagebuilder:buildDate }}",
            description: "Web",
            targetAccountIds: ["333333333333"],
            amiTags: { team: "web" },
            kmsKeyId: "alias/images",
            launchPermission: {
              userIds: ["333333333333"],
              userGroups: ["all"],
              organizationArns: ["arn:aws:organizations::222222222222:organization/o-exampleorgid"],
              organizationalUnitArns: [
                "arn:aws:organizations::222222222222:ou/o-exampleorgid/ou-ab12-cdefgh34",
              ],
            },
          },
          containerDistributionConfiguration: {
            description: "Base",
            containerTags: ["latest"],
            targetRepository: { service: "ECR", repositoryName: "platform/base" },
          },
          licenseConfigurationArns: [
            "arn:aws:license-manager:us-east-1:222222222222:license-configuration:lic-0123456789abcdef0123456789abcdef",
          ],
          launchTemplateConfigurations: [
            { launchTemplateId: "lt-0123456789abcdef0", accountId: "333333333333", setDefaultVersion: true },
          ],
          s3ExportConfiguration: {
            roleName: "vmimport",
            diskImageFormat: "VMDK",
            s3Bucket: "disks",
            s3Prefix: "web/",
          },
          fastLaunchConfigurations: [
            {
              enabled: true,
              snapshotConfiguration: { targetResourceCount: 5 },
              maxParallelLaunches: 6,
              launchTemplate: {
                launchTemplateId: "lt-0123456789abcdef0",
                launchTemplateName: "web",
                launchTemplateVersion: "1",
              },
              accountId: "333333333333",
            },
          ],
          ssmParameterConfigurations: [
            { parameterName: "/images/web", dataType: "aws:ec2:image", amiAccountId: "333333333333" },
          ],
        },
      ],
      tags: { team: "web" },
    },
  },
  {
    kind: "image-pipeline",
    arn: arn("image-pipeline/web"),
    input: {
      name: "web",
      description: "Web",
      imageRecipeArn: arn("image-recipe/web/1.0.0"),
      containerRecipeArn: arn("container-recipe/base/1.0.0"),
      infrastructureConfigurationArn: arn("infrastructure-configuration/small"),
      distributionConfigurationArn: arn("distribution-configuration/everywhere"),
      imageTestsConfiguration: { imageTestsEnabled: true, timeoutMinutes: 90 },
      enhancedImageMetadataEnabled: false,
      schedule: {
        scheduleExpression: "cron(0 3 * * ? *)",
        timezone: "Europe/Berlin",
        pipelineExecutionStartCondition: "EXPRESSION_MATCH_ONLY",
        autoDisablePolicy: { failureCount: 3 },
      },
      status: "DISABLED",
      imageScanningConfiguration: {
        imageScanningEnabled: true,
        ecrConfiguration: { repositoryName: "scans", containerTags: ["scanned"] },
      },
      workflows: [
        {
          workflowArn: arn("workflow/test/smoke/1.0.0"),
          parameters: [{ name: "level", value: ["all"] }],
          parallelGroup: "tests",
          onFailure: "CONTINUE",
        },
      ],
      executionRole: "ImageBuilderWorkflowExecutionRole",
      loggingConfiguration: {
        imageLogGroupName: "/aws/imagebuilder/web",
        pipelineLogGroupName: "/aws/imagebuilder/p",
      },
      imageTags: { team: "web" },
      tags: { team: "web" },
    },
  },
];
