import { stringify } from "yaml";
import { capitalize } from "@/lib/core/words";
import type { CodeKind, CodeResource } from "./types";
import { inWordsOf, type Naming, type Setting, sayLeft } from "./words-of-tool";

/** Names of the request that the resource types spell otherwise. */
const RENAMED: Record<string, string> = {
  semanticVersion: "Version",
  launchPermission: "LaunchPermissionConfiguration",
};

const TYPES: Record<CodeKind, string> = {
  component: "AWS::ImageBuilder::Component",
  "image-recipe": "AWS::ImageBuilder::ImageRecipe",
  "container-recipe": "AWS::ImageBuilder::ContainerRecipe",
  "infrastructure-configuration": "AWS::ImageBuilder::InfrastructureConfiguration",
  "distribution-configuration": "AWS::ImageBuilder::DistributionConfiguration",
  "image-pipeline": "AWS::ImageBuilder::ImagePipeline",
  "lifecycle-policy": "AWS::ImageBuilder::LifecyclePolicy",
  workflow: "AWS::ImageBuilder::Workflow",
};

const pascal = (text: string) =>
  text
    .split(/[^A-Za-z0-9]+/)
    .map(capitalize)
    .join("");

/** Logical IDs are letters and digits, and each is used once. */
function logicalIds(resources: CodeResource[]): Map<string, string> {
  const used = new Set<string>();
  return new Map(
    resources.map(({ kind, arn, input }) => {
      const base = `${pascal(input.name)}${pascal(kind)}`.replace(/^[0-9]/, "R$&");
      let id = base;
      for (let number = 2; used.has(id); number += 1) id = `${base}${number}`;
      used.add(id);
      return [arn, id];
    }),
  );
}

const NAMING: Naming = {
  tool: "cloudFormation",
  candidates: (member) => [RENAMED[member], capitalize(member)].filter((name) => name !== undefined),
};

const toProperties = (settings: Setting[], ids: Map<string, string>): Record<string, unknown> =>
  Object.fromEntries(
    settings.map(({ name, value, holds }) => {
      if (holds === "structure") return [name, toProperties(value as Setting[], ids)];
      if (holds === "structures")
        return [name, (value as Setting[][]).map((item) => toProperties(item, ids))];
      return [name, holds === "keys" ? value : referring(value, ids)];
    }),
  );

function referring(value: Setting["value"], ids: Map<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => referring(item as Setting["value"], ids));
  const id = typeof value === "string" ? ids.get(value) : undefined;
  return id ? { Ref: id } : value;
}

/**
 * A CloudFormation template of these resources, in YAML; what one of them makes, another refers to by `Ref`. What
 * the resource types cannot say stands in a comment above it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ImageBuilder.html
 */
export function toCloudFormation(resources: CodeResource[]): string {
  const ids = logicalIds(resources);
  const said = resources.map((resource) => ({ ...resource, ...inWordsOf(resource, NAMING) }));
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Resources: Object.fromEntries(
      said.map(({ kind, arn, settings }) => [
        ids.get(arn),
        { Type: TYPES[kind], Properties: toProperties(settings, ids) },
      ]),
    ),
  };
  const left = said.flatMap((one) => one.left);
  return `${sayLeft("CloudFormation", NAMING.tool, left)}${stringify(template, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
