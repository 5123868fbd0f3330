import type { LaunchTemplateSpecification } from "@aws-sdk/client-auto-scaling";
import { AwsError } from "../../wire/contract";
import { visibleImage } from "../ec2/images";
import type { LaunchTemplateRow, LaunchTemplateVersionRow } from "../ec2/store";
import { findParameter } from "../ssm/parameters";
import type { AutoScalingStore, LaunchSettings } from "./store";

/** What one instance would start with. */
interface Launch {
  imageId: string;
  instanceType: string;
  /** With the number of the version, whichever word the group uses. */
  template?: LaunchTemplateSpecification | undefined;
  /** True when an override names the AMI: only then does Auto Scaling report it with the instance. */
  isOverride: boolean;
}

/**
 * What the group's instance number `index` would start with now; undefined without a launch template or launch
 * configuration. Overrides come before the launch template.
 * https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_LaunchTemplateOverrides.html
 */
export function launchOf(
  store: AutoScalingStore,
  settings: LaunchSettings,
  index: number,
  now: number,
): Launch | undefined {
  const mixed = settings.MixedInstancesPolicy?.LaunchTemplate;
  const overrides = mixed?.Overrides ?? [];
  const override = overrides[index % Math.max(1, overrides.length)];
  const specification =
    override?.LaunchTemplateSpecification ?? mixed?.LaunchTemplateSpecification ?? settings.LaunchTemplate;
  if (specification) {
    const version = versionOf(store, specification);
    const data = version?.LaunchTemplateData;
    if (!version) return undefined;
    return {
      imageId: override?.ImageId ?? resolvedImageId(store, data?.ImageId ?? "", now),
      instanceType: override?.InstanceType ?? data?.InstanceType ?? "m7i.large",
      template: {
        LaunchTemplateId: version.LaunchTemplateId,
        LaunchTemplateName: version.LaunchTemplateName,
        Version: String(version.VersionNumber),
      },
      isOverride: override?.ImageId !== undefined,
    };
  }
  const configuration = store.launchConfigurations.get(settings.LaunchConfigurationName ?? "");
  if (!configuration) return undefined;
  const { ImageId = "", InstanceType = "m7i.large" } = configuration;
  return { imageId: ImageId, instanceType: InstanceType, isOverride: false };
}

/** Why an instance cannot start from an AMI now, in EC2's words; undefined when it can. */
export function launchRefusal(store: AutoScalingStore, imageId: string, now: number): string | undefined {
  // A template that names no AMI is let through: see knownSettings.
  if (imageId === "") return undefined;
  const image = visibleImage(store.ec2, imageId, now);
  if (!image) return `The image id '[${imageId}]' does not exist`;
  if (image.State === "available") return undefined;
  return `The image '${imageId}' is ${image.State} and cannot be launched`;
}

/** The AMI that `resolve:ssm:` stands for now, or the id as it is. */
function resolvedImageId(store: AutoScalingStore, imageId: string, now: number): string {
  const name = /^resolve:ssm:(.+)$/.exec(imageId)?.[1];
  return name ? (findParameter(store.ssm, name, now)?.value ?? imageId) : imageId;
}

/**
 * The settings as Auto Scaling returns them: each launch template with both its id and its name.
 * Differs from AWS: a launch template without an AMI is accepted.
 * @throws ValidationError for a template, version or launch configuration that is not there
 */
export function knownSettings(store: AutoScalingStore, given: LaunchSettings): LaunchSettings {
  const { LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName } = given;
  const named = [LaunchTemplate, MixedInstancesPolicy, LaunchConfigurationName].filter(
    (one) => one !== undefined,
  );
  if (named.length > 1)
    throw invalid(
      "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.",
    );
  if (LaunchConfigurationName !== undefined && !store.launchConfigurations.has(LaunchConfigurationName))
    throw invalid(
      `Launch configuration name not found - Launch configuration ${LaunchConfigurationName} not found`,
    );
  const policy = MixedInstancesPolicy?.LaunchTemplate;
  return {
    ...(LaunchTemplate && { LaunchTemplate: knownTemplate(store, LaunchTemplate) }),
    ...(LaunchConfigurationName !== undefined && { LaunchConfigurationName }),
    ...(MixedInstancesPolicy && {
      MixedInstancesPolicy: {
        ...MixedInstancesPolicy,
        LaunchTemplate: {
          ...policy,
          LaunchTemplateSpecification: knownTemplate(store, policy?.LaunchTemplateSpecification ?? {}),
          Overrides: (policy?.Overrides ?? []).map((override) => ({
            ...override,
            ...(override.LaunchTemplateSpecification && {
              LaunchTemplateSpecification: knownTemplate(store, override.LaunchTemplateSpecification),
            }),
          })),
        },
      },
    }),
  };
}

function knownTemplate(
  store: AutoScalingStore,
  given: LaunchTemplateSpecification,
): LaunchTemplateSpecification {
  const row = templateOf(store, given);
  if (!row || !versionOf(store, given)) throw invalid("You must use a valid fully-formed launch template.");
  const { LaunchTemplateId, LaunchTemplateName } = row;
  return { LaunchTemplateId, LaunchTemplateName, Version: given.Version ?? "$Default" };
}

/** The version that a specification means now: `$Default` when it says none. */
export function versionOf(
  store: AutoScalingStore,
  specification: LaunchTemplateSpecification,
): LaunchTemplateVersionRow | undefined {
  const row = templateOf(store, specification);
  const { Version = "$Default" } = specification;
  const number =
    Version === "$Latest"
      ? row?.LatestVersionNumber
      : Version === "$Default"
        ? row?.DefaultVersionNumber
        : Version;
  return row && store.ec2.launchTemplateVersions.get(`${row.LaunchTemplateId} ${number}`);
}

function templateOf(
  { ec2 }: AutoScalingStore,
  { LaunchTemplateId: id, LaunchTemplateName: name }: LaunchTemplateSpecification,
): LaunchTemplateRow | undefined {
  return ec2.launchTemplates.find((row) =>
    id === undefined ? name !== undefined && row.LaunchTemplateName === name : row.LaunchTemplateId === id,
  );
}

/** The code of everything that Auto Scaling finds wrong with an input. */
export const invalid = (message: string) => new AwsError("ValidationError", message);
