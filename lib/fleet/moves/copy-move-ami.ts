import "server-only";
import { CopyImageCommand } from "@aws-sdk/client-ec2";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { amiNameOf } from "./create-move-ami";
import { isLost } from "./judge-move";
import { nextAttempt, updateMove } from "./move-rows";
import { madeOnce, openMoveStep } from "./open-move";
import { findImage } from "./read-moved-instance";
import { moveKeySchema } from "./schemas";

/**
 * Begins the copy of a move's AMI in the Region it goes to, encrypted with the key that was chosen, and returns its ID.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html
 */
export const copyMoveAmi = useCase(
  "copy-move-ami",
  moveKeySchema,
  async ({ ctx, input: { id } }): Promise<{ amiId: string }> => {
    const { stored, view } = await openMoveStep(ctx, "copy-move-ami", id, "copy");
    const move = isLost(view.copy?.state) ? await nextAttempt(ctx, id, "copy", stored.copyAttempt) : stored;
    const { region, instanceId, destination, amiId, copyAttempt } = move;
    const { region: to, keyId } = destination;
    const name = `${amiNameOf(move)}${copyAttempt > 1 ? `-copy-${copyAttempt}` : ""}`;
    const write = { resource: instanceId, input: { id, region, amiId, to, name, ...(keyId && { keyId }) } };
    return recordWrite(ctx, "copy-move-ami", write, async () => {
      const there = ctx.aws.inRegion(to);
      const copyId = await madeOnce(
        async () => (await findImage(there, { name: "name", value: name }))?.ImageId,
        async () => {
          const command = new CopyImageCommand({
            SourceImageId: amiId ?? "",
            SourceRegion: region,
            Name: name,
            ClientToken: `${id}-${copyAttempt}`,
            ...(keyId && { Encrypted: true, KmsKeyId: keyId }),
          });
          return (await there.ec2.write(command)).ImageId;
        },
      );
      await updateMove(ctx, id, { copyId, madeAt: new Date(ctx.clock.now()) });
      return { value: { amiId: copyId }, after: { copyId } };
    });
  },
);
