import type { ComponentConfiguration, InstanceBlockDeviceMapping } from "@aws-sdk/client-imagebuilder";
import { parseArn } from "./arns";
import { invalidCombination, invalidRequest, invalidValue } from "./exceptions";
import type { ComponentRow } from "./resource-rows";
import { findComponent } from "./sharing";
import type { ImageBuilderStore } from "./store";

/**
 * Checks the components of a recipe as AWS does when the recipe is created: each once, none deprecated or
 * disabled, for the base's platform and operating system, with exactly the parameters they declare, and all of it
 * in 25 KB. The words are AWS's.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-recipes.html
 */
export function checkRecipeComponents(
  store: ImageBuilderStore,
  components: readonly ComponentConfiguration[] | undefined,
  base: { platform: string; osVersion?: string | undefined },
): void {
  const seen = new Set<string>();
  let bytes = 0;
  for (const [position, { componentArn = "", parameters = [] }] of (components ?? []).entries()) {
    const component = findComponent(store, componentArn);
    if (!component) {
      invalidValue("componentArn", `The component '${componentArn}' does not exist.`);
    }
    const { account = "", name = "" } = parseArn(component.arn) ?? {};
    if (seen.has(`${account}/${name}`))
      invalidRequest("A component may be specified in an image recipe at most once");
    seen.add(`${account}/${name}`);
    bytes += sizeOf(componentArn, parameters);
    if (bytes > MOST_BYTES) invalidRequest("You've exceeded the maximum cumulative component size of 25 KB");
    checkUsable(component, base);
    checkParameters(component, position, parameters);
  }
}

const MOST_BYTES = 25 * 1024;

/** Differs from AWS: it does not say what it counts; here it is the ARN with the names and values of parameters. */
function sizeOf(arn: string, parameters: NonNullable<ComponentConfiguration["parameters"]>): number {
  const texts = parameters.flatMap(({ name = "", value = [] }) => [name, ...value]);
  return [arn, ...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

function checkUsable(
  component: ComponentRow,
  base: { platform: string; osVersion?: string | undefined },
): void {
  const status = component.state?.status ?? "ACTIVE";
  if (status !== "ACTIVE")
    invalidRequest(
      `Component ARN ${component.arn} is ${status.toLowerCase()} and cannot be included in new recipes`,
    );
  if (component.platform !== base.platform) {
    invalidCombination("Component ARN does not match the Parent Image Platform");
  }
  const supported = component.supportedOsVersions ?? [];
  const { osVersion } = base;
  if (!osVersion || supported.length === 0 || supported.some((prefix) => osVersion.startsWith(prefix)))
    return;
  invalidCombination("Component ARN does not support the Parent Image OS Version");
}

function checkParameters(
  component: ComponentRow,
  position: number,
  given: NonNullable<ComponentConfiguration["parameters"]>,
): void {
  const declared = component.parameters ?? [];
  const unknown = given.flatMap(({ name = "" }) =>
    declared.some((parameter) => parameter.name === name) ? [] : name,
  );
  if (unknown.length > 0)
    invalidCombination(
      `The value supplied for parameter 'components[${position}].parameters' is not valid. The following parameters are not defined in the provided component: ${unknown.join(", ")}`,
    );
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
