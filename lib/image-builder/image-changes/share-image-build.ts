import "server-only";
import { ModifyImageAttributeCommand } from "@aws-sdk/client-ec2";
import { PutImagePolicyCommand } from "@aws-sdk/client-imagebuilder";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { getImageSharing } from "./get-image-sharing";
import { policyFor } from "./image-policy";
import { permissionChange } from "./launch-permissions";
import { imageSharingSchema } from "./schemas";

/**
 * Lets exactly these accounts, organizations and units launch the AMIs of an image, and the accounts build on it.
 * AMIs come first, Region by Region: what AWS refuses is said with what was done before, and the same call again
 * goes on from there.
 */
export const shareImageBuild = useCase(
  "share-image-build",
  imageSharingSchema,
  async ({ ctx, input: { key, ...holders } }): Promise<null> => {
    const imageArn = arnOfBuild(ctx.target, key);
    const { doubts: _, ...before } = await getImageSharing({ ctx, input: key });

    return recordWrite(
      ctx,
      "share-image-build",
      { resource: imageArn, input: { ...holders }, before },
      async () => {
        const done: string[] = [];
        for (const { region, amiId, ...ami } of before.amis) {
          const change = permissionChange(ami, holders);
          if (change.Add.length + change.Remove.length === 0) continue;
          const { ec2 } = ctx.aws.inRegion(region);
          const command = new ModifyImageAttributeCommand({
            ImageId: amiId,
            LaunchPermission: change,
          });
          await ec2.write(command).catch((error: unknown) => refuse(error, `${amiId} in ${region}`, done));
          done.push(`${amiId} in ${region}`);
        }
        // Image Builder's own policy names accounts; what is for organizations goes through AWS RAM.
        const accounts = [...new Set(holders.accounts)].toSorted();
        const command = new PutImagePolicyCommand({
          imageArn,
          policy: policyFor(imageArn, ctx.target.region, accounts),
        });
        const answer = await ctx.aws.imageBuilder
          .write(command)
          .catch((error: unknown) => refuse(error, "the image itself", done));
        return { value: null, after: { ...holders }, awsRequestId: requestIdOf(answer) };
      },
    );
  },
);

function refuse(error: unknown, what: string, done: string[]): never {
  if (!(error instanceof ConsoleFailure) || done.length === 0) throw error;
  const message = `Done for ${done.join(", ")}, not for ${what}: ${error.detail.message}`;
  throw new ConsoleFailure({ ...error.detail, message });
}
