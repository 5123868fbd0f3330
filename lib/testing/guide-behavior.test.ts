import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runPreflight } from "@/lib/authoring/preflight/run-preflight";
import type { PreflightSubject } from "@/lib/authoring/preflight/types";
import { normalizeName } from "@/lib/core/name-rule";
import { buildComponentSchema } from "@/lib/definitions/component-schemas";
import { RESOURCE_SCHEMAS } from "@/lib/definitions/schemas";
import { imageStateChangeSchema } from "@/lib/image-builder/image-changes/schemas";
import { isoEndingDoubt } from "@/lib/image-builder/image-imports/iso-ending";
import { canDependenciesChange } from "@/lib/schedule/dependency-updates";
import { parseSchedule } from "@/lib/schedule/parse-schedule";
import { createSimulator, type Simulator } from "@/simulator/testing";
import { createRepository, rawCaller } from "./raw-requests";
import { amazons, EXECUTION_ROLE, own, SMALLEST } from "./smallest-requests";
import { startTestConsole, type TestConsole } from "./test-console";

/** Rows of the guide's last table that are no rule of one document or request: what follows from one after another. */
let simulator: Simulator;
let send: ReturnType<typeof rawCaller>;
beforeAll(async () => {
  simulator = createSimulator();
  send = rawCaller(simulator);
  await createRepository(simulator, "web");
  await send("CreateImageRecipe", { ...SMALLEST["image-recipe"], name: "base" });
  await send("CreateInfrastructureConfiguration", {
    ...SMALLEST["infrastructure-configuration"],
    name: "base",
  });
});
afterAll(() => simulator.close?.());

const CREATES = {
  CreateComponent: SMALLEST.component,
  CreateContainerRecipe: SMALLEST["container-recipe"],
  CreateDistributionConfiguration: SMALLEST["distribution-configuration"],
  CreateImagePipeline: SMALLEST["image-pipeline"],
  CreateImageRecipe: SMALLEST["image-recipe"],
  CreateInfrastructureConfiguration: SMALLEST["infrastructure-configuration"],
  CreateLifecyclePolicy: SMALLEST["lifecycle-policy"],
  CreateWorkflow: SMALLEST.workflow,
};
const arnIn = (body: Record<string, unknown>) =>
  String(Object.values(body).find((value) => typeof value === "string" && value.startsWith("arn:")));

describe("1 names in ARNs", () => {
  it.each([
    ["Web Base_2", "web-base-2"],
    ["a  b__c", "a--b--c"],
    ["My Component_v2", "my-component-v2"],
    ["-A_b-", "-a-b-"],
  ])("1 %s becomes %s in every kind", async (name, inArn) => {
    expect(normalizeName(name)).toBe(inArn);
    for (const [operation, request] of Object.entries(CREATES)) {
      const { body, message } = await send(operation, { ...request, name });
      expect(arnIn(body).split("/"), `${operation} ${message}`).toContain(inArn);
    }
  });
});

describe("2 names that become the same", () => {
  it.each(Object.entries(CREATES))("2 %s refuses them", async (operation, request) => {
    expect((await send(operation, { ...request, name: "Twice named_one" })).code).toBeUndefined();
    const others = ["twice_named one", "TWICE-NAMED-ONE"];
    for (const name of others)
      expect((await send(operation, { ...request, name })).code).toBe("ResourceAlreadyExistsException");
    expect((await send(operation, { ...request, name: "twice-named-one2" })).code).toBeUndefined();
  });
});

describe("3 the same name and version", () => {
  it.each([
    ["CreateComponent", SMALLEST.component],
    ["CreateWorkflow", SMALLEST.workflow],
  ])("3 %s makes another build of other content, and refuses the same", async (operation, request) => {
    const changed = { ...request, data: `${request.data}# changed\n` };
    expect(arnIn((await send(operation, { ...request, name: "again" })).body)).toMatch(/\/1\.0\.0\/1$/);
    expect((await send(operation, { ...request, name: "again" })).code).toBe(
      "ResourceAlreadyExistsException",
    );
    expect(arnIn((await send(operation, { ...changed, name: "Again" })).body)).toMatch(/\/1\.0\.0\/2$/);
  });
  it("3 the form takes both, since only AWS knows what is there", () => {
    expect(buildComponentSchema.safeParse({ ...SMALLEST.component, name: "again" }).success).toBe(true);
  });
});

describe("5 the place of a version that holds the x is raised", () => {
  it.each([
    ["1.0.x", ["1.0.1", "1.0.2"]],
    ["2.x.0", ["2.1.0", "2.2.0"]],
    ["x.0.0", ["1.0.0", "2.0.0"]],
  ])("5 %s", async (semanticVersion, expected) => {
    for (const [operation, request] of [
      ["CreateImageRecipe", SMALLEST["image-recipe"]],
      ["CreateContainerRecipe", SMALLEST["container-recipe"]],
    ] as const) {
      const made: string[] = [];
      for (const description of ["one", "two"]) {
        const { body } = await send(operation, {
          ...request,
          name: `raised ${semanticVersion.replaceAll(".", " ")}`,
          semanticVersion,
          description,
        });
        made.push(arnIn(body).split("/").at(-1) ?? "");
      }
      expect(made).toEqual(expected);
    }
  });
  it("5 goes on from what is there, in that place only", async () => {
    const recipe = { ...SMALLEST["image-recipe"], name: "there" };
    await send("CreateImageRecipe", { ...recipe, semanticVersion: "2.3.0" });
    const { body } = await send("CreateImageRecipe", { ...recipe, semanticVersion: "2.x.0" });
    expect(arnIn(body)).toMatch(/\/2\.4\.0$/);
  });
});

describe("schedules that AWS takes against its own page", () => {
  const warnings = (expression: string) => {
    const parsed = parseSchedule(expression);
    return parsed.ok ? parsed.warnings : undefined;
  };
  it.each([
    ["70", "cron(0 9 * * SUN *)", /write \? in place of one \*/],
    ["70", "cron(0 9 1 * * *)", /write \? in place of one \*/],
    ["71", "cron(0 9 ? * mon/2 *)", /List the days/],
    ["72", "cron(0 9 ? * L *)", /Write the day/],
  ])("row %s: %s is taken with a warning", (_, scheduleExpression, words) => {
    expect(warnings(scheduleExpression)).toEqual([expect.stringMatching(words)]);
    const pipeline = { ...SMALLEST["image-pipeline"], name: "web", schedule: { scheduleExpression } };
    expect(RESOURCE_SCHEMAS["image-pipeline"].safeParse(pipeline).success).toBe(true);
  });
  it.each(["cron(0 9 ? * sun *)", "cron(0 9 ? * tue#2 *)", "cron(0 9 L * ? *)", "cron(0 9 ? * 1L *)"])(
    "72 %s has none",
    (expression) => {
      expect(warnings(expression)).toEqual([]);
    },
  );
});

describe("75 a schedule that waits for updates that never come", () => {
  const component = (version: string) => [{ componentArn: amazons(`component/update-linux/${version}`) }];
  it.each([
    ["a base image that follows the latest", { parentImage: amazons("image/al2023-x86/x.x.x") }, true],
    ["a parameter", { parentImage: "ssm:/golden/base" }, true],
    [
      "a component that follows",
      { parentImage: "ami-0123456789abcdef0", components: component("1.x.x") },
      true,
    ],
    ["an AMI", { parentImage: "ami-0123456789abcdef0" }, false],
    ["a build", { parentImage: amazons("image/al2023-x86/2024.1.2/1") }, false],
    ["pinned all over", { parentImage: "prod-abc123", components: component("1.0.0/1") }, false],
  ])("75 %s", (_, recipe, canChange) => {
    expect(canDependenciesChange(recipe)).toBe(canChange);
  });
});

describe("86, 87 and 81 what the preflight says", () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await startTestConsole();
  });
  afterAll(() => testConsole.close());
  type Draft = NonNullable<PreflightSubject["draft"]>;
  const said = async (distribution: object, details: object = {}, more: Partial<Draft> = {}) => {
    const draft = {
      recipe: { use: "image-recipe", input: { name: "web", ...SMALLEST["image-recipe"] } },
      components: [],
      infrastructure: {
        use: "new",
        input: { name: "web", instanceProfileName: "EC2InstanceProfileForImageBuilder" },
      },
      distribution: { use: "new", input: { name: "web", distributions: [distribution] } },
      details: { name: "web", ...details },
      ...more,
    } as Draft;
    const checks = await runPreflight({ ctx: testConsole.contextOf(), input: { name: "web", draft } });
    return checks.map(({ state, title }) => `${state}: ${title}`);
  };
  const parameter = (region: string, parameterName: string) => ({
    region,
    ssmParameterConfigurations: [{ parameterName }],
  });
  const OUTSIDE = "warning: A parameter outside /imagebuilder/ requires an execution role with write access";

  it("86 a parameter in a Region that the account has not enabled", async () => {
    expect(await said(parameter("af-south-1", "/imagebuilder/web"))).toContain(
      "problem: Region af-south-1 is not enabled in this account",
    );
    expect((await said(parameter("us-west-2", "/imagebuilder/web"))).join()).not.toContain("not enabled");
  });

  it("87 a parameter outside /imagebuilder/", async () => {
    expect(await said(parameter("us-east-1", "/golden/web"))).toContain(OUTSIDE);
    expect(await said(parameter("us-east-1", "/imagebuilder/web"))).not.toContain(OUTSIDE);
    const withRole = await said(parameter("us-east-1", "/golden/web"), { executionRole: EXECUTION_ROLE });
    expect(withRole).not.toContain(OUTSIDE);
    expect(withRole).toContain(
      "unknown: Whether the execution role can write the parameters was not checked",
    );
  });

  it.each([
    ["m7i.large and m6i.large", ["m7i.large", "m6i.large"], false],
    ["m5.large and t2.medium", ["m5.large", "t2.medium"], true],
  ])("81 Windows on %s", async (_, instanceTypes, isMixed) => {
    const recipe = { name: "web", semanticVersion: "1.0.0", parentImage: WINDOWS };
    const infrastructure = { name: "web", instanceProfileName: "EC2InstanceProfileForImageBuilder" };
    const checks = await said({ region: "us-east-1" }, {}, {
      recipe: { use: "image-recipe", input: recipe },
      infrastructure: { use: "new", input: { ...infrastructure, instanceTypes } },
    } as Partial<Draft>);
    expect(checks.includes("warning: The instance types mix Nitro and Xen")).toBe(isMixed);
  });
});
const WINDOWS = amazons("image/windows-server-2022-english-full-base-x86/x.x.x");

describe("94 and 96 changes of an image's state", () => {
  const key = { name: "web", version: "1.0.0", build: "1" };
  const STATES = ["AVAILABLE", "DEPRECATED", "DISABLED"] as const;
  it.each(
    STATES.flatMap((state) =>
      [true, false].flatMap((amis) => [true, false].map((role) => [state, amis, role] as const)),
    ),
  )("94 to %s, AMIs %s, a role %s: together or neither", (state, amis, role) => {
    const change = { key, state, amis, ...(role && { executionRole: EXECUTION_ROLE }) };
    expect(imageStateChangeSchema.safeParse(change).success).toBe(amis === role);
  });
  it.each(STATES)("96 a time is for a deprecation only: %s", (state) => {
    const change = { key, state, amis: false, at: "2030-01-31T12:00:00Z" };
    expect(imageStateChangeSchema.safeParse(change).success).toBe(state === "DEPRECATED");
  });
});

describe("97 the name of a disk file", () => {
  it.each([
    ["s3://media/w11.ISO", false],
    ["s3://media/w11.iso", true],
    ["s3://media/w11.Iso", true],
    ["s3://media/w11.img", false],
    [undefined, false],
  ])("97 %s: a warning %s", (uri, isDoubted) => {
    expect(isoEndingDoubt(uri) !== undefined).toBe(isDoubted);
  });
});

describe("101 dry runs", () => {
  it.each(Object.entries(CREATES))("101 %s has them and creates nothing", async (operation, request) => {
    const name = `dry ${operation}`;
    const dry = () => send(operation, { ...request, name, dryRun: true });
    expect(await dry()).toMatchObject({
      code: "DryRunOperationException",
      message: "Request would have succeeded, but dryRun flag is set.",
    });
    expect((await send(operation, { ...request, name })).code).toBeUndefined();
    // A dry run is refused as the call itself would be.
    expect((await dry()).code).toBe("ResourceAlreadyExistsException");
    expect((await send(operation, { ...request, name: "x", dryRun: true })).code).not.toBe(
      "DryRunOperationException",
    );
  });
  it("101 CreateImage has none: the member is unknown, and the build starts", async () => {
    const { code, body } = await send("CreateImage", {
      imageRecipeArn: own("image-recipe/base/1.0.0"),
      infrastructureConfigurationArn: own("infrastructure-configuration/base"),
      dryRun: true,
    });
    expect(code).toBeUndefined();
    expect(arnIn(body)).toContain(":image/base/1.0.0/");
  });
  it("101 updates have none", async () => {
    const { code } = await send("UpdateInfrastructureConfiguration", {
      infrastructureConfigurationArn: own("infrastructure-configuration/base"),
      instanceProfileName: "EC2InstanceProfileForImageBuilder",
      description: "changed",
      dryRun: true,
    });
    expect(code).toBeUndefined();
  });
});
