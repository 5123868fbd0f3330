import "server-only";
import { CopyImageCommand } from "@aws-sdk/client-ec2";
import { ConsoleFailure } from "@/lib/core/failure";
import { listChoices } from "@/lib/image-builder/choices/list-choices";
import { toConsoleError } from "@/lib/use-case/console-error";
import { recordWrite } from "@/lib/use-case/record-write";
import { useCase } from "@/lib/use-case/use-case";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { openAmi } from "./open-ami";
import { copyAmiSchema } from "./schemas";

/** A copy that was begun in a Region, or why it was not. */
export type AmiCopy = { region: string; amiId: string } | { region: string; reason: string };

/**
 * Begins copies of an AMI in Regions, each encrypted with the key that is named for it. One that fails costs the
 * others nothing; the same call again, with its `token`, begins none twice. Throws what AWS said where none was begun.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopyImage.html
 */
export const copyAmi = useCase(
  "copy-ami",
  copyAmiSchema,
  async ({ ctx, input: { region, amiId, name, token, copies } }): Promise<{ copies: AmiCopy[] }> => {
    await openAmi(ctx, "copy-ami", { region, amiId });
    await requireRegions(
      ctx,
      copies.map((copy) => copy.region),
    );
    const write = { resource: amiId, input: { region, amiId, name, copies } };
    return recordWrite(ctx, "copy-ami", write, async () => {
      const failures: unknown[] = [];
      const done = await Promise.all(
        copies.map(async ({ region: to, keyId }): Promise<AmiCopy> => {
          const { ec2 } = ctx.aws.inRegion(to);
          const command = new CopyImageCommand({
            SourceImageId: amiId,
            SourceRegion: region,
            Name: name,
            CopyImageTags: true,
            ClientToken: `${token}-${to}`,
            ...(keyId && { Encrypted: true, KmsKeyId: keyId }),
          });
          try {
            return { region: to, amiId: (await ec2.write(command)).ImageId ?? "" };
          } catch (error) {
            failures.push(error);
            return { region: to, reason: toConsoleError(error).message };
          }
        }),
      );
      if (failures.length === copies.length) throw failures[0];
      return { value: { copies: done }, after: { copies: done } };
    });
  },
);

/** Only Regions that are enabled in the account. */
async function requireRegions(ctx: UseCaseContext, regions: string[]): Promise<void> {
  const { choices, reason } = await listChoices({ ctx, input: { kind: "regions" } });
  if (reason)
    throw new ConsoleFailure({ code: "unavailable", message: `Regions could not be listed. ${reason}` });
  const enabled = new Set(choices.map(({ value }) => value));
  const other = regions.find((region) => !enabled.has(region));
  if (other === undefined) return;
  throw new ConsoleFailure({
    code: "invalid",
    message: `The Region ${other} is not enabled in this account.`,
    fields: { copies: `The Region ${other} is not enabled in this account.` },
  });
}
