import { nameInArn, parseImageBuilderArn } from "@/lib/core/arn";
import { modelWorkflow, workflowField } from "@/lib/workflow-document/workflow-model";
import type { PreflightCheck } from "./types";

/** In AWS's words: "Build workflow must have output named ImageId to build AMI." */
const BUILDS_AMI = "ImageId";

/** A workflow of a pipeline: its document where it could be read, and the parameters that have a value. */
export type UsedWorkflow = { arn: string; data?: string; given: string[] };

/**
 * Parameters without a default that have no value, outputs that two workflows define, and a BUILD workflow that does
 * not hand on the AMI that it makes: of a container recipe AWS says nothing like it.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/image-workflow-create-document.html
 */
export function judgeWorkflows(
  workflows: readonly UsedWorkflow[],
  recipeKind?: "image-recipe" | "container-recipe",
): PreflightCheck[] {
  if (workflows.length === 0) return [];
  const evidence: string[] = [];
  const definedBy = new Map<string, string>();
  for (const { arn, data, given } of workflows) {
    if (data === undefined) continue;
    const name = nameInArn(arn);
    const { parameters, outputs } = modelWorkflow(data);
    for (const parameter of parameters)
      if (parameter.name && !workflowField(parameter.fields, "default") && !given.includes(parameter.name))
        evidence.push(`${name} has no value for its parameter ${parameter.name}.`);
    const isBuild = parseImageBuilderArn(arn)?.workflowType === "build";
    if (recipeKind === "image-recipe" && isBuild && !outputs.some((output) => output.name === BUILDS_AMI))
      evidence.push(`${name} builds the AMI and has no output ${BUILDS_AMI}.`);
    for (const output of outputs) {
      if (!output.name) continue;
      const other = definedBy.get(output.name);
      if (other) evidence.push(`${other} and ${name} both define the output ${output.name}.`);
      definedBy.set(output.name, name);
    }
  }
  const base = { id: "workflows", step: "details" as const };
  if (evidence.length > 0)
    return [
      {
        ...base,
        state: "problem",
        title: "AWS rejects the pipeline with these workflows",
        evidence,
        fix: `Enter a value for each parameter without a default, use each output name once, and name the AMI of a BUILD workflow ${BUILDS_AMI}.`,
      },
    ];
  const unread = workflows.filter(({ data }) => data === undefined).map(({ arn }) => nameInArn(arn));
  if (unread.length > 0)
    return [
      {
        ...base,
        state: "unknown",
        title: "The parameters of some workflows are not known",
        evidence: [`Without a document: ${unread.join(", ")}.`],
      },
    ];
  return [{ ...base, state: "ok", title: "The workflows have their parameters", evidence: [] }];
}
