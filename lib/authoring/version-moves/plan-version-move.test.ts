import {
  CreateComponentCommand,
  CreateImageRecipeCommand,
  GetImagePipelineCommand,
} from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createResource } from "@/lib/image-builder/resources/create-resource";
import { updateResource } from "@/lib/image-builder/resources/update-resource";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { planVersionMove } from "./plan-version-move";
import type { MoveStep } from "./types";

const documentOf = (command: string, parameters = "") => `name: web
schemaVersion: 1.0
${parameters}phases:
  - name: build
    steps:
      - name: Say
        action: ExecuteBash
        inputs:
          commands: [${command}]
`;

let testConsole: TestConsole;
let pipelineArn: string;
beforeAll(async () => {
  testConsole = await startTestConsole();
  pipelineArn = await createSamplePipeline(testConsole.imageBuilder, { name: "web" });
});
afterAll(() => testConsole.close());

const ctx = () => testConsole.contextOf();
const plan = (to: string) =>
  planVersionMove({ ctx: ctx(), input: { kind: "component", name: "web component", from: "1.0.0", to } });
const addVersion = (semanticVersion: string, data: string) =>
  testConsole.imageBuilder
    .send(new CreateComponentCommand({ name: "web component", semanticVersion, platform: "Linux", data }))
    .then(() => testConsole.clock.advance(120_000));

async function carryOut({ kind, name, change }: MoveStep) {
  if (!change) throw new Error("nothing to do");
  if (kind === "image-pipeline") {
    const { after, basedOn } = change;
    await updateResource({ ctx: ctx(), input: { kind, name, input: after, basedOn } });
  } else await createResource({ ctx: ctx(), input: { kind, input: change.after } });
  testConsole.clock.advance(120_000);
}

describe("the plan of a move", () => {
  it("makes new recipes and then has pipelines use them, and says what is left when it is read again", async () => {
    const foreseen = await planVersionMove({
      ctx: ctx(),
      input: { kind: "component", name: "web component", from: "1.0.0", to: "1.0.1", isPlanned: true },
    });
    await addVersion("1.0.1", documentOf("echo better"));
    const first = await plan("1.0.1");
    expect(foreseen, "as it was foreseen before the version existed").toEqual(first);
    expect(first.steps).toMatchObject([
      { kind: "image-recipe", name: "web recipe", version: "1.0.0", newVersion: "1.0.1", state: "to do" },
      { kind: "image-pipeline", name: "web", state: "to do", after: first.steps[0]?.id },
    ]);
    expect(first.steps.map(({ problem }) => problem)).toEqual([undefined, undefined]);

    const [recipe, pipeline] = first.steps;
    if (!recipe || !pipeline) throw new Error("two steps are needed");
    await carryOut(recipe);
    const half = await plan("1.0.1");
    expect(half.steps.map(({ id, state }) => [id, state])).toEqual([
      [recipe.id, "done"],
      [pipeline.id, "to do"],
    ]);
    await carryOut(pipeline);
    expect((await plan("1.0.1")).steps.map(({ state }) => state)).toEqual(["done", "done"]);

    const { imagePipeline } = await testConsole.imageBuilder.send(
      new GetImagePipelineCommand({ imagePipelineArn: pipelineArn }),
    );
    expect(imagePipeline?.imageRecipeArn).toMatch(/image-recipe\/web-recipe\/1\.0\.1$/);
  });

  it("leaves what follows the latest version by itself", async () => {
    const account = "arn:aws:imagebuilder:us-east-1:222222222222";
    await testConsole.imageBuilder.send(
      new CreateImageRecipeCommand({
        name: "follower",
        semanticVersion: "1.0.0",
        parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
        components: [{ componentArn: `${account}:component/web-component/x.x.x` }],
      }),
    );
    testConsole.clock.advance(120_000);
    const follower = (await plan("1.0.1")).steps.find(({ name }) => name === "follower");
    expect(follower).toMatchObject({ state: "follows by itself" });
    expect(follower?.change).toBeUndefined();
  });

  it("says that AWS will want a parameter before it is tried", async () => {
    await addVersion("2.0.0", documentOf("echo port", "parameters:\n  - Port:\n      type: string\n"));
    const wants = await planVersionMove({
      ctx: ctx(),
      input: { kind: "component", name: "web component", from: "1.0.1", to: "2.0.0" },
    });
    const recipe = wants.steps.find(({ name }) => name === "web recipe");
    expect(recipe).toMatchObject({ state: "to do", problem: expect.stringContaining("a value for Port") });
  });

  it("has pipelines use another version of a recipe", async () => {
    const old = { kind: "image-recipe", name: "web recipe", from: "1.0.1" } as const;
    await testConsole.imageBuilder.send(
      new CreateImageRecipeCommand({
        name: "web recipe",
        semanticVersion: "1.1.0",
        parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
      }),
    );
    testConsole.clock.advance(120_000);
    const planned = () => planVersionMove({ ctx: ctx(), input: { ...old, to: "1.1.0" } });
    const [pipeline, ...others] = (await planned()).steps;
    if (!pipeline) throw new Error("a step is needed");
    expect(pipeline).toMatchObject({ kind: "image-pipeline", name: "web", state: "to do" });
    expect(others).toEqual([]);
    await carryOut(pipeline);
    expect((await planned()).steps.map(({ state }) => state)).toEqual(["done"]);
  });
});
