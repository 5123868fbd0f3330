import "server-only";
import { RollbackInstanceRefreshCommand } from "@aws-sdk/client-auto-scaling";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { openStep } from "./open-step";
import { rollOutKeySchema } from "./schemas";

/** Has AWS replace what this refresh started by what the group is set to. */
export const rollBackRollOut = useCase(
  "roll-back-roll-out",
  rollOutKeySchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { aws, stored } = await openStep(ctx, "roll-back-roll-out", id, "rollBack");
    const write = { resource: stored.groupName, input: { id, refreshId: stored.refreshId } };
    return recordWrite(ctx, "roll-back-roll-out", write, async () => {
      const answer = await aws.autoScaling.write(
        new RollbackInstanceRefreshCommand({ AutoScalingGroupName: stored.groupName }),
      );
      return { value: null, awsRequestId: requestIdOf(answer) };
    });
  },
);
