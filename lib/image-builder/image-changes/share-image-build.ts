import "server-only";
import { ModifyImageAttributeCommand } from "@aws-sdk/client-ec2";
import { PutImagePolicyCommand } from "@aws-sdk/client-imagebuilder";
import { authorize } from "@/lib/auth/authorize";
import { ConsoleFailure } from "../action-result";
import { arnOfBuild } from "../image-builds/image-build-key";
import type { ImageBuildKey } from "../image-builds/types";
import { recordWrite, requestIdOf } from "../record-write";
import type { UseCase } from "../use-case-context";
import { getImageSharing } from "./get-image-sharing";
import { policyFor } from "./image-policy";
import { imageSharingSchema } from "./schemas";

/**
 * Lets exactly these accounts launch the AMIs of an image and build on it. AMIs come first, Region by Region: what
 * AWS refuses is said with what was done before, and the same call again goes on from there.
 */
export async function shareImageBuild({
  ctx,
  input,
}: UseCase<{ key: ImageBuildKey; accounts: string[] }>): Promise<null> {
  await authorize(ctx, "share-image-build", input.key?.name ?? "");
  const { key, ...wanted } = imageSharingSchema.parse(input);
  const accounts = [...new Set(wanted.accounts)].toSorted();
  const imageArn = arnOfBuild(ctx.target, key);
  const before = await getImageSharing({ ctx, input: key });

  return recordWrite(
    ctx,
    "share-image-build",
    { resource: imageArn, input: { accounts }, before: { accounts: before.accounts, amis: before.amis } },
    async () => {
      const done: string[] = [];
      for (const { region, amiId, accounts: known } of before.amis) {
        const Add = accounts.filter((id) => !known.includes(id)).map((UserId) => ({ UserId }));
        const Remove = known.filter((id) => !accounts.includes(id)).map((UserId) => ({ UserId }));
        if (Add.length + Remove.length === 0) continue;
        const { ec2 } = region === ctx.target.region ? ctx.aws : ctx.aws.inRegion(region);
        const command = new ModifyImageAttributeCommand({
          ImageId: amiId,
          LaunchPermission: { Add, Remove },
        });
        await ec2.write(command).catch((error: unknown) => refuse(error, `${amiId} in ${region}`, done));
        done.push(`${amiId} in ${region}`);
      }
      const command = new PutImagePolicyCommand({
        imageArn,
        policy: policyFor(imageArn, ctx.target.region, accounts),
      });
      const answer = await ctx.aws.imageBuilder
        .write(command)
        .catch((error: unknown) => refuse(error, "the image itself", done));
      return { value: null, after: { accounts }, awsRequestId: requestIdOf(answer) };
    },
  );
}

function refuse(error: unknown, what: string, done: string[]): never {
  if (!(error instanceof ConsoleFailure) || done.length === 0) throw error;
  const message = `Done for ${done.join(", ")}, not for ${what}: ${error.detail.message}`;
  throw new ConsoleFailure({ ...error.detail, message });
}
