import "server-only";
import {
  DisableImageDeregistrationProtectionCommand,
  EnableImageDeregistrationProtectionCommand,
} from "@aws-sdk/client-ec2";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { openOwnAmi } from "./open-ami";
import { protectionSchema } from "./schemas";

/** Turns deregistration protection of an AMI on, with or without its cooldown of 24 hours, or off. */
export const protectAmi = useCase(
  "protect-ami",
  protectionSchema,
  async ({ ctx, input: { protection, ...key } }): Promise<null> => {
    const { aws, image } = await openOwnAmi(ctx, "protect-ami", key);
    const write = {
      resource: key.amiId,
      input: { ...key, protection },
      before: { protection: image.DeregistrationProtection },
    };
    return recordWrite(ctx, "protect-ami", write, async () => {
      const ImageId = key.amiId;
      const answer = await (protection === "off"
        ? aws.ec2.write(new DisableImageDeregistrationProtectionCommand({ ImageId }))
        : aws.ec2.write(
            new EnableImageDeregistrationProtectionCommand({
              ImageId,
              WithCooldown: protection === "with-cooldown",
            }),
          ));
      return { value: null, awsRequestId: requestIdOf(answer) };
    });
  },
);
