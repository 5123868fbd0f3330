import "server-only";
import {
  ListComponentBuildVersionsCommand,
  ListWorkflowBuildVersionsCommand,
} from "@aws-sdk/client-imagebuilder";
import { z } from "zod";
import { nameInArn, parseImageBuilderArn } from "@/lib/core/arn";
import type { ResourceKind } from "@/lib/core/resource-names";
import { resourceArnField, resourceKindField } from "@/lib/definitions/schemas";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { RESOURCE_CALLS } from "./resource-calls";

const inputSchema = z.object({ kind: resourceKindField, arn: resourceArnField });

/**
 * Deletes a resource; of a component or workflow version all its builds. AWS refuses what another resource still
 * names (`conflict`): those come first.
 */
export const deleteResource = useCase(
  "delete-resource",
  inputSchema,
  async ({ ctx, input: { kind, arn } }): Promise<null> => {
    const resource = nameInArn(arn);

    return recordWrite(ctx, "delete-resource", { resource, input: { kind, arn } }, async () => {
      const deleted: string[] = [];
      let awsRequestId: string | undefined;
      for (const each of await buildsOf(ctx, kind, arn)) {
        awsRequestId = requestIdOf(await ctx.aws.imageBuilder.write(RESOURCE_CALLS[kind].remove(each)));
        deleted.push(each);
      }
      return { value: null, before: { deleted }, awsRequestId };
    });
  },
);

/** DeleteComponent and DeleteWorkflow take builds, newest first: the version goes with the last of them. */
async function buildsOf({ aws }: UseCaseContext, kind: ResourceKind, arn: string): Promise<string[]> {
  if (parseImageBuilderArn(arn)?.build) return [arn];
  if (kind === "component") {
    const command = new ListComponentBuildVersionsCommand({ componentVersionArn: arn });
    const { componentSummaryList = [] } = await aws.imageBuilder.read(command, { freshForMs: 0 });
    return componentSummaryList.flatMap((build) => build.arn ?? []).reverse();
  }
  if (kind === "workflow") {
    const command = new ListWorkflowBuildVersionsCommand({ workflowVersionArn: arn });
    const { workflowSummaryList = [] } = await aws.imageBuilder.read(command, { freshForMs: 0 });
    return workflowSummaryList.flatMap((build) => build.arn ?? []).reverse();
  }
  return [arn];
}
