import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RESOURCE_SCHEMAS } from "@/lib/definitions/schemas";
import { imageImportSchema } from "@/lib/image-builder/image-imports/schemas";
import { createSimulator, type Simulator } from "@/simulator/testing";
import { configurationRows } from "./configuration-rows";
import { pipelineRows, WORKFLOWS } from "./pipeline-rows";
import { createRepository, rawCaller } from "./raw-requests";
import { recipeRows, SIZED } from "./recipe-rows";
import { type ResourceRow, SMALLEST } from "./smallest-requests";

const OPERATIONS: Record<ResourceRow["kind"], string> = {
  "image-recipe": "CreateImageRecipe",
  "container-recipe": "CreateContainerRecipe",
  "image-pipeline": "CreateImagePipeline",
  "infrastructure-configuration": "CreateInfrastructureConfiguration",
  "distribution-configuration": "CreateDistributionConfiguration",
  "lifecycle-policy": "CreateLifecyclePolicy",
  component: "CreateComponent",
  workflow: "CreateWorkflow",
  import: "ImportDiskImage",
};

let simulator: Simulator;
let send: ReturnType<typeof rawCaller>;

async function make(operation: string, body: object): Promise<void> {
  expect((await send(operation, body)).message, JSON.stringify(body)).toBeUndefined();
}

beforeAll(async () => {
  simulator = createSimulator();
  send = rawCaller(simulator);
  await createRepository(simulator, "web");
  const component = (name: string, more: object = {}) =>
    make("CreateComponent", { ...SMALLEST.component, name, ...more });
  const parameters = Array.from(
    { length: 25 },
    (_, index) => `  - Name${index}: {type: string, default: a}\n`,
  );
  for (const name of SIZED)
    await component(name, {
      data: SMALLEST.component.data.replace("phases:", `parameters:\n${parameters.join("")}phases:`),
    });
  await component("plain");
  await component("plain", { semanticVersion: "2.0.0" });
  await component("other");
  for (const [name, { type, rest }] of Object.entries(WORKFLOWS))
    await make("CreateWorkflow", { ...SMALLEST.workflow, name, type, data: SMALLEST.workflow.data + rest });
  await make("CreateImageRecipe", { ...SMALLEST["image-recipe"], name: "base" });
  await make("CreateInfrastructureConfiguration", {
    ...SMALLEST["infrastructure-configuration"],
    name: "base",
  });
});
afterAll(() => simulator.close?.());

let made = 0;
async function verdicts(kind: ResourceRow["kind"], change: object) {
  const request = { ...SMALLEST[kind], name: `row ${++made}`, ...change };
  const schema = kind === "import" ? imageImportSchema : RESOURCE_SCHEMAS[kind];
  const form = schema.safeParse(request).error?.issues.map(({ message }) => message) ?? [];
  const { from: _, ...body } = { from: undefined, ...request };
  const answer = await send(OPERATIONS[kind], kind === "import" ? { platform: "Windows", ...body } : body);
  return { form, simulator: { code: answer.code, message: answer.message } };
}

const cases = Object.entries({ ...recipeRows, ...pipelineRows, ...configurationRows }).flatMap(
  ([title, { kind, valid, invalid = [], ...row }]) => [
    ...valid.map(
      (change, index) => [`${title}: valid ${index + 1}`, { kind, change, isValid: true, ...row }] as const,
    ),
    ...invalid.map(
      (change, index) =>
        [`${title}: invalid ${index + 1}`, { kind, change, isValid: false, ...row }] as const,
    ),
  ],
);

describe("the rules of resources", () => {
  it.each(cases)("%s", async (_, { kind, change, isValid, beyondForm, code }) => {
    const said = await verdicts(kind, change);
    const taken = [said.form.length === 0, said.simulator.code === undefined];
    expect({ ...said, change, taken }).toMatchObject({
      taken: [isValid || beyondForm !== undefined, isValid],
    });
    if (code && !isValid) expect(said.simulator.code).toBe(code);
  });
});
