import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { buildComponentSchema } from "./component-schemas";
import { distributionSchema } from "./distribution-schemas";
import { importComponentSchema } from "./import-component-schema";
import { infrastructureSchema } from "./infrastructure-schemas";
import { lifecyclePolicySchema } from "./lifecycle-schemas";
import { pipelineSchema } from "./pipeline-schemas";
import { containerRecipeSchema, imageRecipeSchema } from "./recipe-schemas";
import { buildWorkflowSchema } from "./workflow-schemas";

// The table that `npm run constraints` reads out of the service's model.
const MODEL = "simulator/wire/constraints.json";

type Shape = {
  type: string;
  members?: Record<string, string | { shape: string }>;
  member?: string | { shape: string };
  required?: string[];
  min?: number;
  max?: number;
  enum?: string[];
};
type Path = (string | number)[];
type Probe = { path: Path; value: unknown; why: string };

/** Set by the console itself, or offered as an action of its own rather than as a field. */
const NOT_A_FIELD = new Set(["clientToken", "dryRun"]);

const shapes: Record<string, Shape> = JSON.parse(readFileSync(MODEL, "utf8")).imagebuilder.shapes;
const shapeOf = (reference: string | { shape: string } | undefined): Shape => {
  const found = shapes[typeof reference === "string" ? reference : (reference?.shape ?? "")];
  if (!found) throw new Error(`The model has no shape ${JSON.stringify(reference)}`);
  return found;
};

/** One violating value at each bound of the model, with where it stands. */
function violations(shape: Shape, path: Path): Probe[] {
  const probes: Probe[] = [];
  const add = (value: unknown, why: string) => probes.push({ path, value, why });
  if (shape.type === "string") {
    if (shape.min) add("a".repeat(shape.min - 1), `shorter than ${shape.min}`);
    if (shape.max) add("a".repeat(shape.max + 1), `longer than ${shape.max}`);
    if (shape.enum) add("no-such-value", "outside the enum");
  }
  if (shape.type === "integer") {
    if (shape.min !== undefined) add(shape.min - 1, `below ${shape.min}`);
    if (shape.max !== undefined) add(shape.max + 1, `above ${shape.max}`);
  }
  if (shape.type === "map" && shape.max)
    add(
      Object.fromEntries(Array.from({ length: shape.max + 1 }, (_, n) => [`k${n}`, "v"])),
      `more than ${shape.max} pairs`,
    );
  if (shape.type === "list") {
    if (shape.min) add([], `fewer than ${shape.min}`);
    probes.push(...violations(shapeOf(shape.member), [...path, 0]));
  }
  if (shape.type === "structure")
    for (const [name, reference] of Object.entries(shape.members ?? {}))
      if (!NOT_A_FIELD.has(name)) probes.push(...violations(shapeOf(reference), [...path, name]));
  return probes;
}

/** The smallest input in which `value` stands at `path`. */
function inputWith(path: Path, value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  return typeof head === "number" ? [inputWith(rest, value)] : { [head]: inputWith(rest, value) };
}

const issueAt = (schema: z.ZodType, path: Path, value: unknown) => {
  const result = schema.safeParse(inputWith(path, value));
  return result.error?.issues.some((issue) => {
    // A pair of a map is named by its key, one level below the map itself.
    return path.every((part, index) => issue.path[index] === part);
  });
};

const FORMS: [string, z.ZodType, string][] = [
  ["image recipe", imageRecipeSchema, "CreateImageRecipeRequest"],
  ["container recipe", containerRecipeSchema, "CreateContainerRecipeRequest"],
  ["infrastructure", infrastructureSchema, "CreateInfrastructureConfigurationRequest"],
  ["distribution", distributionSchema, "CreateDistributionConfigurationRequest"],
  ["component", buildComponentSchema, "CreateComponentRequest"],
  ["import of a script", importComponentSchema, "ImportComponentRequest"],
  ["pipeline", pipelineSchema, "CreateImagePipelineRequest"],
  ["lifecycle policy", lifecyclePolicySchema, "CreateLifecyclePolicyRequest"],
  ["workflow", buildWorkflowSchema, "CreateWorkflowRequest"],
];

/** Members that AWS's page has and the models do not yet. */
const NEWER: Record<string, string[]> = {
  // https://docs.aws.amazon.com/imagebuilder/latest/userguide/ami-watermarks.html
  CreateImageRecipeRequest: ["amiWatermarks"],
};

describe("the forms hold the service's own constraints", () => {
  describe.each(FORMS)("%s", (_label, schema, request) => {
    const probes = violations(shapeOf(request), []);

    it("is refused at the field, for each bound of the model", () => {
      const missed = probes
        .filter(({ path, value }) => !issueAt(schema, path, value))
        .map(({ path, why }) => `${path.join(".")} ${why}`);
      expect(missed).toEqual([]);
      expect(probes.length).toBeGreaterThan(5);
    });

    it("names each required member", () => {
      const missing = (shapeOf(request).required ?? []).filter((name) => !NOT_A_FIELD.has(name));
      const named = new Set(schema.safeParse({}).error?.issues.map((issue) => issue.path[0]));
      expect(missing.filter((name) => !named.has(name))).toEqual([]);
    });

    it("has a field for each member of the request and no other", () => {
      const known = [...Object.keys(shapeOf(request).members ?? {}), ...(NEWER[request] ?? [])];
      const members = known.filter((name) => !NOT_A_FIELD.has(name));
      expect(Object.keys((schema as z.ZodObject).shape).sort()).toEqual(members.sort());
    });
  });
});
