import { afterAll, beforeAll, expect, test } from "vitest";
import type { Operation } from "./operation-case";
import { BASE_IMAGE, documentOf, type StockedAccount, startStock, stockAccount } from "./stocked-account";

/** The names that AWS tables for each list: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_Operations.html */
const FILTERS: Partial<Record<Operation, string[]>> = {
  ListComponents: [
    ...["description", "name", "platform", "productCodes"],
    ...["status", "supportedOsVersion", "type", "version"],
  ],
  ListContainerRecipes: ["containerType", "name", "parentImage", "platform"],
  ListDistributionConfigurations: ["name"],
  ListImageBuildVersions: ["name", "osVersion", "platform", "type", "version"],
  ListImagePipelineImages: ["name", "version"],
  ListImagePipelines: [
    ...["description", "distributionConfigurationArn", "imageRecipeArn"],
    ...["infrastructureConfigurationArn", "name", "status"],
  ],
  ListImageRecipes: ["name", "parentImage", "platform"],
  ListImageScanFindings: ["imageBuildVersionArn", "imagePipelineArn", "severity", "vulnerabilityId"],
  ListImages: ["name", "osVersion", "platform", "type", "version"],
  ListInfrastructureConfigurations: ["name"],
  ListLifecyclePolicies: ["name", "resourceType", "status"],
  ListWorkflows: ["description", "name", "type", "version"],
};

let lastAccount = 500_000_000_000;
let stock: Awaited<ReturnType<typeof startStock>>;
let account: StockedAccount;
let imagePipelineArn: string;
beforeAll(async () => {
  stock = await startStock();
  account = await stockAccount(stock);
  imagePipelineArn = await account.pipeline({ description: "filtered" });
});
afterAll(() => stock.close());

function list(operation: string, name: string, values: string[]): Promise<object> {
  const method = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
  const call = Reflect.get(account.client, method) as (input: object) => Promise<object>;
  const pipeline = operation === "ListImagePipelineImages" ? { imagePipelineArn } : {};
  return call.call(account.client, { ...pipeline, filters: [{ name, values }] });
}

test.each(Object.entries(FILTERS))(
  "%s takes the filters that AWS tables, and no other",
  async (operation, names) => {
    for (const name of names ?? []) {
      const output = await list(operation, name, ["nothing-has-this"]);
      expect(Object.values(output).find(Array.isArray), name).toEqual([]);
    }
    await expect(list(operation, "colour", ["red"])).rejects.toThrow(
      `Valid filter names are: ${[...(names ?? [])].sort().join(", ")}.`,
    );
  },
);

test("a filter matches any of its values, several filters match together, and names keep their case", async () => {
  const { client, fresh } = account;
  const [one, two] = [fresh("component"), fresh("component")];
  const component = { semanticVersion: "1.0.0", data: documentOf("build", "ls") };
  await client.createComponent({ ...component, name: one, platform: "Linux" });
  await client.createComponent({ ...component, name: two, platform: "macOS" });
  const names = async (filters: { name: string; values: string[] }[]) =>
    (await client.listComponents({ filters })).componentVersionList?.map(({ name }) => name).sort();
  const either = { name: "name", values: [one, two] };
  expect(await names([either])).toEqual([one, two].sort());
  expect(await names([either, { name: "platform", values: ["macOS"] }])).toEqual([two]);
  expect(await names([{ name: "name", values: [one.toUpperCase()] }])).toEqual([]);
});

test.each([
  ["createContainerRecipe", "listContainerRecipes", (from: StockedAccount) => from.containerRecipeInput()],
  [
    "createDistributionConfiguration",
    "listDistributionConfigurations",
    ({ fresh }: StockedAccount) => ({
      name: fresh("dry"),
      distributions: [
        { region: "us-east-1", amiDistributionConfiguration: { name: "web {{ imagebuilder:buildDate }}" } },
      ],
    }),
  ],
  [
    "createImagePipeline",
    "listImagePipelines",
    async ({ fresh, recipe, infrastructure }: StockedAccount) => ({
      name: fresh("dry"),
      imageRecipeArn: await recipe(),
      infrastructureConfigurationArn: await infrastructure(),
    }),
  ],
  [
    "createImageRecipe",
    "listImageRecipes",
    ({ fresh }: StockedAccount) => ({
      name: fresh("dry"),
      semanticVersion: "1.0.0",
      parentImage: BASE_IMAGE,
    }),
  ],
  [
    "createInfrastructureConfiguration",
    "listInfrastructureConfigurations",
    ({ fresh }: StockedAccount) => ({
      name: fresh("dry"),
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
    }),
  ],
  ["createLifecyclePolicy", "listLifecyclePolicies", (from: StockedAccount) => from.policyInput()],
] as const)("a dry run of %s answers 412 and changes nothing", async (create, list, requestOf) => {
  const dry = await stockAccount(stock, String(++lastAccount));
  const input = await requestOf(dry);
  const rows = async () => {
    const call = Reflect.get(dry.client, list) as (input: object) => Promise<object>;
    return Object.values(await call.call(dry.client, {})).find(Array.isArray);
  };
  const before = await rows();
  // The SDK does not know the member yet, and drops it: it is laid into the request as it is sent.
  dry.client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { body: Uint8Array; headers: Record<string, string> };
      const body = JSON.parse(new TextDecoder().decode(request.body));
      request.body = new TextEncoder().encode(JSON.stringify({ ...body, dryRun: true }));
      request.headers["content-length"] = String(request.body.byteLength);
      return next(args);
    },
    { step: "build", priority: "low", name: "dryRun" },
  );
  const call = Reflect.get(dry.client, create) as (input: object) => Promise<object>;
  await expect(call.call(dry.client, input)).rejects.toMatchObject({
    name: "DryRunOperationException",
    $metadata: { httpStatusCode: 412 },
  });
  dry.client.middlewareStack.remove("dryRun");
  expect(await rows()).toEqual(before);
});
