import { EC2 } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { buildToTheEnd, newFactory } from "./factory-fixture";

type Asked = { subnetId?: string; securityGroupIds?: string[]; keyPair?: string; instanceTypes?: string[] };

async function buildWith(asked: Asked | ((ec2: EC2) => Promise<Asked>)) {
  const factory = await newFactory();
  const settings = typeof asked === "function" ? await asked(new EC2(factory.config)) : asked;
  const { infrastructureConfigurationArn } = await factory.client.createInfrastructureConfiguration({
    name: "asked",
    instanceProfileName: "EC2InstanceProfileForImageBuilder",
    ...settings,
  });
  const { imageBuildVersionArn } = await factory.client.createImage({
    imageRecipeArn: factory.imageRecipeArn,
    infrastructureConfigurationArn,
  });
  const image = await buildToTheEnd(factory, imageBuildVersionArn);
  return `${image?.state?.status} ${image?.state?.reason ?? ""}`;
}

describe("EC2 refuses to launch the build instance", () => {
  it.each<[string, Asked, RegExp]>([
    [
      "in a subnet that is not there",
      { subnetId: "subnet-0123456789abcdef0", securityGroupIds: ["sg-0123456789abcdef0"] },
      /^FAILED .*\(InvalidSubnetID\.NotFound\).*'subnet-0123456789abcdef0' does not exist/,
    ],
    [
      "with a security group that is not there",
      { securityGroupIds: ["sg-0123456789abcdef0"] },
      /^FAILED .*\(InvalidGroup\.NotFound\)/,
    ],
    ["with a key pair that is not there", { keyPair: "ops" }, /^FAILED .*\(InvalidKeyPair\.NotFound\)/],
    [
      "of another architecture than the AMI's",
      { instanceTypes: ["t4g.small", "m7g.large"] },
      /^FAILED .*architecture 'arm64' of the specified instance type does not match the architecture 'x86_64'/,
    ],
  ])("%s", async (_, asked, reason) => {
    expect(await buildWith(asked)).toMatch(reason);
  });

  it("and launches it with what is there", async () => {
    const there = async (ec2: EC2) => {
      const { Subnets = [] } = await ec2.describeSubnets({});
      const { SecurityGroups = [] } = await ec2.describeSecurityGroups({});
      return {
        subnetId: Subnets[0]?.SubnetId,
        securityGroupIds: [SecurityGroups[0]?.GroupId ?? ""],
        instanceTypes: ["t4g.small", "m5.large"],
      };
    };
    expect(await buildWith(there)).toMatch(/^AVAILABLE/);
  });
});
