import { stringify } from "yaml";
import { capitalize } from "@/lib/core/words";
import { type AbsentMembers, sayLeft, withoutAbsent } from "./absent-members";
import { inReadingOrder } from "./in-reading-order";
import { type CodeKind, type CodeResource, USER_KEYED_MEMBERS } from "./types";

/** Names of the request that the resource types spell otherwise. */
const RENAMED: Record<string, string> = {
  semanticVersion: "Version",
  launchPermission: "LaunchPermissionConfiguration",
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-imagebuilder-imagepipeline.html */
const ABSENT: AbsentMembers = {
  "image-pipeline": ["schedule.timezone", "imageTags"],
  "distribution-configuration": ["distributions.*.s3ExportConfiguration"],
};

const TYPES: Record<CodeKind, string> = {
  component: "AWS::ImageBuilder::Component",
  "image-recipe": "AWS::ImageBuilder::ImageRecipe",
  "container-recipe": "AWS::ImageBuilder::ContainerRecipe",
  "infrastructure-configuration": "AWS::ImageBuilder::InfrastructureConfiguration",
  "distribution-configuration": "AWS::ImageBuilder::DistributionConfiguration",
  "image-pipeline": "AWS::ImageBuilder::ImagePipeline",
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

function toProperties(value: unknown, ids: Map<string, string>): unknown {
  if (typeof value === "string") {
    const id = ids.get(value);
    return id ? { Ref: id } : value;
  }
  if (Array.isArray(value)) return value.map((item) => toProperties(item, ids));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    inReadingOrder<unknown>({ ...value }).flatMap(([name, member]) => {
      if (member === undefined) return [];
      const key = RENAMED[name] ?? pascal(name);
      return [[key, USER_KEYED_MEMBERS.has(name) ? member : toProperties(member, ids)]];
    }),
  );
}

/**
 * A CloudFormation template of these resources, in YAML; what one of them makes, another refers to by `Ref`. What
 * the resource types cannot say stands in a comment above it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/AWS_ImageBuilder.html
 */
export function toCloudFormation(all: CodeResource[]): string {
  const { resources, left } = withoutAbsent(all, ABSENT);
  const ids = logicalIds(resources);
  const template = {
    AWSTemplateFormatVersion: "2010-09-09",
    Resources: Object.fromEntries(
      resources.map(({ kind, arn, input }) => [
        ids.get(arn),
        { Type: TYPES[kind], Properties: toProperties(input, ids) },
      ]),
    ),
  };
  const said = left.filter((line) => !line.endsWith(`schedule.timezone = "UTC"`));
  return `${sayLeft("CloudFormation", said)}${stringify(template, { lineWidth: 0, aliasDuplicateObjects: false })}`;
}
