import "server-only";
import { ModifyImageAttributeCommand } from "@aws-sdk/client-ec2";
import { ConsoleFailure } from "@/lib/core/failure";
import { permissionChange } from "@/lib/image-builder/image-changes/launch-permissions";
import { recordWrite, requestIdOf } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import { judgeAmiSharing } from "./judge-ami-sharing";
import { endKeptSharing } from "./kept-sharing";
import { openOwnAmi } from "./open-ami";
import { readHolders } from "./read-holders";
import { shareAmiSchema } from "./schemas";
import { holdersOf } from "./to-ami";
import type { AmiSharingPreview } from "./types";

/**
 * Lets exactly these accounts, organizations and units launch an AMI; whether it is public stays as it is. Throws
 * `invalid` where a key keeps one that is added from launching it, unless `evenWithoutKey` says that this is known.
 */
export const shareAmi = useCase(
  "share-ami",
  shareAmiSchema,
  async ({ ctx, input: { region, amiId, evenWithoutKey, ...wanted } }): Promise<null> => {
    const key = { region, amiId };
    const found = await openOwnAmi(ctx, "share-ami", key);
    const { aws, image } = found;
    if (image.State !== "available")
      throw new ConsoleFailure({
        code: "conflict",
        message: `${amiId} is ${image.State ?? "in an unknown state"}: only an available AMI can be shared.`,
      });
    const standing = await readHolders(aws, amiId);
    if (!standing)
      throw new ConsoleFailure({
        code: "unavailable",
        message: `AWS did not report the sharing of ${amiId}.`,
      });
    const before = holdersOf(standing);
    const { Add, Remove } = permissionChange(before, wanted);
    if (Add.length > 0) requireKeys(await judgeAmiSharing(found, region, holdersOf(Add)), evenWithoutKey);
    const write = { resource: amiId, input: { ...key, ...wanted, evenWithoutKey }, before };
    return recordWrite(ctx, "share-ami", write, async () => {
      const change = new ModifyImageAttributeCommand({ ImageId: amiId, LaunchPermission: { Add, Remove } });
      const answer = Add.length + Remove.length > 0 ? await aws.ec2.write(change) : undefined;
      await endKeptSharing(ctx, key);
      return {
        value: null,
        after: { ...wanted, isPublic: before.isPublic },
        ...(answer && { awsRequestId: requestIdOf(answer) }),
      };
    });
  },
);

/** An AWS managed key is refused in any case: AWS refuses it too. */
function requireKeys({ keys, verdicts }: AmiSharingPreview, evenWithoutKey: boolean): void {
  const isManaged = keys.some(({ manager }) => manager === "AWS");
  const refused = verdicts.find(({ launch }) => launch === "no");
  if (!refused || (evenWithoutKey && !isManaged)) return;
  throw new ConsoleFailure({
    code: "invalid",
    message: `${refused.holder} could not launch it. ${refused.why ?? ""}`.trim(),
    fields: { evenWithoutKey: refused.why ?? "The key does not allow it." },
  });
}
