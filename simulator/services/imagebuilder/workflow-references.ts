import type { WorkflowConfiguration } from "@aws-sdk/client-imagebuilder";
import { parseArn } from "./arns";
import { documentKey } from "./document-facts";
import { invalidCombination, invalidRequest, invalidValue } from "./exceptions";
import type { UsedWorkflow } from "./image-build-row";
import type { WorkflowRow } from "./resource-rows";
import { findWorkflow, type ImageBuilderStore } from "./store";

interface WorkflowSettings {
  workflows?: WorkflowConfiguration[] | undefined;
  executionRole?: string | undefined;
  loggingConfiguration?:
    | { logGroupName?: string; imageLogGroupName?: string; pipelineLogGroupName?: string }
    | undefined;
}

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
  for (const configuration of workflows) checkWorkflow(store, configuration);
}

function checkWorkflow(store: ImageBuilderStore, configuration: WorkflowConfiguration): void {
  const { workflowArn = "", parameters = [], parallelGroup, onFailure } = configuration;
  const arn = parseArn(workflowArn);
  if (arn?.account === "aws" && arn.version !== "x.x.x") {
    invalidRequest("AWS managed workflows must have latest version 'x.x.x'.");
  }
  const workflow = findWorkflow(store, workflowArn);
  if (!workflow) invalidValue("workflowArn", `The workflow '${workflowArn}' does not exist.`);
  if (workflow.type !== "TEST" && (parallelGroup || onFailure)) {
    invalidRequest("'parallelGroup' and 'onFailure' are valid for test workflows only.");
  }
  const unknown = parameters.find(({ name }) => !workflow.parameters?.some((known) => known.name === name));
  if (unknown)
    invalidValue("parameters", `The workflow '${workflowArn}' has no parameter '${unknown.name}'.`);
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
