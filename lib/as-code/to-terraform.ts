import type { CodeKind, CodeResource } from "./types";
import { inWordsOf, type Naming, type Setting, sayLeft } from "./words-of-tool";

const TYPES: Record<CodeKind, string> = {
  component: "aws_imagebuilder_component",
  "image-recipe": "aws_imagebuilder_image_recipe",
  "container-recipe": "aws_imagebuilder_container_recipe",
  "infrastructure-configuration": "aws_imagebuilder_infrastructure_configuration",
  "distribution-configuration": "aws_imagebuilder_distribution_configuration",
  "image-pipeline": "aws_imagebuilder_image_pipeline",
  "lifecycle-policy": "aws_imagebuilder_lifecycle_policy",
  workflow: "aws_imagebuilder_workflow",
};

/**
 * Where the provider's names are neither the request's in snake case nor its singular.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image_recipe
 */
const RENAMED: Record<string, string> = {
  semanticVersion: "version",
  setDefaultVersion: "default",
  userDataOverride: "user_data_base64",
};

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Of a list of blocks each is called by the singular. */
const NAMING: Naming = {
  tool: "terraform",
  candidates: (member) =>
    [RENAMED[member], snake(member), snake(member).replace(/s$/, "")].filter((name) => name !== undefined),
  flattened: ["additionalInstanceConfiguration"],
};

const label = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[^a-z_]/, "_$&");

/** `${` and `%{` begin a template in HCL, so they are doubled. */
const quote = (text: string) => JSON.stringify(text).replace(/[$%]\{/g, (mark) => `${mark[0]}${mark}`);

type Names = Map<string, string>;
type Lines = string[];

function scalar(value: unknown, names: Names): string {
  if (typeof value !== "string") return String(value);
  const reference = names.get(value);
  return reference ? `${reference}.arn` : quote(value);
}

const text = (value: unknown, names: Names): string =>
  Array.isArray(value) ? `[${value.map((item) => scalar(item, names)).join(", ")}]` : scalar(value, names);

const body = (settings: Setting[], names: Names, indent: string): Lines =>
  settings.flatMap(({ name, value, holds }) => {
    if (holds === "structure") return block(name, value as Setting[], names, indent);
    if (holds === "structures")
      return (value as Setting[][]).flatMap((item) => block(name, item, names, indent));
    if (holds === "keys")
      return [
        `${indent}${name} = {`,
        ...Object.entries(value as object).map(
          ([key, one]) => `${indent}  ${quote(key)} = ${quote(String(one))}`,
        ),
        `${indent}}`,
      ];
    return [`${indent}${name} = ${text(value, names)}`];
  });

const block = (name: string, settings: Setting[], names: Names, indent: string): Lines => [
  `${indent}${name} {`,
  ...body(settings, names, `${indent}  `),
  `${indent}}`,
];

function resourceNames(resources: CodeResource[]): Names {
  const used = new Set<string>();
  return new Map(
    resources.map(({ kind, arn, input }) => {
      const base = `${TYPES[kind]}.${label(input.name)}`;
      let name = base;
      for (let number = 2; used.has(name); number += 1) name = `${base}-${number}`;
      used.add(name);
      return [arn, name];
    }),
  );
}

/** A recipe that is replaced takes its pipeline with it: AWS deletes no recipe that a pipeline still names. */
function lifecycleOf({ kind, input }: CodeResource, names: Names): Lines {
  if (kind !== "image-pipeline") return [];
  const recipe = names.get(input.imageRecipeArn ?? input.containerRecipeArn ?? "");
  return recipe ? ["  lifecycle {", `    replace_triggered_by = [${recipe}]`, "  }"] : [];
}

/**
 * These resources for Terraform's AWS provider; what one of them makes, another refers to. What the provider
 * cannot say stands in a comment above.
 */
export function toTerraform(resources: CodeResource[]): string {
  const names = resourceNames(resources);
  const said = resources.map((resource) => ({ resource, ...inWordsOf(resource, NAMING) }));
  const blocks = said.map(({ resource, settings }) => {
    const [type, name] = (names.get(resource.arn) ?? "").split(".");
    return [
      `resource "${type}" "${name}" {`,
      ...body(settings, names, "  "),
      ...lifecycleOf(resource, names),
      "}",
    ].join("\n");
  });
  const left = said.flatMap((one) => one.left);
  return `${sayLeft("Terraform's AWS provider", NAMING.tool, left)}${blocks.join("\n\n")}\n`;
}
