import "server-only";
import { DisableImageDeprecationCommand, EnableImageDeprecationCommand } from "@aws-sdk/client-ec2";
import { ConsoleFailure } from "@/lib/core/failure";
import { MINUTE_MS } from "@/lib/core/time";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { openOwnAmi } from "./open-ami";
import { deprecationSchema } from "./schemas";

/** Hides an AMI from other accounts' lists from a time on, now when none is given; or, with null, shows it again. */
export const deprecateAmi = useCase(
  "deprecate-ami",
  deprecationSchema,
  async ({ ctx, input: { at, ...key } }): Promise<null> => {
    const { aws, image } = await openOwnAmi(ctx, "deprecate-ami", key);
    const now = ctx.clock.now();
    if (at && Date.parse(at) <= now)
      throw new ConsoleFailure({
        code: "invalid",
        message: "The time must be in the future.",
        fields: { at: "The time must be in the future." },
      });
    // EC2 rounds to minutes and takes none that is over.
    const DeprecateAt = new Date(at ?? Math.ceil(now / MINUTE_MS) * MINUTE_MS);
    const write = {
      resource: key.amiId,
      input: { ...key, at: at === null ? null : DeprecateAt.toISOString() },
      before: { deprecatedAt: image.DeprecationTime },
    };
    return recordWrite(ctx, "deprecate-ami", write, async () => {
      const answer = await (at === null
        ? aws.ec2.write(new DisableImageDeprecationCommand({ ImageId: key.amiId }))
        : aws.ec2.write(new EnableImageDeprecationCommand({ ImageId: key.amiId, DeprecateAt })));
      return { value: null, awsRequestId: requestIdOf(answer) };
    });
  },
);
