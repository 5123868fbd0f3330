import "server-only";
import { StopInstancesCommand } from "@aws-sdk/client-ec2";
import { shownActor } from "@/lib/core/actor";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { updateMove } from "./move-rows";
import { openMoveStep } from "./open-move";
import { moveKeySchema } from "./schemas";

/**
 * Stops the old instance once the new one passed its status checks, which ends the move. It is not terminated: its
 * volumes stay, and it can be started again. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StopInstances.html
 */
export const stopMovedInstance = useCase(
  "stop-moved-instance",
  moveKeySchema,
  async ({ ctx, input: { id } }): Promise<null> => {
    const { stored } = await openMoveStep(ctx, "stop-moved-instance", id, "stop");
    const { region, instanceId } = stored;
    const write = { resource: instanceId, input: { id, region, instanceId } };
    return recordWrite(ctx, "stop-moved-instance", write, async () => {
      const { ec2 } = ctx.aws.inRegion(region);
      const answer = await ec2.write(new StopInstancesCommand({ InstanceIds: [instanceId] }));
      const now = new Date(ctx.clock.now());
      await updateMove(ctx, id, { stoppedAt: now, endedAt: now, endedBy: shownActor(ctx.actor) });
      return { value: null, awsRequestId: requestIdOf(answer) };
    });
  },
);
