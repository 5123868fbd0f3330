import { type AbsentMembers, sayLeft, withoutAbsent } from "./absent-members";
import { inReadingOrder } from "./in-reading-order";
import { type CodeKind, type CodeResource, USER_KEYED_MEMBERS } from "./types";

const TYPES: Record<CodeKind, string> = {
  component: "aws_imagebuilder_component",
  "image-recipe": "aws_imagebuilder_image_recipe",
  "container-recipe": "aws_imagebuilder_container_recipe",
  "infrastructure-configuration": "aws_imagebuilder_infrastructure_configuration",
  "distribution-configuration": "aws_imagebuilder_distribution_configuration",
  "image-pipeline": "aws_imagebuilder_image_pipeline",
};

/**
 * Where the provider's names are not the request's in snake case.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image_recipe
 */
const RENAMED: Record<string, string> = {
  semanticVersion: "version",
  components: "component",
  parameters: "parameter",
  blockDeviceMappings: "block_device_mapping",
  distributions: "distribution",
  launchTemplateConfigurations: "launch_template_configuration",
  fastLaunchConfigurations: "fast_launch_configuration",
  ssmParameterConfigurations: "ssm_parameter_configuration",
  setDefaultVersion: "default",
  workflows: "workflow",
  userDataOverride: "user_data_base64",
};

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/imagebuilder_image_pipeline */
const ABSENT: AbsentMembers = {
  "image-recipe": ["amiTags"],
  "container-recipe": ["imageOsVersionOverride"],
  "image-pipeline": ["schedule.autoDisablePolicy", "loggingConfiguration", "imageTags"],
};

/** Members that the provider has one level higher. */
const FLATTENED = new Set(["additionalInstanceConfiguration"]);

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
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

function attribute(name: string, value: unknown, names: Names, indent: string): Lines {
  if (Array.isArray(value))
    return [`${indent}${name} = [${value.map((item) => scalar(item, names)).join(", ")}]`];
  return [`${indent}${name} = ${scalar(value, names)}`];
}

const isBlockList = (value: unknown): value is object[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "object");

function body(input: object, names: Names, indent: string): Lines {
  return inReadingOrder<unknown>({ ...input }).flatMap(([member, value]) => {
    if (value === undefined) return [];
    const name = RENAMED[member] ?? snake(member);
    if (USER_KEYED_MEMBERS.has(member))
      return [
        `${indent}${name} = {`,
        ...Object.entries(value as Record<string, string>).map(
          ([key, text]) => `${indent}  ${quote(key)} = ${quote(text)}`,
        ),
        `${indent}}`,
      ];
    if (FLATTENED.has(member)) return body(value as object, names, indent);
    // The request says it by an empty text.
    if (member === "noDevice") return attribute(name, true, names, indent);
    if (isBlockList(value)) return value.flatMap((item) => block(name, item, names, indent));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return block(name, value, names, indent);
    // The provider takes one text a parameter.
    if (member === "value" && Array.isArray(value)) return attribute(name, value.join(","), names, indent);
    return attribute(name, value, names, indent);
  });
}

const block = (name: string, input: object, names: Names, indent: string): Lines => [
  `${indent}${name} {`,
  ...body(input, names, `${indent}  `),
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
export function toTerraform(all: CodeResource[]): string {
  const { resources, left } = withoutAbsent(all, ABSENT);
  const names = resourceNames(resources);
  return resources
    .map((resource) => {
      const [type, name] = (names.get(resource.arn) ?? "").split(".");
      return [
        `resource "${type}" "${name}" {`,
        ...body(resource.input, names, "  "),
        ...lifecycleOf(resource, names),
        "}",
      ].join("\n");
    })
    .join("\n\n")
    .concat("\n")
    .replace(/^/, () => sayLeft("Terraform's AWS provider", left));
}
