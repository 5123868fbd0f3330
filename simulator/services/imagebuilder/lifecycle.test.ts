import { EC2 } from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../engine/clock";
import { buildToTheEnd, type Factory, newFactory, refusal } from "./factory-fixture";

const executionRole = "ImageBuilderLifecycleRole";

async function builtImage(factory: Factory) {
  const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
  const { imageBuildVersionArn } = await client.createImage({
    imageRecipeArn,
    infrastructureConfigurationArn,
  });
  await buildToTheEnd(factory, imageBuildVersionArn);
  return imageBuildVersionArn;
}

describe("the state of an image", () => {
  it("goes to DELETED with its AMI and snapshot, and the execution says so", async () => {
    const factory = await newFactory();
    const resourceArn = await builtImage(factory);
    const { lifecycleExecutionId } = await factory.client.startResourceStateUpdate({
      resourceArn,
      state: { status: "DELETED" },
      executionRole,
      includeResources: { amis: true, snapshots: true },
    });
    const { image } = await factory.client.getImage({ imageBuildVersionArn: resourceArn });
    expect(image).toMatchObject({ state: { status: "DELETED" }, lifecycleExecutionId });
    const ec2 = new EC2(factory.config);
    expect((await ec2.describeImages({ Owners: ["self"] })).Images).toEqual([]);
    factory.clock.advance(60_000);
    const { lifecycleExecution } = await factory.client.getLifecycleExecution({ lifecycleExecutionId });
    expect(lifecycleExecution?.state?.status).toBe("SUCCESS");
    const { resources } = await factory.client.listLifecycleExecutionResources({
      lifecycleExecutionId,
      parentResourceId: resourceArn,
    });
    expect(resources).toMatchObject([{ action: { name: "DELETE" }, state: { status: "SUCCESS" } }]);
  });

  it("cannot be changed while it is built, nor to DELETED without a role", async () => {
    const factory = await newFactory();
    const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
    const { imageBuildVersionArn } = await client.createImage({
      imageRecipeArn,
      infrastructureConfigurationArn,
    });
    const deprecate = { resourceArn: imageBuildVersionArn, state: { status: "DEPRECATED" as const } };
    expect(await refusal(client.startResourceStateUpdate(deprecate))).toMatch(/^InvalidRequestException/);
    await buildToTheEnd(factory, imageBuildVersionArn);
    const remove = { resourceArn: imageBuildVersionArn, state: { status: "DELETED" as const } };
    expect(await refusal(client.startResourceStateUpdate(remove))).toContain("'executionRole' are required");
  });
});

describe("a lifecycle policy", () => {
  const policy = {
    name: "keep-one",
    executionRole,
    resourceType: "AMI_IMAGE" as const,
    policyDetails: [
      {
        action: { type: "DELETE" as const, includeResources: { amis: true, snapshots: true } },
        filter: { type: "COUNT" as const, value: 1 },
      },
    ],
    resourceSelection: { recipes: [{ name: "Web Base", semanticVersion: "x.x.x" }] },
  };

  it("runs once a day, keeps the newest image and deletes the others", async () => {
    const factory = await newFactory();
    const older = await builtImage(factory);
    const newer = await builtImage(factory);
    const { lifecyclePolicyArn } = await factory.client.createLifecyclePolicy(policy);
    factory.clock.advance(DAY_MS);
    const statusOf = async (arn: string | undefined) =>
      (await factory.client.getImage({ imageBuildVersionArn: arn })).image?.state?.status;
    expect(await statusOf(newer)).toBe("AVAILABLE");
    expect(await statusOf(older)).toBe("DELETED");
    const { lifecycleExecutions } = await factory.client.listLifecycleExecutions({
      resourceArn: lifecyclePolicyArn,
    });
    expect(lifecycleExecutions).toHaveLength(1);
    const stored = await factory.client.getLifecyclePolicy({ lifecyclePolicyArn });
    expect(stored.lifecyclePolicy?.dateLastRun).toBeInstanceOf(Date);
  });

  it("leaves images with an excluded tag, and says why", async () => {
    const factory = await newFactory();
    const kept = await builtImage(factory);
    await builtImage(factory);
    await factory.client.tagResource({ resourceArn: kept, tags: { keep: "yes" } });
    const [rule] = policy.policyDetails;
    const policyDetails = [
      { ...rule, action: rule?.action, filter: rule?.filter, exclusionRules: { tagMap: { keep: "yes" } } },
    ];
    const { lifecyclePolicyArn } = await factory.client.createLifecyclePolicy({ ...policy, policyDetails });
    factory.clock.advance(DAY_MS);
    const { lifecycleExecutions } = await factory.client.listLifecycleExecutions({
      resourceArn: lifecyclePolicyArn,
    });
    const { resources } = await factory.client.listLifecycleExecutionResources({
      lifecycleExecutionId: lifecycleExecutions?.[0]?.lifecycleExecutionId,
    });
    expect(resources?.[0]?.state).toEqual({
      status: "SKIPPED",
      reason: "The image has a tag that the policy excludes.",
    });
  });

  it.each([
    ["all of its tags", { team: "web", stage: "test" }, true],
    ["any of its tags", { team: "web", stage: "live" }, true],
    ["a key with another value", { team: "db" }, false],
    ["the letters in another case", { Team: "web" }, false],
  ])("selects an image that has %s", async (_what, tagMap: Record<string, string>, isSelected) => {
    const factory = await newFactory();
    const older = await builtImage(factory);
    await builtImage(factory);
    await factory.client.tagResource({ resourceArn: older, tags: { team: "web", stage: "test" } });
    const [rule] = policy.policyDetails;
    const filter = { type: "AGE" as const, value: 1, unit: "DAYS" as const };
    await factory.client.createLifecyclePolicy({
      ...policy,
      policyDetails: [{ ...rule, action: rule?.action, filter }],
      resourceSelection: { tagMap },
    });
    factory.clock.advance(3 * DAY_MS);
    const { image } = await factory.client.getImage({ imageBuildVersionArn: older });
    expect(image?.state?.status).toBe(isSelected ? "DELETED" : "AVAILABLE");
  });

  it("is refused with both kinds of selection and with two rules for one action", async () => {
    const { client } = await newFactory();
    const both = { ...policy.resourceSelection, tagMap: { team: "web" } };
    expect(await refusal(client.createLifecyclePolicy({ ...policy, resourceSelection: both }))).toContain(
      "exactly one",
    );
    const twice = [...policy.policyDetails, ...policy.policyDetails];
    expect(await refusal(client.createLifecyclePolicy({ ...policy, policyDetails: twice }))).toContain(
      "one rule for each action",
    );
  });
});

describe("the exclusions of a lifecycle policy", () => {
  /** Two images of which the older one goes, unless the rules keep it. */
  async function deleting(amis: object, prepare: (factory: Factory, older: string) => Promise<void>) {
    const factory = await newFactory();
    const older = (await builtImage(factory)) ?? "";
    await builtImage(factory);
    await prepare(factory, older);
    await factory.client.createLifecyclePolicy({
      name: "keep-one",
      executionRole,
      resourceType: "AMI_IMAGE",
      policyDetails: [
        {
          action: { type: "DELETE", includeResources: { amis: true } },
          filter: { type: "COUNT", value: 1 },
          exclusionRules: { amis },
        },
      ],
      resourceSelection: { recipes: [{ name: "Web Base", semanticVersion: "x.x.x" }] },
    });
    factory.clock.advance(DAY_MS);
    return (await factory.client.getImage({ imageBuildVersionArn: older })).image?.state?.status;
  }

  const amiOf = async ({ client }: Factory, imageBuildVersionArn: string) =>
    (await client.getImage({ imageBuildVersionArn })).image?.outputResources?.amis?.[0]?.image;
  const permit =
    (permission: object) =>
    async (factory: Factory, older: string): Promise<void> => {
      await new EC2(factory.config).modifyImageAttribute({
        ImageId: await amiOf(factory, older),
        LaunchPermission: { Add: [permission] },
      });
    };
  const nothing = async () => {};

  it.each<[string, object, (factory: Factory, older: string) => Promise<void>]>([
    ["public", { isPublic: true }, permit({ Group: "all" })],
    ["in a Region that is left alone", { regions: ["us-east-1"] }, nothing],
    ["shared with an account", { sharedAccounts: ["333333333333"] }, permit({ UserId: "333333333333" })],
    ["launched lately", { lastLaunched: { value: 7, unit: "DAYS" } }, nothing],
    [
      "tagged",
      { tagMap: { keep: "yes" } },
      async (factory, older) => {
        const Resources = [(await amiOf(factory, older)) ?? ""];
        await new EC2(factory.config).createTags({ Resources, Tags: [{ Key: "keep", Value: "yes" }] });
      },
    ],
  ])("keep an AMI that is %s", async (_what, amis, prepare) => {
    expect(await deleting(amis, prepare)).toBe("AVAILABLE");
    expect(await deleting({ regions: ["eu-west-1"] }, prepare)).toBe("DELETED");
  });

  it("do not keep an AMI whose last launch is long ago", async () => {
    const passTime = async ({ clock }: Factory) => clock.advance(10 * DAY_MS);
    expect(await deleting({ lastLaunched: { value: 7, unit: "DAYS" } }, passTime)).toBe("DELETED");
  });
});
