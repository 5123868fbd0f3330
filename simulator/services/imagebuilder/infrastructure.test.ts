import { describe, expect, it } from "vitest";
import { newFactory, refusal } from "./factory-fixture";

const instanceProfileName = "EC2InstanceProfileForImageBuilder";

describe("infrastructure configurations", () => {
  it("lose on update what the update leaves out", async () => {
    const { client, infrastructureConfigurationArn } = await newFactory();
    const full = {
      instanceProfileName,
      description: "old",
      instanceTypes: ["m7i.large"],
      terminateInstanceOnFailure: false,
    };
    await client.updateInfrastructureConfiguration({ infrastructureConfigurationArn, ...full });
    await client.updateInfrastructureConfiguration({ infrastructureConfigurationArn, instanceProfileName });
    const { infrastructureConfiguration } = await client.getInfrastructureConfiguration({
      infrastructureConfigurationArn,
    });
    expect(infrastructureConfiguration).toMatchObject({ name: "general", terminateInstanceOnFailure: true });
    expect(infrastructureConfiguration?.description).toBeUndefined();
    expect(infrastructureConfiguration?.instanceTypes).toBeUndefined();
  });

  it.each([
    ["a subnet without security groups", { subnetId: "subnet-0123456789abcdef0" }, "securityGroupIds"],
    [
      "an instance profile that does not exist",
      { instanceProfileName: "none" },
      "The provided instance profile does not exist",
    ],
    [
      "two kinds of host",
      {
        placement: {
          hostId: "h-1",
          hostResourceGroupArn: "arn:aws:resource-groups:us-east-1:222222222222:group/g",
        },
      },
      "not both",
    ],
  ])("are refused with %s", async (_what, change, words) => {
    const { client } = await newFactory();
    const input = { name: "other", instanceProfileName, ...change };
    expect(await refusal(client.createInfrastructureConfiguration(input))).toContain(words);
  });

  it("are not deleted while a pipeline uses them", async () => {
    const { client, imageRecipeArn, infrastructureConfigurationArn } = await newFactory();
    const { imagePipelineArn } = await client.createImagePipeline({
      name: "web",
      imageRecipeArn,
      infrastructureConfigurationArn,
    });
    const remove = () => client.deleteInfrastructureConfiguration({ infrastructureConfigurationArn });
    expect(await refusal(remove())).toMatch(/^ResourceDependencyException/);
    await client.deleteImagePipeline({ imagePipelineArn });
    expect(await refusal(remove())).toBe("accepted");
  });

  it("carry tags that can be added, listed and removed", async () => {
    const { client, infrastructureConfigurationArn: resourceArn } = await newFactory();
    await client.tagResource({ resourceArn, tags: { team: "web", stage: "dev" } });
    await client.untagResource({ resourceArn, tagKeys: ["stage"] });
    expect((await client.listTagsForResource({ resourceArn })).tags).toEqual({ team: "web" });
  });
});
