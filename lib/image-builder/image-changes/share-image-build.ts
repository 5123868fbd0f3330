import "server-only";
import { type LaunchPermission, ModifyImageAttributeCommand } from "@aws-sdk/client-ec2";
import { PutImagePolicyCommand } from "@aws-sdk/client-imagebuilder";
import { ConsoleFailure } from "@/lib/core/failure";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { arnOfBuild } from "../image-builds/image-build-key";
import { getImageSharing } from "./get-image-sharing";
import { policyFor } from "./image-policy";
import { imageSharingSchema } from "./schemas";
import type { ImageHolders } from "./types";

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
    const wanted = permissionsOf(holders);

    return recordWrite(
      ctx,
      "share-image-build",
      { resource: imageArn, input: { ...holders }, before },
      async () => {
        const done: string[] = [];
        for (const { region, amiId, ...ami } of before.amis) {
          const known = permissionsOf(ami);
          const Add = [...wanted].flatMap(([id, permission]) => (known.has(id) ? [] : [permission]));
          const Remove = [...known].flatMap(([id, permission]) => (wanted.has(id) ? [] : [permission]));
          if (Add.length + Remove.length === 0) continue;
          const { ec2 } = region === ctx.target.region ? ctx.aws : ctx.aws.inRegion(region);
          const command = new ModifyImageAttributeCommand({
            ImageId: amiId,
            LaunchPermission: { Add, Remove },
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

/** Each once, by its ID or ARN. */
function permissionsOf(holders: ImageHolders): Map<string, LaunchPermission> {
  const { accounts, organizationArns, organizationalUnitArns } = holders;
  return new Map<string, LaunchPermission>([
    ...accounts.toSorted().map((UserId) => [UserId, { UserId }] as const),
    ...organizationArns.map((OrganizationArn) => [OrganizationArn, { OrganizationArn }] as const),
    ...organizationalUnitArns.map(
      (OrganizationalUnitArn) => [OrganizationalUnitArn, { OrganizationalUnitArn }] as const,
    ),
  ]);
}

function refuse(error: unknown, what: string, done: string[]): never {
  if (!(error instanceof ConsoleFailure) || done.length === 0) throw error;
  const message = `Done for ${done.join(", ")}, not for ${what}: ${error.detail.message}`;
  throw new ConsoleFailure({ ...error.detail, message });
}
