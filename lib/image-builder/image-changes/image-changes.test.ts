import { DescribeImageAttributeCommand, DescribeImagesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateImageRecipeCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImageBuildKey } from "@/lib/core/resource-names";
import { DAY_MS } from "@/lib/core/time";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { getImageBuild } from "../image-builds/get-image-build";
import type { ImageBuild } from "../image-builds/types";
import { runPipeline } from "../pipelines/run-pipeline";
import { setResourceTags } from "../resources/set-resource-tags";
import { deleteImageBuild } from "./delete-image-build";
import { findImageUsers } from "./find-image-users";
import { getImageSharing } from "./get-image-sharing";
import { readHolder } from "./schemas";
import { setImageState } from "./set-image-state";
import { shareImageBuild } from "./share-image-build";
import type { ImageHolders } from "./types";

const ROLE = "ImageBuilderLifecycleRole";

let testConsole: TestConsole;
let ec2: EC2Client;
beforeAll(async () => {
  testConsole = await startTestConsole();
  await createSamplePipeline(testConsole.imageBuilder, { name: "web" });
  const { endpoint, credentials } = testConsole.imageBuilder.config;
  ec2 = new EC2Client({ endpoint, credentials, region: "us-east-1" });
});
afterAll(async () => {
  ec2.destroy();
  await testConsole.close();
});

const asked = () => ({ ctx: testConsole.contextOf() });
const read = (input: ImageBuildKey): Promise<ImageBuild> => getImageBuild({ ...asked(), input });
const keyOf = ({ name, version, build }: ImageBuild): ImageBuildKey => ({ name, version, build });

async function newImage(): Promise<{ key: ImageBuildKey; amiId: string }> {
  const started = await runPipeline({ ...asked(), input: { name: "web" } });
  testConsole.clock.advance(DAY_MS);
  const build = await read(started);
  return { key: keyOf(build), amiId: build.amis[0]?.amiId ?? "" };
}
const amiOf = async (id: string) => {
  const Filters = [{ Name: "image-id", Values: [id] }];
  const command = new DescribeImagesCommand({ Filters, IncludeDeprecated: true, IncludeDisabled: true });
  return (await ec2.send(command)).Images?.[0];
};
const ORGANIZATION = "arn:aws:organizations::111111111111:organization/o-exampleorgid";
const UNIT = "arn:aws:organizations::111111111111:ou/o-exampleorgid/ou-abcd-12345678";
const sharedWith = (...accounts: string[]): ImageHolders => ({
  accounts,
  organizationArns: [],
  organizationalUnitArns: [],
});
const launchersOf = async (ImageId: string) => {
  const command = new DescribeImageAttributeCommand({ ImageId, Attribute: "launchPermission" });
  return (await ec2.send(command)).LaunchPermissions?.map(({ UserId }) => UserId);
};

describe("setImageState", () => {
  it("disables an image with its AMI and takes that back, each on record", async () => {
    const { key, amiId } = await newImage();
    await setImageState({ ...asked(), input: { key, state: "DISABLED", amis: true, executionRole: ROLE } });
    expect((await read(key)).status).toBe("DISABLED");
    expect((await amiOf(amiId))?.State).toBe("disabled");
    await setImageState({ ...asked(), input: { key, state: "AVAILABLE", amis: true, executionRole: ROLE } });
    expect((await amiOf(amiId))?.State).toBe("available");
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      action: "set-image-state",
      result: "succeeded",
    });
  });

  it("deprecates at a later time, and refuses one that has passed at its field", async () => {
    const { key, amiId } = await newImage();
    const at = new Date(testConsole.clock.now() + DAY_MS).toISOString();
    await setImageState({
      ...asked(),
      input: { key, state: "DEPRECATED", amis: true, executionRole: ROLE, at },
    });
    expect((await amiOf(amiId))?.DeprecationTime).toBe(at);
    const late = {
      key,
      state: "DEPRECATED",
      amis: true,
      executionRole: ROLE,
      at: new Date(0).toISOString(),
    } as const;
    await expect(setImageState({ ...asked(), input: late })).rejects.toMatchObject({
      detail: { code: "invalid", fields: { at: expect.stringContaining("future") } },
    });
  });

  it.each(["AVAILABLE", "DEPRECATED", "DISABLED"] as const)(
    "takes AMIs and an execution role together or neither, also for %s",
    async (state) => {
      const key = { name: "web", version: "1.0.0", build: "1" };
      const change = (rest: { amis: boolean; executionRole?: string }) =>
        setImageState({ ...asked(), input: { key, state, ...rest } });
      for (const rest of [{ amis: true }, { amis: false, executionRole: ROLE }])
        await expect(change(rest)).rejects.toMatchObject({
          issues: [{ path: ["executionRole"], message: expect.stringContaining("role") }],
        });
    },
  );

  it("is an administrator's", async () => {
    const { key } = await newImage();
    const ctx = testConsole.contextOf({ role: "author", target: "test" });
    const refused = setImageState({ ctx, input: { key, state: "DISABLED", amis: true } });
    await expect(refused).rejects.toMatchObject({ detail: { code: "forbidden" } });
  });
});

describe("deleteImageBuild", () => {
  it("takes the record alone and leaves the AMI", async () => {
    const { key, amiId } = await newImage();
    await deleteImageBuild({ ...asked(), input: { key, include: {} } });
    await expect(read(key)).rejects.toMatchObject({ detail: { code: "not-found" } });
    expect(await amiOf(amiId)).toBeDefined();
  });

  it("takes AMIs and snapshots with a role, and asks for one", async () => {
    const { key, amiId } = await newImage();
    const include = { amis: true, snapshots: true };
    await expect(deleteImageBuild({ ...asked(), input: { key, include } })).rejects.toThrow(/role/);
    await deleteImageBuild({ ...asked(), input: { key, include, executionRole: ROLE } });
    expect((await read(key)).status).toBe("DELETED");
    expect(await amiOf(amiId)).toBeUndefined();
  });
});

describe("the tags of an image", () => {
  it("are set and taken away, and read back with the build", async () => {
    const { key } = await newImage();
    const { arn, tags: before } = await read(key);
    await setResourceTags({ ...asked(), input: { arn, tags: { stage: "gold" } } });
    expect((await read(key)).tags).toMatchObject({ stage: "gold" });
    await setResourceTags({ ...asked(), input: { arn, tags: {} } });
    expect((await read(key)).tags).not.toHaveProperty("stage");
    expect(before).not.toHaveProperty("stage");
  });
});

describe("findImageUsers", () => {
  it("names the recipes that build on exactly this image", async () => {
    const { key, amiId } = await newImage();
    expect(await findImageUsers({ ...asked(), input: key })).toEqual({
      amiUsers: [],
      recipes: [],
      doubts: [],
    });
    await testConsole.imageBuilder.send(
      new CreateImageRecipeCommand({ name: "child", semanticVersion: "1.0.0", parentImage: amiId }),
    );
    testConsole.clock.advance(DAY_MS);
    const { recipes } = await findImageUsers({ ...asked(), input: key });
    expect(recipes).toMatchObject([{ kind: "image-recipe", name: "child", version: "1.0.0" }]);
  });
});

describe("what a viewer reads of an image", () => {
  it("is who uses it and with whom it is shared, not a change of either", async () => {
    const { key } = await newImage();
    const ctx = testConsole.contextOf({ role: "viewer", target: "test" });
    expect(await findImageUsers({ ctx, input: key })).toMatchObject({ doubts: [] });
    expect(await getImageSharing({ ctx, input: key })).toMatchObject({ accounts: [], doubts: [] });
    const refused = shareImageBuild({ ctx, input: { key, ...sharedWith("333333333333") } });
    await expect(refused).rejects.toMatchObject({ detail: { code: "forbidden" } });
  });
});

describe("shareImageBuild", () => {
  it("lets exactly the named accounts build on the image and launch its AMI", async () => {
    const { key, amiId } = await newImage();
    await shareImageBuild({ ...asked(), input: { key, ...sharedWith("333333333333", "444444444444") } });
    expect(await launchersOf(amiId)).toEqual(["333333333333", "444444444444"]);
    await shareImageBuild({ ...asked(), input: { key, ...sharedWith("444444444444") } });
    expect(await launchersOf(amiId)).toEqual(["444444444444"]);
    expect(await getImageSharing({ ...asked(), input: key })).toEqual({
      accounts: ["444444444444"],
      amis: [{ region: "us-east-1", amiId, ...sharedWith("444444444444"), isPublic: false }],
      doubts: [],
    });
  });

  it("lets an organization and a unit of it launch the AMI, on record, and takes that back", async () => {
    const { key } = await newImage();
    const holders = {
      ...sharedWith("333333333333"),
      organizationArns: [ORGANIZATION],
      organizationalUnitArns: [UNIT],
    };
    await shareImageBuild({ ...asked(), input: { key, ...holders } });
    const shared = await getImageSharing({ ...asked(), input: key });
    expect(shared).toMatchObject({ accounts: ["333333333333"], amis: [holders] });
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      action: "share-image-build",
      result: "succeeded",
      input: expect.objectContaining({ organizationArns: [ORGANIZATION], organizationalUnitArns: [UNIT] }),
    });
    await shareImageBuild({ ...asked(), input: { key, ...sharedWith() } });
    expect(await getImageSharing({ ...asked(), input: key })).toMatchObject({
      accounts: [],
      amis: [sharedWith()],
    });
  });

  it.each([
    ["an organization by its ID", "organizationArns", "o-exampleorgid"],
    ["a unit as an organization", "organizationArns", UNIT],
    ["a unit by its name", "organizationalUnitArns", "Sandbox"],
    ["a unit with more behind it", "organizationalUnitArns", `${UNIT}<script>`],
    ["an account with hyphens", "accounts", "1111-2222-3333"],
  ] as const)("refuses %s at its field and sends nothing", async (_what, field, wrong) => {
    const { key } = await newImage();
    const input = { key, ...sharedWith(), [field]: [wrong] };
    await expect(shareImageBuild({ ...asked(), input })).rejects.toThrow(/12 digits|must look like/);
    expect(readHolder(wrong)).not.toMatchObject({ of: field });
    expect(await getImageSharing({ ...asked(), input: key })).toMatchObject({ amis: [sharedWith()] });
  });

  it("keeps AWS from deleting the record until nobody has it", async () => {
    const { key } = await newImage();
    await shareImageBuild({ ...asked(), input: { key, ...sharedWith("333333333333") } });
    const deletion = { key, include: {} };
    await expect(deleteImageBuild({ ...asked(), input: deletion })).rejects.toMatchObject({
      detail: { code: "conflict" },
    });
    await shareImageBuild({ ...asked(), input: { key, ...sharedWith() } });
    await deleteImageBuild({ ...asked(), input: deletion });
  });
});
