import { z } from "zod";
import { parseImageBuilderArn } from "@/lib/core/arn";
import { isTimeZone } from "@/lib/core/zoned-time";
import { parseSchedule } from "@/lib/schedule/parse-schedule";
import {
  descriptionField,
  imageBuilderArnField,
  patternField,
  resourceNameField,
  roleField,
  SELECTED_BUILD,
  SELECTED_VERSION,
  tagMapField,
  textField,
  tooLong,
  wholeNumberField,
  withoutNul,
} from "./field-schemas";

const logGroupField = (label: string) =>
  patternField(label, /^[a-zA-Z0-9\-_/.]{1,512}$/, "/aws/imagebuilder/name", 512);

/** AWS names neither cron's dialect nor its zones in its model: the schedule room knows both. */
const expressionField = textField("The schedule").superRefine((text, context) => {
  const parsed = parseSchedule(text);
  if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.message });
});

const scheduleSchema = z.object({
  scheduleExpression: expressionField,
  timezone: z
    .string()
    .min(3, "A time zone has at least 3 characters.")
    .max(100, tooLong("A time zone has at most 100 characters."))
    .regex(/[a-zA-Z0-9]{2,}(?:\/[a-zA-Z0-9-_+]+)*/, "A time zone looks like Europe/Berlin.")
    .refine(isTimeZone, "Unknown time zone. Use a name such as Europe/Berlin.")
    .optional(),
  pipelineExecutionStartCondition: z
    .enum(
      ["EXPRESSION_MATCH_ONLY", "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE"],
      "Choose when the schedule starts a build.",
    )
    .optional(),
  autoDisablePolicy: z
    .object({ failureCount: wholeNumberField("Failures before it is disabled", 1, 10) })
    .optional(),
});

/** https://docs.aws.amazon.com/general/latest/gr/imagebuilder.html */
const LONGEST_VALUE = 1024;

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html */
function isPinnedManaged(arn: string): boolean {
  const parsed = parseImageBuilderArn(arn);
  return parsed?.accountId === "aws" && !arn.endsWith("/x.x.x");
}

const pipelineWorkflowSchema = z.object({
  workflowArn: imageBuilderArnField(
    "The workflow",
    `workflow/(?:build|test|distribution)/[a-z0-9-_]+/${SELECTED_BUILD}`,
    "workflow/build/build-image/x.x.x",
  ).refine((arn) => !isPinnedManaged(arn), "Amazon's workflows are always used as x.x.x."),
  parameters: z
    .array(
      z.object({
        name: textField("The parameter's name", 128).pipe(withoutNul("A parameter's name")),
        value: z.array(
          withoutNul("A parameter's value").refine(
            (text) => text.length <= LONGEST_VALUE,
            `A parameter's value has at most ${LONGEST_VALUE.toLocaleString("en")} characters.`,
          ),
        ),
      }),
    )
    .min(1, "Add at least one parameter, or leave the list empty.")
    .optional(),
  parallelGroup: patternField("The group", /^[A-Za-z0-9][A-Za-z0-9-_+#]{0,99}$/, "group-1", 100).optional(),
  onFailure: z.enum(["CONTINUE", "ABORT"], "Choose the on-failure action.").optional(),
});

const MOST_WORKFLOWS = 10;

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-image-workflows.html */
function wrongWorkflows(workflows: z.infer<typeof pipelineWorkflowSchema>[]) {
  const wrong: [path: (string | number)[], message: string][] = [];
  if (workflows.length > MOST_WORKFLOWS)
    wrong.push([["workflows"], `A pipeline has at most ${MOST_WORKFLOWS} workflows.`]);
  const seen = new Set<string>();
  workflows.forEach(({ workflowArn, parallelGroup, onFailure }, index) => {
    const { workflowType = "" } = parseImageBuilderArn(workflowArn) ?? {};
    if (workflowType === "test" || workflowType === "") return;
    const words = workflowType === "build" ? "build" : "distribution";
    if (seen.has(workflowType))
      wrong.push([["workflows", index, "workflowArn"], `A pipeline has at most one ${words} workflow.`]);
    seen.add(workflowType);
    const only = `Only test workflows can have this, not ${words} workflows.`;
    if (parallelGroup) wrong.push([["workflows", index, "parallelGroup"], only]);
    if (onFailure) wrong.push([["workflows", index, "onFailure"], only]);
  });
  return wrong;
}

/** CreateImagePipeline: https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateImagePipeline.html */
export const pipelineSchema = z
  .object({
    name: resourceNameField,
    description: descriptionField.optional(),
    imageRecipeArn: imageBuilderArnField(
      "The image recipe",
      `image-recipe/[a-z0-9-_]+/${SELECTED_VERSION}`,
      "image-recipe/web-base/1.0.0",
    ).optional(),
    containerRecipeArn: imageBuilderArnField(
      "The container recipe",
      `container-recipe/[a-z0-9-_]+/${SELECTED_VERSION}`,
      "container-recipe/base/1.0.0",
    ).optional(),
    infrastructureConfigurationArn: imageBuilderArnField(
      "The infrastructure configuration",
      "infrastructure-configuration/[a-z0-9-_]+",
      "infrastructure-configuration/name",
    ),
    distributionConfigurationArn: imageBuilderArnField(
      "The distribution configuration",
      "distribution-configuration/[a-z0-9-_]+",
      "distribution-configuration/name",
    ).optional(),
    imageTestsConfiguration: z
      .object({
        imageTestsEnabled: z.boolean().optional(),
        timeoutMinutes: wholeNumberField("The test timeout in minutes", 60, 1440).optional(),
      })
      .optional(),
    enhancedImageMetadataEnabled: z.boolean().optional(),
    schedule: scheduleSchema.optional(),
    status: z.enum(["ENABLED", "DISABLED"], "Choose enabled or disabled.").optional(),
    imageScanningConfiguration: z
      .object({
        imageScanningEnabled: z.boolean().optional(),
        ecrConfiguration: z
          .object({
            repositoryName: textField("The scan repository").optional(),
            containerTags: z.array(textField("A container tag")).optional(),
          })
          .optional(),
      })
      .optional(),
    workflows: z.array(pipelineWorkflowSchema).optional(),
    executionRole: roleField.optional(),
    loggingConfiguration: z
      .object({
        imageLogGroupName: logGroupField("The image log group").optional(),
        pipelineLogGroupName: logGroupField("The pipeline log group").optional(),
      })
      .optional(),
    imageTags: tagMapField("Image tags").optional(),
    tags: tagMapField("Tags").optional(),
  })
  .superRefine((pipeline, context) => {
    const refuse = (field: string | (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path: [field].flat(), message });
    if ((pipeline.imageRecipeArn === undefined) === (pipeline.containerRecipeArn === undefined))
      refuse("imageRecipeArn", "A pipeline has one recipe, either for AMIs or for containers.");
    if (pipeline.workflows?.length && !pipeline.executionRole)
      refuse("executionRole", "Custom workflows need an execution role.");
    for (const [field, message] of wrongWorkflows(pipeline.workflows ?? [])) refuse(field, message);
    const logs = pipeline.loggingConfiguration;
    const outside = [logs?.imageLogGroupName, logs?.pipelineLogGroupName].some(
      (group) => group && !group.startsWith("/aws/imagebuilder/"),
    );
    if (outside && !pipeline.executionRole)
      refuse("executionRole", "A log group outside /aws/imagebuilder/ needs an execution role.");
  });

export type PipelineInput = z.infer<typeof pipelineSchema>;
export type ScheduleInput = z.infer<typeof scheduleSchema>;

export const runPipelineSchema = z.object({ name: resourceNameField });

export const setPipelineStatusSchema = z.object({
  name: resourceNameField,
  status: z.enum(["ENABLED", "DISABLED"], "Choose enabled or disabled."),
});
