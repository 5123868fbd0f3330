import "server-only";
import type { UseCaseContext } from "@/lib/use-case/use-case-context";
import { judgeKey } from "./judge-sharing";
import { orUnknown } from "./or-unknown";
import { readKey } from "./read-encryption";
import type { PreflightParts } from "./read-subject";
import type { PreflightCheck } from "./types";

/** The keys that the recipe encrypts volumes with, in the Region of the build; nothing where it names none. */
export async function checkVolumeKeys(
  { aws, target }: UseCaseContext,
  { recipe }: PreflightParts,
): Promise<PreflightCheck[]> {
  const { blockDeviceMappings = [] } = recipe as { blockDeviceMappings?: { ebs?: { kmsKeyId?: string } }[] };
  const keys = [...new Set(blockDeviceMappings.flatMap(({ ebs }) => ebs?.kmsKeyId || []))];
  const step = "recipe" as const;
  const checks = await Promise.all(
    keys.map((KeyId) => {
      const id = `kms ${KeyId}`;
      const check = async (): Promise<PreflightCheck[]> => {
        const key = await readKey(aws, KeyId, target.accountId);
        return key ? [{ id, step, ...judgeKey(key, target.region) }] : [];
      };
      return orUnknown({ id, step, what: "The KMS key of a volume" }, check());
    }),
  );
  return checks.flat();
}
