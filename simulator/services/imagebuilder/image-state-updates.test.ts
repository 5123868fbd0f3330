import { EC2 } from "@aws-sdk/client-ec2";
import type { StartResourceStateUpdateCommandInput } from "@aws-sdk/client-imagebuilder";
import { describe, expect, it } from "vitest";
import { DAY_MS } from "../../engine/clock";
import { buildToTheEnd, type Factory, newFactory, refusal } from "./factory-fixture";

const executionRole = "ImageBuilderLifecycleRole";

async function image(factory: Factory) {
  const { client, imageRecipeArn, infrastructureConfigurationArn } = factory;
  const { imageBuildVersionArn } = await client.createImage({
    imageRecipeArn,
    infrastructureConfigurationArn,
  });
  return buildToTheEnd(factory, imageBuildVersionArn);
}

async function updated(factory: Factory, update: Omit<StartResourceStateUpdateCommandInput, "resourceArn">) {
  const { arn } = (await image(factory)) ?? {};
  await factory.client.startResourceStateUpdate({ resourceArn: arn, ...update });
  return (await factory.client.getImage({ imageBuildVersionArn: arn })).image;
}

const amiOf = async ({ config }: Factory, IncludeDisabled = false) =>
  (await new EC2(config).describeImages({ Owners: ["self"], IncludeDisabled })).Images?.[0];

describe("the state of an image", () => {
  it("goes to DEPRECATED at a later time, its AMI with it", async () => {
    const factory = await newFactory();
    const updateAt = new Date(factory.clock.now() + 30 * DAY_MS);
    const found = await updated(factory, {
      state: { status: "DEPRECATED" },
      includeResources: { amis: true },
      executionRole,
      updateAt,
    });
    expect(found).toMatchObject({ state: { status: "DEPRECATED" }, deprecationTime: updateAt });
    expect((await amiOf(factory))?.DeprecationTime).toBe(updateAt.toISOString());
  });

  it("goes to DISABLED with its AMI, and back to AVAILABLE", async () => {
    const factory = await newFactory();
    const found = await updated(factory, {
      state: { status: "DISABLED" },
      includeResources: { amis: true },
      executionRole,
    });
    expect(found?.state?.status).toBe("DISABLED");
    expect(await amiOf(factory)).toBeUndefined();
    expect((await amiOf(factory, true))?.State).toBe("disabled");
    await factory.client.startResourceStateUpdate({
      resourceArn: found?.arn,
      state: { status: "AVAILABLE" },
      includeResources: { amis: true },
      executionRole,
    });
    expect((await amiOf(factory))?.State).toBe("available");
  });

  it("marks a deprecated AMI with a tag, which goes when it is disabled", async () => {
    const factory = await newFactory();
    const update = { includeResources: { amis: true }, executionRole };
    const tagOf = async () =>
      (await amiOf(factory, true))?.Tags?.find(({ Key }) => Key === "DeprecatedBy")?.Value;
    const found = await updated(factory, { state: { status: "DEPRECATED" }, ...update });
    expect(await tagOf()).toBe("EC2 Image Builder");
    const resourceArn = found?.arn;
    await factory.client.startResourceStateUpdate({ resourceArn, state: { status: "DISABLED" }, ...update });
    expect(await tagOf()).toBeUndefined();
  });

  it("goes to DELETED without its AMI when that is not included", async () => {
    const factory = await newFactory();
    const includeResources = { amis: false };
    const found = await updated(factory, { state: { status: "DELETED" }, includeResources, executionRole });
    expect(found?.state?.status).toBe("DELETED");
    expect((await amiOf(factory))?.State).toBe("available");
  });

  it("95 is left alone where an exclusion rule holds, and the execution says why", async () => {
    const factory = await newFactory();
    const found = await updated(factory, {
      state: { status: "DELETED" },
      includeResources: { amis: true },
      exclusionRules: { amis: { lastLaunched: { value: 1, unit: "WEEKS" } } },
      executionRole,
    });
    expect(found?.state?.status).toBe("AVAILABLE");
    const { lifecycleExecutions } = await factory.client.listLifecycleExecutions({ resourceArn: found?.arn });
    const { resources } = await factory.client.listLifecycleExecutionResources({
      lifecycleExecutionId: lifecycleExecutions?.[0]?.lifecycleExecutionId,
      parentResourceId: found?.arn,
    });
    expect(resources).toMatchObject([
      { state: { status: "SKIPPED", reason: expect.stringContaining("was launched in the last 1 weeks") } },
    ]);
  });

  it.each<[string, Omit<StartResourceStateUpdateCommandInput, "resourceArn">, string]>([
    ["a time in the past", { state: { status: "DEPRECATED" }, updateAt: new Date(0) }, "in the future"],
    [
      "a time for another state",
      { state: { status: "DISABLED" }, updateAt: new Date(Date.UTC(2030, 0)) },
      "DEPRECATED only",
    ],
    [
      "snapshots without DELETED",
      { state: { status: "DISABLED" }, includeResources: { amis: true, snapshots: true }, executionRole },
      "DELETED only",
    ],
    [
      "no role for DELETED",
      { state: { status: "DELETED" }, includeResources: { amis: true } },
      "executionRole",
    ],
  ])("96 is not changed with %s", async (_what, update, words) => {
    const factory = await newFactory();
    expect(await refusal(updated(factory, update))).toContain(words);
  });

  const STATES = ["AVAILABLE", "DEPRECATED", "DISABLED", "DELETED"] as const;
  const PAIRS = STATES.flatMap((status) =>
    [true, false].flatMap((hasResources) => [true, false].map((hasRole) => [status, hasResources, hasRole])),
  ) as [(typeof STATES)[number], boolean, boolean][];

  it.each(PAIRS)(
    "94 to %s: resources included (%s) and a role (%s) go together",
    async (status, has, role) => {
      const factory = await newFactory();
      const update = updated(factory, {
        state: { status },
        ...(has && { includeResources: { amis: true } }),
        ...(role && { executionRole }),
      });
      const isRefused = has !== role || (status === "DELETED" && !has);
      if (isRefused) expect(await refusal(update)).toContain("'executionRole'");
      else expect((await update)?.state?.status).toBe(status);
    },
  );

  it("of a failed build can only be DELETED", async () => {
    const factory = await newFactory({ commands: ["exit 1"] });
    const disabling = updated(factory, { state: { status: "DISABLED" } });
    expect(await refusal(disabling)).toContain("FAILED can only be DELETED");
  });

  it("hides a deprecated version from ListImages until it is asked for, and keeps it as a parent", async () => {
    const factory = await newFactory();
    const found = await updated(factory, { state: { status: "DEPRECATED" } });
    const listed = async (includeDeprecated?: boolean) =>
      (await factory.client.listImages({ ...(includeDeprecated && { includeDeprecated }) })).imageVersionList;
    expect(await listed()).toEqual([]);
    expect(await listed(true)).toMatchObject([{ name: "Web Base", version: "1.0.0" }]);
    const child = factory.client.createImageRecipe({
      name: "child",
      semanticVersion: "1.0.0",
      parentImage: found?.arn?.replace(/\/1$/, ""),
    });
    expect(await refusal(child)).toBe("accepted");
  });
});
