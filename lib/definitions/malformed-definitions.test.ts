import { describe, expect, it } from "vitest";
import { imageImportSchema } from "@/lib/image-builder/image-imports/schemas";
import {
  describeMalformed,
  long,
  MALFORMED_NAMES,
  type Malformed,
  SCRIPT,
  TEN_MEGABYTES,
  tags,
  texts,
  UNICODE,
} from "@/lib/testing/malformed-form";
import { importComponentSchema } from "./import-component-schema";
import { containerRecipeSchema, imageRecipeSchema } from "./recipe-schemas";
import type { JsonObject } from "./types";
import { buildWorkflowSchema } from "./workflow-schemas";

const COMPONENT = "arn:aws:imagebuilder:us-east-1:aws:component/update-linux/x.x.x";
const PARAMETER = { name: "Port", value: ["80"] };

const VERSIONS: Malformed[] = [
  ["no version", "semanticVersion", ""],
  ["a version of two numbers", "semanticVersion", "1.0"],
  ["a version of four numbers", "semanticVersion", "1.0.0.0"],
  ["a version with a v", "semanticVersion", "v1.0.0"],
  ["a version with spaces around it", "semanticVersion", " 1.0.0 "],
  ["a version below nought", "semanticVersion", "1.-1.0"],
  ["a version beyond 2^30 - 1", "semanticVersion", "1073741824.0.0"],
  ["10 MB as a version", "semanticVersion", TEN_MEGABYTES],
  ["a script as a version", "semanticVersion", SCRIPT],
];

const COMPONENTS: Malformed[] = [
  ["a component by its name", "components.0.componentArn", "update-linux"],
  ["a component of a two-part version", "components.0.componentArn", COMPONENT.replace("x.x.x", "1.0")],
  ["a recipe for a component", "components.0.componentArn", COMPONENT.replace("component/", "image-recipe/")],
  ["10 MB as a component", "components.0.componentArn", TEN_MEGABYTES],
  [
    "a component twice",
    "components",
    [{ componentArn: COMPONENT }, { componentArn: COMPONENT }],
    "components.1.componentArn",
  ],
  [
    "a parameter without a name",
    "components.0.parameters",
    [{ ...PARAMETER, name: "" }],
    "components.0.parameters.0.name",
  ],
  [
    "a parameter's name of 257 characters",
    "components.0.parameters",
    [{ ...PARAMETER, name: long(257) }],
    "components.0.parameters.0.name",
  ],
  [
    "a parameter's value with a NUL character",
    "components.0.parameters",
    [{ ...PARAMETER, value: ["a\0b"] }],
    "components.0.parameters.0.value.0",
  ],
];

const volumesAt = (list: string): Malformed[] => [
  ["a volume of no size", `${list}.0.ebs.volumeSize`, 0],
  ["a volume of 16,001 GiB", `${list}.0.ebs.volumeSize`, 16_001],
  ["a size in words", `${list}.0.ebs.volumeSize`, "big"],
  ["a half GiB", `${list}.0.ebs.volumeSize`, 8.5],
  ["a kind of volume there is none of", `${list}.0.ebs.volumeType`, "gp9"],
  ["io2 without IOPS", `${list}.0.ebs.volumeType`, "io2", `${list}.0.ebs.iops`],
  ["64,001 IOPS", `${list}.0.ebs.iops`, 64_001],
  [
    "a throughput for gp2",
    `${list}.0.ebs`,
    { volumeType: "gp2", throughput: 250 },
    `${list}.0.ebs.throughput`,
  ],
  ["10 MB as a device", `${list}.0.deviceName`, TEN_MEGABYTES],
  [
    "a key for a volume in clear",
    `${list}.0.ebs`,
    { encrypted: false, kmsKeyId: "alias/web" },
    `${list}.0.ebs.kmsKeyId`,
  ],
];

const IMAGE_RECIPE: JsonObject = {
  name: "web",
  semanticVersion: "1.0.0",
  parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
  components: [{ componentArn: COMPONENT }],
  blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 30, volumeType: "gp3" } }],
};
const IMAGE_RECIPE_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
  ...VERSIONS,
  ...COMPONENTS,
  ...volumesAt("blockDeviceMappings"),
  ["two numbers for AWS to choose", "semanticVersion", "1.x.x"],
  ["three numbers for AWS to choose", "semanticVersion", "x.x.x"],
  ["an AMI tag of Image Builder's own", "amiTags", { CreatedBy: "me" }],
  [
    "components of more than 25 KB",
    "components",
    [{ componentArn: COMPONENT, parameters: [{ name: "Port", value: texts(26, long(1024)) }] }],
  ],
  ["no base image", "parentImage", ""],
  ["an EC2 image ARN", "parentImage", "arn:aws:ec2:us-east-1::image/ami-0123456789abcdef0"],
  ["a base image with spaces", "parentImage", "Amazon Linux 2023"],
  ["a script as a base image", "parentImage", SCRIPT],
  ["10 MB as a base image", "parentImage", TEN_MEGABYTES],
  ["10 MB as a working directory", "workingDirectory", TEN_MEGABYTES],
  ["user data as plain text", "additionalInstanceConfiguration.userDataOverride", "#!/bin/sh"],
  ["user data of 21,848 characters", "additionalInstanceConfiguration.userDataOverride", long(21_848)],
  ["500 AMI tags", "amiTags", tags(500)],
];

const CONTAINER_RECIPE: JsonObject = {
  containerType: "DOCKER",
  name: "web",
  semanticVersion: "1.0.0",
  parentImage: "public.ecr.aws/amazonlinux/amazonlinux:2023",
  components: [{ componentArn: COMPONENT }],
  targetRepository: { service: "ECR", repositoryName: "web" },
  dockerfileTemplateData:
    "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:environments }}}\n{{{ imagebuilder:components }}}\n",
  instanceConfiguration: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 30 } }] },
};
const CONTAINER_RECIPE_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
  ...VERSIONS,
  ...COMPONENTS,
  ...volumesAt("instanceConfiguration.blockDeviceMappings"),
  ["two numbers for AWS to choose", "semanticVersion", "x.x.0"],
  ["a Dockerfile without the base image", "dockerfileTemplateData", "FROM ubuntu\n"],
  [
    "a Dockerfile that does not run the components",
    "dockerfileTemplateData",
    "FROM {{{imagebuilder:parentImage}}}",
  ],
  [
    "a Dockerfile in the wrong order",
    "dockerfileTemplateData",
    "FROM {{{ imagebuilder:parentImage }}}\n{{{ imagebuilder:components }}}\n{{{ imagebuilder:environments }}}\n",
  ],
  ["macOS", "platformOverride", "macOS"],
  ["Windows without its OS version", "platformOverride", "Windows", "imageOsVersionOverride"],
  [
    "a component of AWS Marketplace",
    "components.0.componentArn",
    COMPONENT.replace(":aws:component", ":aws-marketplace:component"),
  ],
  ["no base image", "parentImage", ""],
  ["a base image with spaces", "parentImage", "amazon linux"],
  ["10 MB as a base image", "parentImage", TEN_MEGABYTES],
  ["no repository", "targetRepository.repositoryName", ""],
  ["10 MB as a repository", "targetRepository.repositoryName", TEN_MEGABYTES],
  ["no Dockerfile at all", "dockerfileTemplateData", ""],
  ["a Dockerfile of 16,001 characters", "dockerfileTemplateData", long(16_001)],
  ["a Dockerfile of 10 MB", "dockerfileTemplateData", TEN_MEGABYTES],
  ["a Dockerfile with a NUL character", "dockerfileTemplateData", "FROM a\0b"],
  ["a web address in place of S3's", "dockerfileTemplateUri", "https://bucket.s3.amazonaws.com/key"],
  ["a platform there is none of", "platformOverride", "linux"],
  ["an OS version of 10 MB", "imageOsVersionOverride", TEN_MEGABYTES],
];

const TEXTS: Malformed[] = [
  ["no document", "data", ""],
  ["a document with a NUL character", "data", "name: a\0b"],
  ["a document of 10 MB", "data", TEN_MEGABYTES],
  ["a change description of 1,025 characters", "changeDescription", long(1025)],
  ["a key of 10 MB", "kmsKeyId", TEN_MEGABYTES],
  ["an S3 address without a key", "uri", "s3://bucket"],
  ["a web address in place of S3's", "uri", "https://bucket.s3.amazonaws.com/key"],
  ["a script as an address", "uri", SCRIPT],
];

const WORKFLOW: JsonObject = {
  name: "web",
  semanticVersion: "1.0.0",
  type: "BUILD",
  data: "name: web\nschemaVersion: 1.0\nsteps:\n  - name: Wait\n    action: WaitForAction\n",
};
const WORKFLOW_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
  ...VERSIONS,
  ...TEXTS,
  ["a wildcard version", "semanticVersion", "1.0.x"],
  ["no type", "type", ""],
  ["a type there is none of", "type", "DEPLOY"],
  ["a document of 16,001 characters", "data", long(16_001)],
];

const SCRIPT_IMPORT: JsonObject = {
  name: "web",
  semanticVersion: "1.0.0",
  type: "BUILD",
  format: "SHELL",
  platform: "Linux",
  data: "echo hello",
};
const SCRIPT_IMPORT_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
  ...VERSIONS,
  ...TEXTS,
  ["a wildcard version", "semanticVersion", "1.0.x"],
  ["a type there is none of", "type", "DISTRIBUTION"],
  ["a format there is none of", "format", "POWERSHELL"],
  ["no platform", "platform", ""],
  ["a platform of other scripts", "platform", UNICODE],
  ["a script of 1,025 characters", "data", long(1025)],
];

const IMAGE_IMPORT: JsonObject = {
  from: "vm",
  name: "old server",
  semanticVersion: "1.0.0",
  platform: "Linux",
  vmImportTaskId: "import-ami-0123456789abcdef0",
};
const IMAGE_IMPORT_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
  ...VERSIONS,
  ["a wildcard version", "semanticVersion", "1.0.x"],
  ["no source", "from", ""],
  ["no platform", "platform", ""],
  ["no import task", "vmImportTaskId", ""],
  ["an AMI for a task", "vmImportTaskId", "ami-0123456789abcdef0"],
  ["10 MB as a task", "vmImportTaskId", TEN_MEGABYTES],
  ["a script as a task", "vmImportTaskId", SCRIPT],
  ["a disk file and no address", "from", "iso", "uri"],
  ["10 MB as an OS version", "osVersion", TEN_MEGABYTES],
];

describeMalformed("image import", imageImportSchema, IMAGE_IMPORT, IMAGE_IMPORT_CASES);
describeMalformed("image recipe", imageRecipeSchema, IMAGE_RECIPE, IMAGE_RECIPE_CASES);
describeMalformed("container recipe", containerRecipeSchema, CONTAINER_RECIPE, CONTAINER_RECIPE_CASES);
describeMalformed("workflow", buildWorkflowSchema, WORKFLOW, WORKFLOW_CASES);
describeMalformed("script import", importComponentSchema, SCRIPT_IMPORT, SCRIPT_IMPORT_CASES);

describe("a recipe's version", () => {
  it.each(["1.2.3", "1.0.x", "1.x.0", "x.0.0", "2021.01.01"])("may be %s", (semanticVersion) => {
    for (const [schema, good] of [
      [imageRecipeSchema, IMAGE_RECIPE],
      [containerRecipeSchema, CONTAINER_RECIPE],
    ] as const)
      expect(schema.safeParse({ ...good, semanticVersion }).error).toBeUndefined();
  });
});

it("a container on an image of Image Builder takes no platform", () => {
  const onImage = {
    ...CONTAINER_RECIPE,
    parentImage: "arn:aws:imagebuilder:us-east-1:aws:image/amazon-linux-2023-x86/x.x.x",
  };
  expect(containerRecipeSchema.safeParse(onImage).error).toBeUndefined();
  expect(
    containerRecipeSchema.safeParse({ ...onImage, platformOverride: "Linux" }).error?.issues,
  ).toMatchObject([{ path: ["platformOverride"] }]);
});
