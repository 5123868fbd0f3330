import "server-only";
import { readResource } from "@/lib/image-builder/resources/read-resource";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { judgeWorkflows, type UsedWorkflow } from "./judge-workflows";
import type { PreflightParts } from "./read-subject";
import type { PreflightCheck } from "./types";

type Configuration = { workflowArn?: string; parameters?: { name?: string }[] };

/** The documents of the workflows that a pipeline names: their parameters have values, their outputs one name each. */
export async function checkWorkflows(ctx: UseCaseContext, parts: PreflightParts): Promise<PreflightCheck[]> {
  const { workflows = [] } = parts.pipeline as { workflows?: Configuration[] };
  const used = await Promise.all(
    workflows
      .filter(({ workflowArn }) => workflowArn)
      .map(async ({ workflowArn = "", parameters = [] }): Promise<UsedWorkflow> => {
        const { data } = await readResource(ctx, "workflow", workflowArn);
        const given = parameters.flatMap(({ name = [] }) => name);
        return { arn: workflowArn, given, ...(typeof data === "string" && { data }) };
      }),
  );
  return judgeWorkflows(used, parts.recipeKind);
}
