import type { WorkflowConfiguration } from "@aws-sdk/client-imagebuilder";
import { parseArn } from "./arns";
import { documentKey, workflowOutputs } from "./document-facts";
import { invalidCombination, invalidRequest, invalidValue } from "./exceptions";
import type { UsedWorkflow } from "./image-build-row";
import type { WorkflowRow } from "./resource-rows";
import { findWorkflow, type ImageBuilderStore } from "./store";

interface WorkflowSettings {
  imageRecipeArn?: string | undefined;
  workflows?: WorkflowConfiguration[] | undefined;
  executionRole?: string | undefined;
  loggingConfiguration?:
    | { logGroupName?: string; imageLogGroupName?: string; pipelineLogGroupName?: string }
    | undefined;
}

/** https://docs.aws.amazon.com/general/latest/gr/imagebuilder.html */
const LONGEST_VALUE = 1024;
const DEFAULT_LOG_GROUPS = "/aws/imagebuilder/";

/** The rules for workflows, their role and log groups of a pipeline or a single build. */
export function checkWorkflows(store: ImageBuilderStore, settings: WorkflowSettings): void {
  const { workflows = [], executionRole, loggingConfiguration = {} } = settings;
  if (workflows.length > 0 && !executionRole) {
    invalidCombination("You must specify 'executionRole' when you specify 'workflows'.");
  }
  const foreign = Object.values(loggingConfiguration).find(
    (name) => name && !name.startsWith(DEFAULT_LOG_GROUPS),
  );
  if (foreign && !executionRole) {
    invalidCombination(`You must specify 'executionRole' to write to the log group '${foreign}'.`);
  }
  const found = workflows.map((configuration) => checkWorkflow(store, configuration));
  checkTogether(found);
  const mute = found.find(({ type, data }) => type === "BUILD" && !workflowOutputs(data).includes("ImageId"));
  if (settings.imageRecipeArn && mute)
    invalidValue(
      "workflows",
      `Build workflow must have output named ImageId to build AMI. Workflow ARN: ${mute.arn}.`,
    );
}

const MOST_WORKFLOWS = 10;

/**
 * At most ten, one of them for the build and one for the distribution, and no name of an output twice.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/manage-image-workflows.html
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-workflow-create-document.html
 */
function checkTogether(found: readonly WorkflowRow[]): void {
  if (found.length > MOST_WORKFLOWS) invalidRequest(`You can specify at most ${MOST_WORKFLOWS} workflows.`);
  for (const type of ["BUILD", "DISTRIBUTION"]) {
    if (found.filter((workflow) => workflow.type === type).length > 1)
      invalidCombination(`You can specify at most one workflow of type ${type}.`);
  }
  const names = found.flatMap(({ data }) => workflowOutputs(data));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) invalidCombination(`The output '${twice}' is defined by more than one workflow.`);
}

function checkWorkflow(store: ImageBuilderStore, configuration: WorkflowConfiguration): WorkflowRow {
  const { workflowArn = "", parameters = [], parallelGroup, onFailure } = configuration;
  const arn = parseArn(workflowArn);
  if (arn?.account === "aws" && arn.version !== "x.x.x") {
    invalidValue("workflows", `AWS managed workflows must have latest version 'x.x.x' for '${workflowArn}'`);
  }
  const workflow = findWorkflow(store, workflowArn);
  if (!workflow) invalidValue("workflowArn", `The workflow '${workflowArn}' does not exist.`);
  if (workflow.type !== "TEST" && (parallelGroup || onFailure)) {
    invalidCombination("'parallelGroup' and 'onFailure' are valid for test workflows only.");
  }
  const declared = workflow.parameters ?? [];
  const unknown = parameters.find(({ name }) => !declared.some((known) => known.name === name));
  if (unknown)
    invalidValue("parameters", `The workflow '${workflowArn}' has no parameter '${unknown.name}'.`);
  const without = declared.find(
    ({ name, defaultValue }) => !defaultValue && !parameters.some((given) => given.name === name),
  );
  if (without)
    invalidValue(
      "parameters",
      `The workflow '${workflowArn}' requires a value for the parameter '${without.name}'.`,
    );
  const long = parameters.find(({ value = [] }) => value.some((text) => text.length > LONGEST_VALUE));
  if (long) invalidValue("parameters", `The value of '${long.name}' exceeds ${LONGEST_VALUE} characters.`);
  return workflow;
}

/** The workflows of a build as it will run them, texts stored; undefined when the managed ones do. */
export function workflowsInUse(
  store: ImageBuilderStore,
  workflows: readonly WorkflowConfiguration[] | undefined,
): UsedWorkflow[] | undefined {
  if (!workflows?.length) return undefined;
  return workflows.map((configuration) => {
    const workflow = findWorkflow(store, configuration.workflowArn ?? "");
    if (!workflow)
      return invalidValue("workflowArn", `The workflow '${configuration.workflowArn}' does not exist.`);
    const document = documentKey(workflow.data);
    if (!store.documents.has(document)) store.documents.put({ key: document, text: workflow.data });
    return {
      arn: workflow.arn,
      type: workflow.type,
      document,
      parameters: parameterValues(workflow, configuration),
      ...(configuration.parallelGroup && { parallelGroup: configuration.parallelGroup }),
      ...(configuration.onFailure && {
        onFailure: configuration.onFailure === "CONTINUE" ? ("Continue" as const) : ("Abort" as const),
      }),
    };
  });
}

/** The API carries every value as a list of texts; the document says what they are. */
function parameterValues(workflow: WorkflowRow, { parameters = [] }: WorkflowConfiguration) {
  return Object.fromEntries(
    parameters.map(({ name = "", value = [] }) => {
      const type = workflow.parameters?.find((known) => known.name === name)?.type;
      const [first = ""] = value;
      if (type === "stringList") return [name, value];
      if (type === "integer") return [name, Number(first)];
      return [name, type === "boolean" ? first === "true" : first];
    }),
  );
}
