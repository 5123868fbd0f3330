import { amazons, EXECUTION_ROLE, own, type ResourceRow, times } from "./smallest-requests";

/** Workflows that the pipeline rows name. */
export const WORKFLOWS = {
  "build-own": { type: "BUILD", rest: "outputs:\n  - {name: ImageId, value: a}\n" },
  "build-two": { type: "BUILD", rest: "outputs:\n  - {name: ImageId, value: a}\n" },
  "build-mute": { type: "BUILD", rest: "" },
  "build-other": { type: "BUILD", rest: "outputs:\n  - {name: imageId, value: a}\n" },
  "test-asks": { type: "TEST", rest: "parameters:\n  - {name: team, type: string}\n" },
  "test-names": { type: "TEST", rest: "outputs:\n  - {name: ImageId, value: a}\n" },
  "test-other": { type: "TEST", rest: "outputs:\n  - {name: Other, value: a}\n" },
} as const;
const workflow = (name: keyof typeof WORKFLOWS, more = {}) => ({
  workflowArn: own(`workflow/${WORKFLOWS[name].type.toLowerCase()}/${name}/1.0.0/1`),
  ...more,
});
const managed = (name: string, version = "x.x.x") => ({
  workflowArn: amazons(`workflow/${name}/${version}`),
});
const workflows = (...all: object[]) => ({ workflows: all, executionRole: EXECUTION_ROLE });
const teamed = (value: string) => workflow("test-asks", { parameters: [{ name: "team", value: [value] }] });

const schedule = (scheduleExpression: string, more = {}) => ({ schedule: { scheduleExpression, ...more } });

/** Pipelines with their schedules and workflows. */
export const pipelineRows: Record<string, ResourceRow> = {
  "6 the recipe that a pipeline selects": {
    kind: "image-pipeline",
    valid: ["1.0.0", "1.0.x", "1.x.x", "x.x.x"].map((version) => ({
      imageRecipeArn: own(`image-recipe/base/${version}`),
    })),
    invalid: ["1.x.0", "x.0.0", "x.x.0", "x.0.x"].map((version) => ({
      imageRecipeArn: own(`image-recipe/base/${version}`),
    })),
  },
  "8 Amazon's workflows": {
    kind: "image-pipeline",
    valid: ["test/test-image", "test/express-test-image", "build/express-build-image"].map((name) =>
      workflows(managed(name)),
    ),
    invalid: ["1.0.3/1", "1.0.3", "1.x.x", "1.0.x"].map((version) =>
      workflows(managed("test/test-image", version)),
    ),
  },
  "46 names of outputs over the workflows of a pipeline": {
    kind: "image-pipeline",
    valid: [workflows(workflow("build-own"), workflow("test-other"))],
    invalid: [workflows(workflow("build-own"), workflow("test-names"))],
    beyondForm: "preflight reads the workflows",
  },
  "a BUILD workflow hands on its AMI": {
    kind: "image-pipeline",
    valid: [workflows(workflow("build-own")), workflows(managed("build/build-image"))],
    invalid: [workflows(workflow("build-mute")), workflows(workflow("build-other"))],
    beyondForm: "preflight reads the workflows",
    code: "InvalidParameterValueException",
  },
  "48 how many workflows": {
    kind: "image-pipeline",
    valid: [
      workflows(
        workflow("build-own"),
        ...times(8, () => managed("test/test-image")),
        managed("distribution/distribute-image"),
      ),
    ],
    invalid: [
      workflows(workflow("build-own"), workflow("build-two")),
      workflows(managed("distribution/distribute-image"), managed("distribution/distribute-image")),
      workflows(...times(11, () => managed("test/test-image"))),
    ],
  },
  "49 groups and failures of test workflows": {
    kind: "image-pipeline",
    valid: [
      workflows(workflow("test-other", { parallelGroup: "one" })),
      workflows(workflow("test-other", { onFailure: "CONTINUE" })),
    ],
    invalid: [
      workflows(workflow("build-own", { parallelGroup: "one" })),
      workflows(workflow("build-own", { onFailure: "ABORT" })),
      workflows({ ...managed("distribution/distribute-image"), onFailure: "ABORT" }),
    ],
    code: "InvalidParameterCombinationException",
  },
  "50 workflows need a role": {
    kind: "image-pipeline",
    valid: [workflows(managed("test/test-image"))],
    invalid: [{ workflows: [managed("test/test-image")] }],
  },
  "51 parameters without a default": {
    kind: "image-pipeline",
    valid: [workflows(teamed("core")), workflows(teamed("x".repeat(1024)))],
    invalid: [workflows(workflow("test-asks"))],
    beyondForm: "preflight reads the workflows",
  },
  "51 values of parameters": {
    kind: "image-pipeline",
    valid: [],
    invalid: [workflows(teamed("x".repeat(1025)))],
  },
  "69 six fields": {
    kind: "image-pipeline",
    valid: ["cron(0 10 * * ? *)", "cron(0 10 * * ? 2027)"].map((text) => schedule(text)),
    invalid: [
      "cron(0 10 * * ?)",
      "cron(0 10 * * ? * *)",
      "0 10 * * ? *",
      "cron(0  10 * * ? *)",
      "cron( 0 10 * * ? *)",
    ].map((text) => schedule(text)),
  },
  "70 a day or a weekday": {
    kind: "image-pipeline",
    valid: ["cron(0 9 ? * SUN *)", "cron(0 9 1 * ? *)", "cron(0 9 * * SUN *)"].map((text) => schedule(text)),
    invalid: ["cron(0 9 1 * SUN *)", "cron(0 9 ? * ? *)", "cron(0 9 L * MON-FRI *)"].map((text) =>
      schedule(text),
    ),
  },
  "71 ranges, names and the week of the month": {
    kind: "image-pipeline",
    valid: [
      "cron(0 9 ? * tue#2 *)",
      "cron(0 9 ? * fri-MON *)",
      "cron(50-10/5 9 ? jan,OCT-feb 6#5 *)",
      "cron(0 9 ? * mon/2 *)",
    ].map((text) => schedule(text)),
    invalid: [
      "cron(0 9 ? * tue#6 *)",
      "cron(0 9 ? * tue#0 *)",
      "cron(60 9 * * ? *)",
      "cron(0 24 * * ? *)",
      "cron(0 9 ? * 8 *)",
      "cron(0 9 ? * monday *)",
      "cron(0 9 * 13 ? *)",
    ].map((text) => schedule(text)),
  },
  "72 the last weekday": {
    kind: "image-pipeline",
    valid: ["cron(0 9 ? * sun *)", "cron(0 9 ? * L *)", "cron(0 9 ? * 6L *)"].map((text) => schedule(text)),
    invalid: ["cron(0 9 ? * L-1 *)", "cron(0 9 ? * 2,L *)"].map((text) => schedule(text)),
  },
  "73 rates": {
    kind: "image-pipeline",
    valid: ["rate(1 day)", "rate(2 days)", "rate(1 hour)", "rate(90 minutes)"].map((text) => schedule(text)),
    invalid: ["rate(1 days)", "rate(2 day)", "rate(0 days)", "rate(-1 days)", "rate(1.5 hours)"].map((text) =>
      schedule(text),
    ),
  },
  "74 failures before a pipeline is disabled": {
    kind: "image-pipeline",
    valid: [1, 3, 10].map((failureCount) => schedule("rate(1 day)", { autoDisablePolicy: { failureCount } })),
    invalid: [0, 11, 1.5].map((failureCount) =>
      schedule("rate(1 day)", { autoDisablePolicy: { failureCount } }),
    ),
  },
  "76 log groups of one's own": {
    kind: "image-pipeline",
    valid: [
      { loggingConfiguration: { imageLogGroupName: "/aws/imagebuilder/x" } },
      { loggingConfiguration: { imageLogGroupName: "/corp/x" }, executionRole: EXECUTION_ROLE },
    ],
    invalid: [
      { loggingConfiguration: { imageLogGroupName: "/corp/x" } },
      { loggingConfiguration: { pipelineLogGroupName: "/corp/x" } },
    ],
  },
};
