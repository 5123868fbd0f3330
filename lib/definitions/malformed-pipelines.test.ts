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
import { buildComponentSchema } from "./component-schemas";
import { pipelineSchema } from "./pipeline-schemas";
import type { JsonObject } from "./types";

const HEAD = "arn:aws:imagebuilder:us-east-1:111111111111";
const RECIPE = `${HEAD}:image-recipe/web/1.0.0`;
const SCHEDULE = "schedule.scheduleExpression";
const FAILURES = "schedule.autoDisablePolicy.failureCount";

const workflows = (type: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({ workflowArn: `${HEAD}:workflow/${type}/own-${at}/1.0.0` }));

const PIPELINE: JsonObject = {
  name: "web",
  imageRecipeArn: RECIPE,
  infrastructureConfigurationArn: `${HEAD}:infrastructure-configuration/web`,
  schedule: { scheduleExpression: "cron(0 3 * * ? *)", timezone: "Europe/Berlin" },
  workflows: [{ workflowArn: "arn:aws:imagebuilder:us-east-1:aws:workflow/build/build-image/x.x.x" }],
  executionRole: "ImageBuilderWorkflowExecutionRole",
};
const PIPELINE_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
  ["no recipe", "imageRecipeArn", undefined],
  ["a recipe's name for its ARN", "imageRecipeArn", "web"],
  ["a container recipe for an image's", "imageRecipeArn", `${HEAD}:container-recipe/web/1.0.0`],
  ["10 MB as a recipe", "imageRecipeArn", TEN_MEGABYTES],
  ["recipes of both kinds", "containerRecipeArn", `${HEAD}:container-recipe/web/1.0.0`, "imageRecipeArn"],
  ["no infrastructure", "infrastructureConfigurationArn", ""],
  ["a script as infrastructure", "infrastructureConfigurationArn", SCRIPT],
  [
    "infrastructure for distribution",
    "distributionConfigurationArn",
    `${HEAD}:infrastructure-configuration/w`,
  ],
  ["a schedule of four fields", SCHEDULE, "cron(0 3 * *)"],
  ["a schedule with both days", SCHEDULE, "cron(0 3 1 * MON *)"],
  ["a schedule in words", SCHEDULE, "every night"],
  ["a schedule in other scripts", SCHEDULE, UNICODE],
  ["10 MB as a schedule", SCHEDULE, TEN_MEGABYTES],
  ["no time of a schedule", SCHEDULE, ""],
  ["a zone there is none of", "schedule.timezone", "Europe/Atlantis"],
  ["10 MB as a zone", "schedule.timezone", TEN_MEGABYTES],
  ["no failures before it is disabled", FAILURES, 0],
  ["11 failures before it is disabled", FAILURES, 11],
  ["half a failure", FAILURES, 1.5],
  ["a test timeout of 59 minutes", "imageTestsConfiguration.timeoutMinutes", 59],
  ["a test timeout in words", "imageTestsConfiguration.timeoutMinutes", "an hour"],
  ["a status there is none of", "status", "PAUSED"],
  ["a workflow's name for its ARN", "workflows.0.workflowArn", "build-image"],
  ["a group of a build workflow", "workflows.0.parallelGroup", "group-1"],
  ["going on when the build workflow fails", "workflows.0.onFailure", "CONTINUE"],
  ["two build workflows", "workflows", workflows("build", 2), "workflows.1.workflowArn"],
  ["two distribution workflows", "workflows", workflows("distribution", 2), "workflows.1.workflowArn"],
  ["eleven workflows", "workflows", workflows("test", 11)],
  ["a group with a space", "workflows.0.parallelGroup", "group 1"],
  ["a parameter without a name", "workflows.0.parameters", [{ name: "", value: ["x"] }]],
  ["custom workflows and no role", "executionRole", undefined],
  ["a role of other scripts", "executionRole", UNICODE],
  ["a log group with a space", "loggingConfiguration.imageLogGroupName", "/aws/imagebuilder/my web"],
  ["a log group of 513 characters", "loggingConfiguration.pipelineLogGroupName", long(513)],
  ["500 image tags", "imageTags", tags(500)],
  ["an image tag of AWS's own", "imageTags", { "AWS:team": "x" }],
];

const COMPONENT: JsonObject = {
  name: "web",
  semanticVersion: "1.0.0",
  platform: "Linux",
  data: "schemaVersion: 1.0\nphases:\n  - name: build\n    steps:\n      - name: Restart\n        action: Reboot\n",
};
const COMPONENT_CASES: Malformed[] = [
  ...MALFORMED_NAMES,
  ["no version", "semanticVersion", ""],
  ["a wildcard version", "semanticVersion", "1.0.x"],
  ["a version of two numbers", "semanticVersion", "1.0"],
  ["a version beyond 2^30 - 1", "semanticVersion", "1073741824.0.0"],
  ["10 MB as a version", "semanticVersion", TEN_MEGABYTES],
  ["no platform", "platform", ""],
  ["a platform of other scripts", "platform", UNICODE],
  ["an empty row of OS versions", "supportedOsVersions", [""], "supportedOsVersions.0"],
  ["10 MB as an OS version", "supportedOsVersions.0", TEN_MEGABYTES],
  ["26 OS versions", "supportedOsVersions", texts(26, "Ubuntu")],
  ["no document", "data", ""],
  ["a document of 16,001 characters", "data", long(16_001)],
  ["10 MB as a document", "data", TEN_MEGABYTES],
  ["a NUL character in a document", "data", "a\0b"],
  ["a document given twice", "uri", "s3://bucket/web.yml", "data"],
  ["an address of the web", "uri", "https://example.com/web.yml"],
  ["a bucket without a key", "uri", "s3://bucket"],
  ["a change of 1,025 characters", "changeDescription", long(1025)],
  ["10 MB as a key", "kmsKeyId", TEN_MEGABYTES],
];

describeMalformed("pipeline", pipelineSchema, PIPELINE, PIPELINE_CASES);
describeMalformed("component", buildComponentSchema, COMPONENT, COMPONENT_CASES);
