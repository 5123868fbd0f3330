import { Imagebuilder } from "@aws-sdk/client-imagebuilder";
import { beforeEach, expect, it } from "vitest";
import { clientConfig } from "../../testing";
import { buildToTheEnd, type Factory, newFactory, refusal } from "./factory-fixture";

const OTHER = "333333333333";
let factory: Factory;
let other: Imagebuilder;
let stranger: Imagebuilder;
beforeEach(async () => {
  factory = await newFactory();
  other = new Imagebuilder(clientConfig(factory.simulator, { account: OTHER }));
  stranger = new Imagebuilder(clientConfig(factory.simulator, { account: "444444444444" }));
});

const policyFor = (kind: string, arn: string, principal = `arn:aws:iam::${OTHER}:root`, Effect = "Allow") =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect,
        Principal: { AWS: principal },
        Action: [`imagebuilder:Get${kind}`, `imagebuilder:List${kind}s`],
        Resource: [arn],
      },
    ],
  });

/** Each kind that can be shared: how it is shared, read and listed. */
const KINDS = [
  {
    kind: "Component",
    arnOf: () => factory.componentArn,
    share: (arn: string, policy: string) => factory.client.putComponentPolicy({ componentArn: arn, policy }),
    get: async (client: Imagebuilder, arn: string) =>
      (await client.getComponent({ componentBuildVersionArn: arn })).component?.owner,
    list: async (client: Imagebuilder, owner: "Shared" | "Self") =>
      (await client.listComponents({ owner })).componentVersionList?.map((one) => [one.name, one.owner]),
    name: "Say Hello",
  },
  {
    kind: "ImageRecipe",
    arnOf: () => factory.imageRecipeArn,
    share: (arn: string, policy: string) =>
      factory.client.putImageRecipePolicy({ imageRecipeArn: arn, policy }),
    get: async (client: Imagebuilder, arn: string) =>
      (await client.getImageRecipe({ imageRecipeArn: arn })).imageRecipe?.owner,
    list: async (client: Imagebuilder, owner: "Shared" | "Self") =>
      (await client.listImageRecipes({ owner })).imageRecipeSummaryList?.map((one) => [one.name, one.owner]),
    name: "Web Base",
  },
  {
    kind: "Image",
    arnOf: async () => {
      const { imageRecipeArn, infrastructureConfigurationArn } = factory;
      const started = await factory.client.createImage({ imageRecipeArn, infrastructureConfigurationArn });
      await buildToTheEnd(factory, started.imageBuildVersionArn);
      return started.imageBuildVersionArn ?? "";
    },
    share: (arn: string, policy: string) => factory.client.putImagePolicy({ imageArn: arn, policy }),
    get: async (client: Imagebuilder, arn: string) =>
      (await client.getImage({ imageBuildVersionArn: arn })).image?.arn?.split(":")[4],
    list: async (client: Imagebuilder, owner: "Shared" | "Self") =>
      (await client.listImages({ owner })).imageVersionList?.map((one) => [one.name, one.owner]),
    name: "Web Base",
  },
];

it.each(KINDS)(
  "a shared $kind is in the other account's list of what is shared, and can be read there",
  async (one) => {
    const arn = await one.arnOf();
    expect(await refusal(one.get(other, arn))).toContain("ResourceNotFoundException");
    expect(await one.list(other, "Shared")).toEqual([]);

    await one.share(arn, policyFor(one.kind, arn));
    expect(await one.get(other, arn)).toBe("222222222222");
    expect(await one.list(other, "Shared")).toEqual([[one.name, "222222222222"]]);
    expect(await one.list(other, "Self")).toEqual([]);

    expect(await refusal(one.get(stranger, arn))).toContain("ResourceNotFoundException");
    expect(await one.list(stranger, "Shared")).toEqual([]);
  },
);

it.each([
  [
    "a policy of another account",
    (arn: string) => policyFor("Component", arn, "arn:aws:iam::555555555555:root"),
  ],
  ["a policy of another action", (arn: string) => policyFor("Image", arn)],
  ["a policy that denies", (arn: string) => policyFor("Component", arn, "*", "Deny")],
  ["a policy without a statement", () => JSON.stringify({ Version: "2012-10-17", Statement: [] })],
  ["JSON that is no policy", () => "5"],
])("%s shares nothing", async (_, policy) => {
  const { componentArn } = factory;
  await factory.client.putComponentPolicy({ componentArn, policy: policy(componentArn) });
  expect((await other.listComponents({ owner: "Shared" })).componentVersionList).toEqual([]);
  expect(await refusal(other.getComponent({ componentBuildVersionArn: componentArn }))).toContain(
    "ResourceNotFound",
  );
});

it("a shared component can be used in the other account's recipe", async () => {
  const { componentArn } = factory;
  await factory.client.putComponentPolicy({
    componentArn,
    policy: policyFor("Component", componentArn, OTHER),
  });
  const { imageRecipeArn } = await other.createImageRecipe({
    name: "Theirs",
    semanticVersion: "1.0.0",
    parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
    components: [{ componentArn }],
  });
  expect(imageRecipeArn).toContain(OTHER);
});

it("a shared image's builds are listed by its version, with their owner", async () => {
  const { imageRecipeArn, infrastructureConfigurationArn } = factory;
  const { imageBuildVersionArn: arn = "" } = await factory.client.createImage({
    imageRecipeArn,
    infrastructureConfigurationArn,
  });
  await buildToTheEnd(factory, arn);
  await factory.client.putImagePolicy({ imageArn: arn, policy: policyFor("Image", arn) });
  const imageVersionArn = arn.replace(/\/\d+$/, "");
  const { imageSummaryList } = await other.listImageBuildVersions({ imageVersionArn });
  expect(imageSummaryList?.map((one) => [one.arn, one.owner, one.state?.status])).toEqual([
    [arn, "222222222222", "AVAILABLE"],
  ]);
});
