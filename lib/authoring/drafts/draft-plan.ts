import type { z } from "zod";
import type { CodeResource } from "@/lib/as-code/types";
import { imageBuilderArn } from "@/lib/core/arn";
import type { Target } from "@/lib/core/target";
import { buildComponentSchema } from "@/lib/definitions/component-schemas";
import { distributionSchema } from "@/lib/definitions/distribution-schemas";
import { infrastructureSchema } from "@/lib/definitions/infrastructure-schemas";
import { pipelineSchema } from "@/lib/definitions/pipeline-schemas";
import { containerRecipeSchema, imageRecipeSchema } from "@/lib/definitions/recipe-schemas";
import type { JsonObject } from "@/lib/definitions/types";
import { withoutEmpty } from "@/lib/definitions/without-empty";
import type { DraftContent, WizardStep } from "./types";

/** Where the draft's resources are going to live. */
export type DraftPlace = Pick<Target, "region" | "accountId">;

/** A field's path within its step (`blockDeviceMappings.0.ebs.iops`) and what is wrong with it. */
type FieldErrors = Record<string, string>;

/** A draft is a pipeline with its parts; policies and workflows are made elsewhere. */
type PlannedResource = Exclude<CodeResource, { kind: "lifecycle-policy" | "workflow" }>;

export type DraftPlan =
  | { ok: true; resources: PlannedResource[] }
  | { ok: false; errors: Partial<Record<Exclude<WizardStep, "review">, FieldErrors>> };

/** A draft in which nothing is chosen yet. */
export const emptyDraft = (): DraftContent => ({
  details: { name: "" },
  recipe: {
    use: "image-recipe",
    input: { name: "", semanticVersion: "1.0.0", parentImage: "", components: [] },
  },
  components: [],
  infrastructure: { use: "new", input: { name: "", terminateInstanceOnFailure: true } },
  distribution: { use: "none" },
});

type Issue = { path: PropertyKey[]; message: string };
type Parsed<Value> = { success: true; data: Value } | { success: false; error: { issues: Issue[] } };

/** Checked, and given back whole: a schema would drop the members it does not know. */
function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): Parsed<z.infer<Schema>> {
  const { success, error } = schema.safeParse(value);
  return success ? { success, data: value as z.infer<Schema> } : { success, error };
}

const toFieldErrors = (issues: Issue[], prefix = ""): FieldErrors =>
  Object.fromEntries(
    issues
      .map(({ path, message }) => [[prefix, ...path].filter((part) => part !== "").join("."), message])
      .reverse(),
  );

/** A form leaves empty texts and lists where AWS wants nothing. */
const pruned = ({
  details,
  recipe,
  components,
  infrastructure,
  distribution,
}: DraftContent): DraftContent => ({
  details: withoutEmpty(details as JsonObject),
  recipe:
    "input" in recipe
      ? ({ ...recipe, input: withoutEmpty(recipe.input as JsonObject) } as typeof recipe)
      : recipe,
  components: components.map((component) => withoutEmpty(component as JsonObject)),
  infrastructure:
    infrastructure.use === "new"
      ? { use: "new", input: withoutEmpty(infrastructure.input as JsonObject) }
      : infrastructure,
  distribution:
    distribution.use === "new"
      ? { use: "new", input: withoutEmpty(distribution.input as JsonObject) }
      : distribution,
});

/**
 * What a draft is going to create, in order: components, recipe, infrastructure, distribution, pipeline.
 * Not ok when a field is missing or wrong: then every error stands under its step and field.
 */
export function planDraft(typed: DraftContent, place: DraftPlace): DraftPlan {
  const content = pruned(typed);
  const errors: Partial<Record<Exclude<WizardStep, "review">, FieldErrors>> = {};
  const resources: PlannedResource[] = [];
  const fail = (step: Exclude<WizardStep, "review">, found: FieldErrors) => {
    errors[step] = { ...found, ...errors[step] };
  };
  const take = <Value>(
    step: Exclude<WizardStep, "review">,
    parsed: Parsed<Value>,
    use: (value: Value) => void,
    prefix = "",
  ) => {
    if (parsed.success) use(parsed.data);
    else fail(step, toFieldErrors(parsed.error.issues, prefix));
  };

  content.components.forEach((component, index) => {
    take(
      "recipe",
      checked(buildComponentSchema, component),
      (input) =>
        resources.push({
          kind: "component",
          arn: imageBuilderArn(place, "component", input.name, input.semanticVersion),
          input,
        }),
      `newComponents.${index}`,
    );
  });

  const references: Partial<
    Record<
      | "imageRecipeArn"
      | "containerRecipeArn"
      | "infrastructureConfigurationArn"
      | "distributionConfigurationArn",
      string
    >
  > = {};
  const { recipe, infrastructure, distribution } = content;

  if (recipe.use === "existing") {
    if (recipe.arn)
      references[recipe.kind === "image-recipe" ? "imageRecipeArn" : "containerRecipeArn"] = recipe.arn;
    else fail("recipe", { arn: "Choose a recipe." });
  } else if (recipe.use === "image-recipe") {
    take("recipe", checked(imageRecipeSchema, recipe.input), (input) => {
      references.imageRecipeArn = imageBuilderArn(place, "image-recipe", input.name, input.semanticVersion);
      resources.push({ kind: "image-recipe", arn: references.imageRecipeArn, input });
    });
  } else {
    take("recipe", checked(containerRecipeSchema, recipe.input), (input) => {
      references.containerRecipeArn = imageBuilderArn(
        place,
        "container-recipe",
        input.name,
        input.semanticVersion,
      );
      resources.push({ kind: "container-recipe", arn: references.containerRecipeArn, input });
    });
  }

  if (infrastructure.use === "existing") {
    if (infrastructure.arn) references.infrastructureConfigurationArn = infrastructure.arn;
    else fail("infrastructure", { arn: "Choose an infrastructure configuration." });
  } else {
    take("infrastructure", checked(infrastructureSchema, infrastructure.input), (input) => {
      references.infrastructureConfigurationArn = imageBuilderArn(
        place,
        "infrastructure-configuration",
        input.name,
      );
      resources.push({
        kind: "infrastructure-configuration",
        arn: references.infrastructureConfigurationArn,
        input,
      });
    });
  }

  if (distribution.use === "existing") {
    if (distribution.arn) references.distributionConfigurationArn = distribution.arn;
    else fail("distribution", { arn: "Choose a distribution configuration." });
  } else if (distribution.use === "new") {
    take("distribution", checked(distributionSchema, distribution.input), (input) => {
      references.distributionConfigurationArn = imageBuilderArn(
        place,
        "distribution-configuration",
        input.name,
      );
      resources.push({
        kind: "distribution-configuration",
        arn: references.distributionConfigurationArn,
        input,
      });
    });
  }

  // A part that is wrong has its errors already: the pipeline itself is checked as if it were there.
  const stand = {
    imageRecipeArn: references.containerRecipeArn
      ? undefined
      : imageBuilderArn(place, "image-recipe", "stand-in", "1.0.0"),
    infrastructureConfigurationArn: imageBuilderArn(place, "infrastructure-configuration", "stand-in"),
  };
  take("details", checked(pipelineSchema, { ...stand, ...content.details, ...references }), (input) =>
    resources.push({
      kind: "image-pipeline",
      arn: imageBuilderArn(place, "image-pipeline", input.name),
      input,
    }),
  );

  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, resources };
}
