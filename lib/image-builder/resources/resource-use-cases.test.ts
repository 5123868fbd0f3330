import { GetInfrastructureConfigurationCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ConsoleFailure } from "@/lib/core/failure";
import { toCreateInput, writableMembers } from "@/lib/definitions/writable-members";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { toConsoleError } from "@/lib/use-case/console-error";
import { checkResource } from "./check-resource";
import { createResource } from "./create-resource";
import { deleteResource } from "./delete-resource";
import { getResource } from "./get-resource";
import { listResources } from "./list-resources";
import { setResourceTags } from "./set-resource-tags";
import { updateResource } from "./update-resource";

const DOCUMENT = `name: Greet
schemaVersion: 1.0
phases:
  - name: build
    steps:
      - name: Greet
        action: ExecuteBash
        inputs:
          commands: [echo hello]
`;

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  await createSamplePipeline(testConsole.imageBuilder, { name: "Web Base" });
});
afterAll(() => testConsole.close());
beforeEach(() => testConsole.clock.advance(120_000));

const ctx = () => testConsole.contextOf();
const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConsoleFailure)) throw new Error(`not refused: ${String(error)}`);
  return error.detail;
};
const component = (version: string) => ({
  name: "greet",
  semanticVersion: version,
  platform: "Linux",
  data: DOCUMENT,
});

describe("resources", () => {
  it("lists each version of what the account has, and Amazon's apart", async () => {
    await createResource({ ctx: ctx(), input: { kind: "component", input: component("1.0.0") } });
    await createResource({ ctx: ctx(), input: { kind: "component", input: component("1.0.1") } });
    testConsole.clock.advance(120_000);
    const own = await listResources({ ctx: ctx(), input: { kind: "component" } });
    expect(own.filter(({ name }) => name === "greet").map(({ version }) => version)).toEqual([
      "1.0.1",
      "1.0.0",
    ]);
    const amazon = await listResources({ ctx: ctx(), input: { kind: "component", owner: "Amazon" } });
    expect(amazon.length).toBeGreaterThan(3);
    expect(amazon.every(({ owner }) => owner === "Amazon")).toBe(true);
  });

  it("makes one resource of two writes with one token", async () => {
    const clientToken = "4f3c1a52-6f6b-4b59-9a43-6bd7f1f5c001";
    const input = { kind: "component" as const, input: component("2.0.0"), clientToken };
    const first = await createResource({ ctx: ctx(), input });
    expect(await createResource({ ctx: ctx(), input })).toEqual(first);
  });

  it("gives a resource with all its members, its versions, what it uses and what uses it", async () => {
    const recipe = await getResource({
      ctx: ctx(),
      input: { kind: "image-recipe", name: "web-base-recipe" },
    });
    expect(recipe.uses.map(({ kind }) => kind)).toContain("component");
    expect(recipe.usedBy).toEqual([expect.objectContaining({ kind: "image-pipeline", name: "Web Base" })]);
    expect(recipe.content.parentImage).toBeTruthy();

    const [used] = recipe.uses.filter(({ kind }) => kind === "component");
    const found = await getResource({
      ctx: ctx(),
      input: { kind: "component", name: used?.name ?? "", owner: "Self" },
    });
    expect(found.usedBy).toEqual([
      expect.objectContaining({ kind: "image-recipe", name: "Web Base recipe" }),
    ]);
    expect(found.usedThrough).toEqual([
      expect.objectContaining({ kind: "image-pipeline", name: "Web Base" }),
    ]);
    expect(found.buildArn).toMatch(/\/1$/);
  });

  it("refuses a wrong field by its path and sends nothing", async () => {
    const input = { kind: "component" as const, input: { ...component("1.0"), name: "x" } };
    const refused = await createResource({ ctx: ctx(), input }).catch(toConsoleError);
    expect(Object.keys(("fields" in refused && refused.fields) || {})).toEqual(["name", "semanticVersion"]);
  });

  it("asks AWS to check a document and creates nothing", async () => {
    const input = { kind: "component" as const, input: component("9.0.0") };
    expect(await checkResource({ ctx: ctx(), input })).toBeNull();
    const own = await listResources({ ctx: ctx(), input: { kind: "component" } });
    expect(own.some(({ version }) => version === "9.0.0")).toBe(false);
    const wrong = { ...input, input: { ...component("9.0.0"), data: "phases: nothing" } };
    expect(await failureOf(checkResource({ ctx: ctx(), input: wrong }))).toMatchObject({ code: "invalid" });
  });

  it("replaces a configuration as a whole, and refuses to overwrite somebody's change", async () => {
    const kind = "infrastructure-configuration" as const;
    const [listed] = await listResources({ ctx: ctx(), input: { kind } });
    const name = listed?.name ?? "";
    const before = await getResource({ ctx: ctx(), input: { kind, name } });
    const changed = {
      ...toCreateInput(kind, before.content),
      instanceTypes: ["m7i.large"],
      description: "Fast",
    };
    const basedOn = before.updatedAt ?? before.createdAt;
    await updateResource({ ctx: ctx(), input: { kind, name, input: changed, basedOn } });

    const answer = await testConsole.imageBuilder.send(
      new GetInfrastructureConfigurationCommand({ infrastructureConfigurationArn: before.arn }),
    );
    expect(answer.infrastructureConfiguration).toMatchObject({
      ...writableMembers(kind, before.content),
      instanceTypes: ["m7i.large"],
      description: "Fast",
    });
    testConsole.clock.advance(5_000);
    await updateResource({ ctx: ctx(), input: { kind, name, input: changed } });
    const stale = updateResource({ ctx: ctx(), input: { kind, name, input: changed, basedOn } });
    expect(await failureOf(stale)).toMatchObject({ code: "conflict" });
  });

  it("sets exactly the tags it is given", async () => {
    const { arn } = await createResource({
      ctx: ctx(),
      input: { kind: "component", input: { ...component("3.0.0"), tags: { team: "web", old: "1" } } },
    });
    await setResourceTags({ ctx: ctx(), input: { arn, tags: { team: "platform" } } });
    testConsole.clock.advance(120_000);
    const found = await getResource({
      ctx: ctx(),
      input: { kind: "component", name: "greet", version: "3.0.0" },
    });
    expect(found.tags).toEqual({ team: "platform" });
  });

  it("leaves what another resource names to AWS's refusal, and deletes what is free", async () => {
    const recipe = await getResource({
      ctx: ctx(),
      input: { kind: "image-recipe", name: "web-base-recipe" },
    });
    const refused = deleteResource({ ctx: ctx(), input: { kind: "image-recipe", arn: recipe.arn } });
    expect(await failureOf(refused)).toMatchObject({ code: "conflict" });
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({
      action: "delete-resource",
      result: "failed",
    });

    await createResource({ ctx: ctx(), input: { kind: "component", input: component("4.0.0") } });
    testConsole.clock.advance(120_000);
    const free = await getResource({
      ctx: ctx(),
      input: { kind: "component", name: "greet", version: "4.0.0" },
    });
    await deleteResource({ ctx: ctx(), input: { kind: "component", arn: free.arn } });
    const own = await listResources({ ctx: ctx(), input: { kind: "component" } });
    expect(own.some(({ version }) => version === "4.0.0")).toBe(false);
  });

  it("asks for the role before anything else", async () => {
    const viewer = testConsole.contextOf({ role: "viewer", target: "test" });
    const create = createResource({ ctx: viewer, input: { kind: "component", input: component("5.0.0") } });
    expect(await failureOf(create)).toMatchObject({ code: "forbidden" });
    const arn = "arn:aws:imagebuilder:us-east-1:111111111111:component/greet/1.0.0";
    expect(await failureOf(deleteResource({ ctx: viewer, input: { kind: "component", arn } }))).toMatchObject(
      {
        code: "forbidden",
      },
    );
  });
});
