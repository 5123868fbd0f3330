import "server-only";
import { CreateImageCommand } from "@aws-sdk/client-ec2";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { isLost } from "./judge-move";
import { nextAttempt, type StoredMove, updateMove } from "./move-rows";
import { madeOnce, openMoveStep } from "./open-move";
import { findImage } from "./read-moved-instance";
import { moveKeySchema } from "./schemas";

/** Names of AMIs are unique in an account and Region: the name says whose attempt it was. */
export const amiNameOf = ({ instanceId, id, amiAttempt }: StoredMove): string =>
  `move-${instanceId}-${id.slice(0, 8)}${amiAttempt > 1 ? `-${amiAttempt}` : ""}`;

/**
 * Begins the AMI of an instance that is moved, with the reboot that was chosen, and returns its ID. CreateImage takes no
 * client token: what its name finds is not made again.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html
 */
export const createMoveAmi = useCase(
  "create-move-ami",
  moveKeySchema,
  async ({ ctx, input: { id } }): Promise<{ amiId: string }> => {
    const { stored, view } = await openMoveStep(ctx, "create-move-ami", id, "ami");
    const move = isLost(view.ami?.state) ? await nextAttempt(ctx, id, "ami", stored.amiAttempt) : stored;
    const { region, instanceId, reboot } = move;
    const name = amiNameOf(move);
    const write = { resource: instanceId, input: { id, region, instanceId, name, reboot } };
    return recordWrite(ctx, "create-move-ami", write, async () => {
      const here = ctx.aws.inRegion(region);
      const amiId = await madeOnce(
        async () => (await findImage(here, { name: "name", value: name }))?.ImageId,
        async () => {
          const command = new CreateImageCommand({ InstanceId: instanceId, Name: name, NoReboot: !reboot });
          return (await here.ec2.write(command)).ImageId;
        },
      );
      await updateMove(ctx, id, { amiId, madeAt: new Date(ctx.clock.now()) });
      return { value: { amiId }, after: { amiId } };
    });
  },
);
