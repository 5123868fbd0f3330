import type { BuildFault } from "../../factory/types";
import { architectureOf } from "../ec2/instance-types";
import { parseArn } from "./arns";
import type { ImageBuildRow } from "./image-build-row";
import { findBaseImage } from "./managed/base-images";
import type { ImageBuilderStore } from "./store";

const refused = (code: string, said: string): BuildFault => ({
  kind: "launch-refused",
  message: `An error occurred (${code}) when calling the RunInstances operation: ${said}`,
});

/**
 * What EC2 refuses when the build instance is launched: a subnet, security group or key pair that is not in the
 * Region, a device that two volumes have, and an instance type of another architecture than the AMI's.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function launchRefusals(store: ImageBuilderStore, row: ImageBuildRow): BuildFault[] {
  const { ec2 } = store.scope.here;
  const { subnetId, securityGroupIds = [], keyPair, instanceTypes = [] } = row.infrastructure;
  const image = ec2.images.get(row.parent.amiId ?? "");
  const base = findBaseImage(parseArn(row.parent.imageArn)?.name ?? "");
  const architecture: string | undefined = image?.Architecture ?? base?.architecture;
  // Image Builder tries the types in order; it fails where none of them fits.
  const others = instanceTypes.flatMap((type) => {
    const own = architectureOf(type);
    return own && architecture && own !== architecture ? [own] : [];
  });
  const devices = (row.imageRecipe?.blockDeviceMappings ?? []).flatMap(({ deviceName }) => deviceName ?? []);
  const twice = devices.find((name, index) => devices.indexOf(name) < index);
  return [
    ...(twice
      ? [
          refused(
            "InvalidBlockDeviceMapping",
            `The device '${twice}' is used in more than one block-device mapping`,
          ),
        ]
      : []),
    ...(subnetId && !ec2.subnets.has(subnetId)
      ? [refused("InvalidSubnetID.NotFound", `The subnet ID '${subnetId}' does not exist`)]
      : []),
    ...securityGroupIds
      .filter((id) => !ec2.securityGroups.has(id))
      .map((id) => refused("InvalidGroup.NotFound", `The security group '${id}' does not exist`)),
    ...(keyPair && ![...ec2.keyPairs.values()].some(({ KeyName }) => KeyName === keyPair)
      ? [refused("InvalidKeyPair.NotFound", `The key pair '${keyPair}' does not exist`)]
      : []),
    ...(row.type !== "DOCKER" && others.length > 0 && others.length === instanceTypes.length
      ? [
          refused(
            "InvalidParameterValue",
            `The architecture '${others[0]}' of the specified instance type does not match the architecture '${architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
          ),
        ]
      : []),
  ];
}
