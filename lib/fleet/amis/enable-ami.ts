import "server-only";
import { EnableImageCommand, ModifyImageAttributeCommand } from "@aws-sdk/client-ec2";
import { ConsoleFailure } from "@/lib/core/failure";
import { launchPermissionsOf } from "@/lib/image-builder/image-changes/launch-permissions";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { endKeptSharing, openSharing } from "./kept-sharing";
import { openOwnAmi } from "./open-ami";
import { restorationSchema } from "./schemas";

/**
 * Lets instances start from a disabled AMI again and, when asked, shares it again as before. What was done before a
 * failure stays: the sharing is kept until it was given back, and the same call again goes on from there.
 */
export const enableAmi = useCase(
  "enable-ami",
  restorationSchema,
  async ({ ctx, input: { shareAgain, ...key } }): Promise<null> => {
    const { aws, image } = await openOwnAmi(ctx, "enable-ami", key);
    const kept = shareAgain ? await openSharing(ctx, key) : undefined;
    const isDisabled = image.State === "disabled";
    if (!isDisabled && !kept)
      throw new ConsoleFailure({
        code: "conflict",
        message: `${key.amiId} is not disabled, and no sharing is kept for it.`,
      });
    const write = {
      resource: key.amiId,
      input: { ...key, shareAgain },
      before: { state: image.State },
    };
    return recordWrite(ctx, "enable-ami", write, async () => {
      const enabled = isDisabled
        ? await aws.ec2.write(new EnableImageCommand({ ImageId: key.amiId }))
        : undefined;
      const Add = kept ? launchPermissionsOf(kept) : [];
      const shared =
        Add.length > 0
          ? await aws.ec2
              .write(new ModifyImageAttributeCommand({ ImageId: key.amiId, LaunchPermission: { Add } }))
              .catch((error: unknown) => refuseSharing(error, key.amiId))
          : undefined;
      if (kept) await endKeptSharing(ctx, key);
      const last = shared ?? enabled;
      return { value: null, after: { shared: kept }, ...(last && { awsRequestId: requestIdOf(last) }) };
    });
  },
);

function refuseSharing(error: unknown, amiId: string): never {
  if (!(error instanceof ConsoleFailure)) throw error;
  throw new ConsoleFailure({
    ...error.detail,
    message: `${amiId} can be launched again, but was not shared again: ${error.detail.message} Its sharing is still kept.`,
  });
}
