import * as sdk from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DAY_MS } from "../engine/clock";
import tables from "../wire/constraints.json";
import type { Operation } from "./operation-case";
import {
  BASE_IMAGE,
  documentOf,
  EXECUTION_ROLE,
  type StockedAccount,
  startStock,
  stockAccount,
  WAITING_WORKFLOW,
} from "./stocked-account";

/** Two pages: AWS gives 25 rows a page. */
const MANY = 27;
const PAGE = 25;
const scanned = { imageScanningConfiguration: { imageScanningEnabled: true } };
const versionOf = (buildVersionArn: string) => buildVersionArn.slice(0, buildVersionArn.lastIndexOf("/"));

async function times<Result>(count: number, make: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let index = 0; index < count; index++) results.push(await make(index));
  return results;
}

const STATE_MACHINES = `name: many steps
schemaVersion: 1.0
steps:
${Array.from(
  // The most that a workflow may have.
  { length: 15 },
  (_, index) => `  - name: Step${index + 10}
    action: ExecuteStateMachine
    inputs:
      stateMachineArn: arn:aws:states:us-east-1:222222222222:stateMachine:s`,
).join("\n")}
outputs:
  - name: ImageId
    value: "$.imagebuilder.imageId"
`;

/** Makes more rows than a page holds, and gives the request that lists them. */
const LISTS: Partial<Record<Operation, (account: StockedAccount) => Promise<object>>> = {
  async ListComponents({ client, fresh }) {
    const component = {
      name: fresh("component"),
      platform: "Linux" as const,
      data: documentOf("build", "ls"),
    };
    await times(MANY, (index) => client.createComponent({ ...component, semanticVersion: `1.0.${index}` }));
    return { filters: [{ name: "name", values: [component.name] }] };
  },
  async ListComponentBuildVersions({ component, fresh }) {
    const name = fresh("component");
    const [first = ""] = await times(MANY, (index) => component(documentOf("build", `echo ${index}`), name));
    return { componentVersionArn: versionOf(first) };
  },
  async ListContainerRecipes({ containerRecipe }) {
    await times(MANY, () => containerRecipe());
    return {};
  },
  async ListDistributionConfigurations({ distribution }) {
    await times(MANY, () => distribution());
    return {};
  },
  async ListImageBuildVersions({ build, recipe }) {
    const imageRecipeArn = await recipe();
    const [first = ""] = await times(MANY, () => build({ imageRecipeArn }));
    return { imageVersionArn: versionOf(first) };
  },
  async ListImagePackages({ finishedBuild }) {
    return { imageBuildVersionArn: await finishedBuild() };
  },
  async ListImagePipelineImages({ pipeline, client }) {
    const imagePipelineArn = await pipeline();
    await times(MANY, () => client.startImagePipelineExecution({ imagePipelineArn }));
    return { imagePipelineArn };
  },
  async ListImagePipelines({ pipeline, recipe, infrastructure }) {
    const imageRecipeArn = await recipe();
    const infrastructureConfigurationArn = await infrastructure();
    await times(MANY, () => pipeline({ imageRecipeArn, infrastructureConfigurationArn }));
    return { filters: [{ name: "imageRecipeArn", values: [imageRecipeArn] }] };
  },
  async ListImageRecipes({ client, fresh }) {
    const recipe = { name: fresh("recipe"), parentImage: BASE_IMAGE, semanticVersion: "1.x.0" };
    await times(MANY, () => client.createImageRecipe(recipe));
    return { filters: [{ name: "name", values: [recipe.name] }] };
  },
  async ListImageScanFindingAggregations({ build, ended, recipe }) {
    const imageRecipeArn = await recipe();
    const builds = await times(MANY, () => build({ imageRecipeArn, ...scanned }));
    for (const arn of builds) await ended(arn);
    return { filter: { name: "imageBuildVersionArn" } };
  },
  async ListImageScanFindings({ build, ended, recipe }) {
    const imageRecipeArn = await recipe();
    for (const arn of await times(MANY, () => build({ imageRecipeArn, ...scanned }))) await ended(arn);
    return {};
  },
  async ListImages({ build }) {
    await times(MANY, () => build());
    return { owner: "Self" };
  },
  async ListInfrastructureConfigurations({ infrastructure }) {
    await times(MANY, () => infrastructure());
    return {};
  },
  async ListLifecycleExecutionResources({ client, build, ended, recipe, fresh, policyInput, clock }) {
    const name = fresh("recipe");
    const imageRecipeArn = await recipe([], name);
    for (const arn of await times(MANY, () => build({ imageRecipeArn }))) await ended(arn);
    const { lifecyclePolicyArn } = await client.createLifecyclePolicy(policyInput(undefined, name));
    clock.advance(DAY_MS);
    const { lifecycleExecutions } = await client.listLifecycleExecutions({ resourceArn: lifecyclePolicyArn });
    return { lifecycleExecutionId: lifecycleExecutions?.[0]?.lifecycleExecutionId };
  },
  async ListLifecycleExecutions({ client, finishedBuild, clock }) {
    const resourceArn = await finishedBuild();
    await times(MANY, (index) => {
      clock.advance(1000);
      const status = index % 2 === 0 ? ("DEPRECATED" as const) : ("AVAILABLE" as const);
      return client.startResourceStateUpdate({ resourceArn, state: { status } });
    });
    return { resourceArn };
  },
  async ListLifecyclePolicies({ lifecyclePolicy }) {
    await times(MANY, () => lifecyclePolicy());
    return {};
  },
  async ListWaitingWorkflowSteps({ build, workflow, recipe, clock }) {
    const workflows = [{ workflowArn: await workflow(WAITING_WORKFLOW) }];
    const imageRecipeArn = await recipe();
    await times(MANY, () => build({ imageRecipeArn, workflows, executionRole: EXECUTION_ROLE }));
    clock.advance(60_000);
    return {};
  },
  async ListWorkflowBuildVersions({ workflow, fresh }) {
    const name = fresh("workflow");
    const document = (index: number) => `${WAITING_WORKFLOW}# ${index}\n`;
    const [first = ""] = await times(MANY, (index) => workflow(document(index), "BUILD", name));
    return { workflowVersionArn: versionOf(first) };
  },
  async ListWorkflowExecutions({ client, failedTest, ended }) {
    const imageBuildVersionArn = await failedTest();
    await times(MANY - 2, async () => {
      await client.retryImage({ imageBuildVersionArn });
      await ended(imageBuildVersionArn);
    });
    return { imageBuildVersionArn };
  },
  async ListWorkflowStepExecutions({ client, workflow, finishedBuild }) {
    const workflows = [{ workflowArn: await workflow(STATE_MACHINES) }];
    const imageBuildVersionArn = await finishedBuild({ workflows, executionRole: EXECUTION_ROLE });
    const { workflowExecutions } = await client.listWorkflowExecutions({ imageBuildVersionArn });
    return { workflowExecutionId: workflowExecutions?.[0]?.workflowExecutionId, maxResults: 6 };
  },
  async ListWorkflows({ client, fresh }) {
    const workflow = { name: fresh("workflow"), type: "BUILD" as const, data: WAITING_WORKFLOW };
    await times(MANY, (index) => client.createWorkflow({ ...workflow, semanticVersion: `1.0.${index}` }));
    return { owner: "Self" };
  },
};

const MODEL = tables.imagebuilder.operations as Record<string, { errors: string[] }>;
const SDK: Record<string, unknown> = { ...sdk };
const OPERATIONS = Object.entries(LISTS);

let stock: Awaited<ReturnType<typeof startStock>>;
beforeAll(async () => {
  stock = await startStock();
});
afterAll(() => stock.close());

type Send = (command: unknown) => Promise<Record<string, unknown>>;

function list({ client }: StockedAccount, operation: string, input: object) {
  const Command = SDK[`${operation}Command`] as new (input: object) => unknown;
  return (client.send as unknown as Send)(new Command(input));
}

async function pagesOf(account: StockedAccount, operation: string, input: object) {
  const pages: unknown[][] = [];
  const tokens: string[] = [];
  for (let nextToken: unknown; ; ) {
    const output = await list(account, operation, {
      ...input,
      ...(nextToken !== undefined && { nextToken }),
    });
    pages.push(Object.values(output).find(Array.isArray) ?? []);
    nextToken = output.nextToken;
    if (typeof nextToken !== "string") return { pages, tokens };
    tokens.push(nextToken);
  }
}

test("every operation that gives page tokens is among the lists", () => {
  const paged = Object.keys(MODEL).filter((name) =>
    MODEL[name]?.errors.includes("InvalidPaginationTokenException"),
  );
  expect(Object.keys(LISTS).sort()).toEqual(paged.sort());
});

describe.each(OPERATIONS)("%s", (operation, fill) => {
  let account: StockedAccount;
  let request: object;
  beforeAll(async () => {
    const place = OPERATIONS.findIndex(([name]) => name === operation);
    account = await stockAccount(stock, String(300_000_000_000 + place));
    request = (await fill?.(account)) ?? {};
  });

  test("gives 25 rows a page, or as many as are asked for, to the end, each row once", async () => {
    const { maxResults: size = PAGE } = request as { maxResults?: number };
    const { pages } = await pagesOf(account, operation, request);
    expect(pages.slice(0, -1).every((rows) => rows.length === size)).toBe(true);
    expect(pages.length).toBeGreaterThan(1);
    const rows = pages.flat().map((row) => JSON.stringify(row));
    expect(new Set(rows).size).toBe(rows.length);
    if (operation === "ListImageScanFindingAggregations") return;
    const small = await pagesOf(account, operation, { ...request, maxResults: 7 });
    expect(small.pages.flat().map((row) => JSON.stringify(row))).toEqual(rows);
  });

  test("gives tokens that say nothing and are good for no other question", async () => {
    const { tokens } = await pagesOf(account, operation, request);
    const [token = ""] = tokens;
    expect(token).toMatch(/^[\w-]{16,}$/);
    const other = operation === "ListImagePipelines" ? "ListImageRecipes" : "ListImagePipelines";
    await expect(list(account, other, { nextToken: token })).rejects.toThrow("pagination token");
  });
});
