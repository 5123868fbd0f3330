import type { ComponentConfiguration, InstanceBlockDeviceMapping } from "@aws-sdk/client-imagebuilder";
import { invalidCombination, invalidRequest, invalidValue } from "./exceptions";
import type { ComponentRow } from "./resource-rows";
import { findComponent } from "./sharing";
import type { ImageBuilderStore } from "./store";

/**
 * Checks the components of a recipe as AWS does when the recipe is created: each once, none deprecated or
 * disabled, for the base's platform and operating system, and with exactly the parameters they declare.
 * https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImageRecipe.html
 */
export function checkRecipeComponents(
  store: ImageBuilderStore,
  components: readonly ComponentConfiguration[] | undefined,
  base: { platform: string; osVersion?: string | undefined },
): void {
  const seen = new Set<string>();
  for (const { componentArn = "", parameters = [] } of components ?? []) {
    const component = findComponent(store, componentArn);
    if (!component) {
      invalidValue("componentArn", `The component '${componentArn}' does not exist.`);
    }
    if (seen.has(component.arn))
      invalidRequest(`The component '${componentArn}' is used more than once in the recipe.`);
    seen.add(component.arn);
    checkUsable(component, base);
    checkParameters(component, parameters);
  }
}

function checkUsable(
  component: ComponentRow,
  base: { platform: string; osVersion?: string | undefined },
): void {
  const status = component.state?.status ?? "ACTIVE";
  if (status !== "ACTIVE")
    invalidRequest(`The component '${component.arn}' is ${status} and cannot be used in a new recipe.`);
  if (component.platform !== base.platform) {
    invalidCombination(
      `The platform '${component.platform}' of the component '${component.arn}' does not match the platform '${base.platform}' of the parent image.`,
    );
  }
  const supported = component.supportedOsVersions ?? [];
  const { osVersion } = base;
  if (!osVersion || supported.length === 0 || supported.some((prefix) => osVersion.startsWith(prefix)))
    return;
  invalidCombination(
    `The component '${component.arn}' does not support the OS version '${osVersion}' of the parent image. Supported OS versions: ${supported.join(", ")}.`,
  );
}

function checkParameters(
  component: ComponentRow,
  given: NonNullable<ComponentConfiguration["parameters"]>,
): void {
  const declared = component.parameters ?? [];
  const unknown = given.find(({ name }) => !declared.some((parameter) => parameter.name === name));
  if (unknown)
    invalidValue("parameters", `The component '${component.arn}' has no parameter '${unknown.name}'.`);
  const missing = declared.find(
    ({ name, defaultValue }) => !defaultValue && !given.some((parameter) => parameter.name === name),
  );
  if (missing) {
    invalidValue(
      "parameters",
      `The component '${component.arn}' requires a value for the parameter '${missing.name}'.`,
    );
  }
}

/** https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_EbsInstanceBlockDeviceSpecification.html */
export function checkBlockDevices(mappings: readonly InstanceBlockDeviceMapping[] | undefined): void {
  for (const { deviceName, ebs } of mappings ?? []) {
    const type = ebs?.volumeType;
    if ((type === "io1" || type === "io2") && ebs?.iops === undefined) {
      invalidCombination(
        `The volume type '${type}' of device '${deviceName}' requires the parameter 'iops'.`,
      );
    }
    if (ebs?.throughput !== undefined && type !== "gp3") {
      invalidCombination(
        `The parameter 'throughput' of device '${deviceName}' is valid for volume type gp3 only.`,
      );
    }
  }
}
