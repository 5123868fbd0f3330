import "server-only";
import { CancelInstanceRefreshCommand } from "@aws-sdk/client-auto-scaling";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { openStep } from "./open-step";
import { rollOutKeySchema } from "./schemas";

/** Stops replacing instances once those under way are done; what was replaced stays. Also stops a roll-back. */
export const cancelRollOut = useCase(
  "cancel-roll-out",
  rollOutKeySchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { aws, stored } = await openStep(ctx, "cancel-roll-out", id, "cancel");
    const write = { resource: stored.groupName, input: { id, refreshId: stored.refreshId } };
    return recordWrite(ctx, "cancel-roll-out", write, async () => {
      const answer = await aws.autoScaling.write(
        new CancelInstanceRefreshCommand({ AutoScalingGroupName: stored.groupName }),
      );
      return { value: null, awsRequestId: requestIdOf(answer) };
    });
  },
);
