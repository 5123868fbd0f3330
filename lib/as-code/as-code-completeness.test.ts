import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { z } from "zod";
import { RESOURCE_SCHEMAS } from "@/lib/definitions/schemas";
import { wholePlan } from "@/lib/testing/whole-plan";
import { toCloudFormation } from "./to-cloudformation";
import { toTerraform } from "./to-terraform";

/** The parts of a zod schema that lead on to members. */
type Definition = {
  type: string;
  shape?: Record<string, { def: Definition }>;
  innerType?: { def: Definition };
  element?: { def: Definition };
  in?: { def: Definition };
};

/** Every member a schema knows, as `schedule.timezone`; lists are passed through. */
function membersOf({ def }: { def: Definition }, at = ""): string[] {
  const { shape } = def;
  if (shape)
    return Object.entries(shape).flatMap(([member, schema]) =>
      membersOf(schema, at ? `${at}.${member}` : member),
    );
  const inner = def.innerType ?? def.element ?? def.in;
  return inner ? membersOf(inner, at) : [at];
}

/** Paths of all that a value holds, in the same words; what the user keys is one. */
function pathsOf(value: unknown, at = "", isKeyed = (_: string) => false): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => pathsOf(item, at, isKeyed)))];
  if (typeof value !== "object" || value === null || isKeyed(at) || "Ref" in value) return [at];
  return Object.entries(value).flatMap(([member, inner]) =>
    pathsOf(inner, at ? `${at}.${member}` : member, isKeyed),
  );
}

const isTags = (path: string) => /tags$/i.test(path) && !/containertags$/i.test(path);

it.each(wholePlan.map(({ kind, input }) => [kind, input] as const))(
  "the plan of these tests holds every member of a %s that a form can set",
  (kind, input) => {
    const known = membersOf(RESOURCE_SCHEMAS[kind] as z.ZodType & { def: Definition });
    expect(pathsOf(input, "", isTags).toSorted()).toEqual(known.toSorted());
  },
);

/**
 * The properties of AWS's resource types, two levels written as `A{B,C}`:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ImageBuilder.html
 */
const EBS = "Ebs{DeleteOnTermination,Encrypted,Iops,KmsKeyId,SnapshotId,Throughput,VolumeSize,VolumeType}";
const VOLUMES = `BlockDeviceMappings{DeviceName,${EBS},NoDevice,VirtualName}`;
const COMPONENTS = "Components{ComponentArn,Parameters{Name,Value}}";
const PROPERTIES: Record<string, string> = {
  Component: "ChangeDescription,Data,Description,KmsKeyId,Name,Platform,SupportedOsVersions,Tags,Uri,Version",
  ImageRecipe: `AdditionalInstanceConfiguration{SystemsManagerAgent{UninstallAfterBuild},UserDataOverride},AmiTags,${VOLUMES},${COMPONENTS},Description,Name,ParentImage,Tags,Version,WorkingDirectory`,
  ContainerRecipe: `${COMPONENTS},ContainerType,Description,DockerfileTemplateData,DockerfileTemplateUri,ImageOsVersionOverride,InstanceConfiguration{${VOLUMES},Image},KmsKeyId,Name,ParentImage,PlatformOverride,Tags,TargetRepository{RepositoryName,Service},Version,WorkingDirectory`,
  InfrastructureConfiguration:
    "Description,InstanceMetadataOptions{HttpPutResponseHopLimit,HttpTokens},InstanceProfileName,InstanceTypes,KeyPair,Logging{S3Logs{S3BucketName,S3KeyPrefix}},Name,Placement{AvailabilityZone,HostId,HostResourceGroupArn,Tenancy},ResourceTags,SecurityGroupIds,SnsTopicArn,SubnetId,Tags,TerminateInstanceOnFailure",
  DistributionConfiguration:
    "Description,Distributions{AmiDistributionConfiguration{AmiTags,Description,KmsKeyId,LaunchPermissionConfiguration{OrganizationArns,OrganizationalUnitArns,UserGroups,UserIds},Name,TargetAccountIds},ContainerDistributionConfiguration{ContainerTags,Description,TargetRepository{RepositoryName,Service}},FastLaunchConfigurations{AccountId,Enabled,LaunchTemplate{LaunchTemplateId,LaunchTemplateName,LaunchTemplateVersion},MaxParallelLaunches,SnapshotConfiguration{TargetResourceCount}},LaunchTemplateConfigurations{AccountId,LaunchTemplateId,SetDefaultVersion},LicenseConfigurationArns,Region,SsmParameterConfigurations{AmiAccountId,DataType,ParameterName}},Name,Tags",
  ImagePipeline:
    "ContainerRecipeArn,Description,DistributionConfigurationArn,EnhancedImageMetadataEnabled,ExecutionRole,ImageRecipeArn,ImageScanningConfiguration{EcrConfiguration{ContainerTags,RepositoryName},ImageScanningEnabled},ImageTestsConfiguration{ImageTestsEnabled,TimeoutMinutes},InfrastructureConfigurationArn,LoggingConfiguration{ImageLogGroupName,PipelineLogGroupName},Name,Schedule{AutoDisablePolicy{FailureCount},PipelineExecutionStartCondition,ScheduleExpression},Status,Tags,Workflows{OnFailure,ParallelGroup,Parameters{Name,Value},WorkflowArn}",
};

/** The resource types and arguments of https://registry.terraform.io/providers/hashicorp/aws/latest/docs */
const TF_EBS =
  "ebs{delete_on_termination,encrypted,iops,kms_key_id,snapshot_id,throughput,volume_size,volume_type}";
const TF_VOLUMES = `block_device_mapping{device_name,${TF_EBS},no_device,virtual_name}`;
const TF_COMPONENTS = "component{component_arn,parameter{name,value}}";
const ARGUMENTS: Record<string, string> = {
  component:
    "change_description,data,description,kms_key_id,name,platform,supported_os_versions,tags,uri,version",
  image_recipe: `${TF_VOLUMES},${TF_COMPONENTS},description,name,parent_image,systems_manager_agent{uninstall_after_build},tags,user_data_base64,version,working_directory`,
  container_recipe: `${TF_COMPONENTS},container_type,description,dockerfile_template_data,dockerfile_template_uri,instance_configuration{${TF_VOLUMES},image},kms_key_id,name,parent_image,platform_override,tags,target_repository{repository_name,service},version,working_directory`,
  infrastructure_configuration:
    "description,instance_metadata_options{http_put_response_hop_limit,http_tokens},instance_profile_name,instance_types,key_pair,logging{s3_logs{s3_bucket_name,s3_key_prefix}},name,placement{availability_zone,host_id,host_resource_group_arn,tenancy},resource_tags,security_group_ids,sns_topic_arn,subnet_id,tags,terminate_instance_on_failure",
  distribution_configuration:
    "description,distribution{ami_distribution_configuration{ami_tags,description,kms_key_id,launch_permission{organization_arns,organizational_unit_arns,user_groups,user_ids},name,target_account_ids},container_distribution_configuration{container_tags,description,target_repository{repository_name,service}},fast_launch_configuration{account_id,enabled,launch_template{launch_template_id,launch_template_name,launch_template_version},max_parallel_launches,snapshot_configuration{target_resource_count}},launch_template_configuration{account_id,default,launch_template_id},license_configuration_arns,region,s3_export_configuration{disk_image_format,role_name,s3_bucket,s3_prefix},ssm_parameter_configuration{ami_account_id,data_type,parameter_name}},name,tags",
  image_pipeline:
    "container_recipe_arn,description,distribution_configuration_arn,enhanced_image_metadata_enabled,execution_role,image_recipe_arn,image_scanning_configuration{ecr_configuration{container_tags,repository_name},image_scanning_enabled},image_tests_configuration{image_tests_enabled,timeout_minutes},infrastructure_configuration_arn,lifecycle{replace_triggered_by},name,schedule{pipeline_execution_start_condition,schedule_expression,timezone},status,tags,workflow{on_failure,parallel_group,parameter{name,value},workflow_arn}",
};

/** `A{B,C{D}},E` as `A.B`, `A.C.D`, `E`. */
function written(text: string): string[] {
  const open: string[] = [];
  return [...text.matchAll(/([^{},]+)(\{?)|\}/g)].flatMap(([, name, brace]) => {
    if (name === undefined) {
      open.pop();
      return [];
    }
    if (!brace) return [[...open, name].join(".")];
    open.push(name);
    return [];
  });
}

/** The paths of HCL's arguments by resource type; enough of a reader for what is written here. */
function argumentsIn(hcl: string): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const open: string[] = [];
  let type = "";
  for (const line of hcl.split("\n")) {
    const resource = /^resource "aws_imagebuilder_(\w+)"/.exec(line)?.[1];
    const [, name, mark] = /^\s+"?(\w+)"? (=|\{)(?: \{)?/.exec(line) ?? [];
    if (resource) {
      type = resource;
      found[type] = [];
    } else if (/^\s+\}$/.test(line)) open.pop();
    else if (name && isTags(open.at(-1) ?? "")) continue;
    else if (name && mark === "=" && !line.endsWith("{")) found[type]?.push([...open, name].join("."));
    else if (name) {
      open.push(name);
      if (isTags(name)) found[type]?.push(open.join("."));
    }
  }
  return found;
}

describe("CloudFormation of a plan in which everything is set", () => {
  const text = toCloudFormation(wholePlan);
  const resources: { Type: string; Properties: object }[] = Object.values(parse(text).Resources);

  it.each(Object.entries(PROPERTIES))("sets every property that AWS::ImageBuilder::%s has", (type, all) => {
    const { Properties } = resources.find(({ Type }) => Type.endsWith(`::${type}`)) ?? {};
    expect(pathsOf(Properties, "", isTags).toSorted()).toEqual(written(all).toSorted());
  });

  it("says above it what the resource types have no word for", () => {
    const comment = text.split("\n").filter((line) => line.startsWith("#"));
    expect(comment.join("\n")).toContain('image-pipeline web: schedule.timezone = "Europe/Berlin"');
    expect(comment.join("\n")).toContain("distributions.0.s3ExportConfiguration = ");
    expect(comment.join("\n")).toContain('imageTags = {"team":"web"}');
    expect(comment).toHaveLength(4);
  });
});

describe("Terraform of a plan in which everything is set", () => {
  const text = toTerraform(wholePlan);
  const found = argumentsIn(text);

  it.each(Object.entries(ARGUMENTS))("sets every argument that aws_imagebuilder_%s has", (type, all) => {
    expect([...new Set(found[type])].toSorted()).toEqual(written(all).toSorted());
  });

  it("says above it what the provider has no word for", () => {
    const comment = text.split("\n").filter((line) => line.startsWith("#"));
    for (const member of ["amiTags", "imageOsVersionOverride", "autoDisablePolicy", "loggingConfiguration"])
      expect(comment.join("\n")).toContain(`${member} = `);
    expect(comment).toHaveLength(6);
  });
});
