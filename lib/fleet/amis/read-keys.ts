import "server-only";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  type GrantListEntry,
  ListGrantsCommand,
} from "@aws-sdk/client-kms";
import { collectPages } from "@/lib/aws/paginate";
import type { AwsAccess } from "@/lib/aws/types";
import { ConsoleFailure } from "@/lib/core/failure";
import { autoScalingRole, type Holder, hasAutoScalingGrant, judgeKeyPolicy } from "./key-access";
import type { AmiEncryption, AmiHolders, AmiKey, HolderVerdict } from "./types";

/** A key with its policy, as far as AWS gave them; `reason` says why not. */
export type ReadKey = AmiKey & { policy?: string; policyReason?: string };

/** Reads who manages each key, and the policies of those that customers manage. */
export async function readKeys(aws: AwsAccess, encryption: AmiEncryption): Promise<ReadKey[]> {
  const arns = encryption.state === "encrypted" ? encryption.keys : [];
  return Promise.all(arns.map((arn) => readKey(aws, arn)));
}

async function readKey(aws: AwsAccess, arn: string): Promise<ReadKey> {
  const described = await attempt(aws.kms.read(new DescribeKeyCommand({ KeyId: arn })));
  if ("reason" in described) return { arn, reason: described.reason };
  const { KeyManager, KeyState } = described.value.KeyMetadata ?? {};
  const key: ReadKey = {
    arn,
    ...(KeyManager && { manager: KeyManager }),
    ...(KeyState && { state: KeyState }),
  };
  if (KeyManager === "AWS") return key;
  const policy = await attempt(aws.kms.read(new GetKeyPolicyCommand({ KeyId: arn, PolicyName: "default" })));
  if ("reason" in policy) return { ...key, policyReason: policy.reason };
  return { ...key, ...(policy.value.Policy && { policy: policy.value.Policy }) };
}

/** A read that may be refused, or be about what is not there: its value or the reason. */
async function attempt<Value>(reading: Promise<Value>): Promise<{ value: Value } | { reason: string }> {
  try {
    return { value: await reading };
  } catch (error) {
    if (!(error instanceof ConsoleFailure)) throw error;
    return { reason: error.detail.message };
  }
}

/** Each whom an AMI is shared with, in order. */
export const holdersAsList = ({
  accounts,
  organizationArns,
  organizationalUnitArns,
}: Omit<AmiHolders, "isPublic">): { holder: string; of: Holder }[] => [
  ...accounts.map((accountId) => ({ holder: accountId, of: { accountId } })),
  ...[...organizationArns, ...organizationalUnitArns].map((arn) => ({ holder: arn, of: { arn } })),
];

/**
 * Whether each holder can launch what the keys encrypt, and whether its Auto Scaling groups can: an account's groups
 * start instances with a role that only a grant lets use a key of another account.
 */
export async function judgeHolders(
  aws: AwsAccess,
  { region, encryption, keys }: { region: string; encryption: AmiEncryption; keys: ReadKey[] },
  holders: { holder: string; of: Holder }[],
): Promise<HolderVerdict[]> {
  if (encryption.state === "not encrypted")
    return holders.map(({ holder, of }) => ({
      holder,
      launch: "yes",
      ...("accountId" in of && { autoScaling: "yes" as const }),
    }));
  if (encryption.state === "not known" || keys.length === 0)
    return holders.map(({ holder }) => ({
      holder,
      launch: "not known",
      why: "Which key encrypts the snapshots is not known.",
    }));
  return Promise.all(
    holders.map(async ({ holder, of }) => {
      const verdict = launchVerdict(keys, of);
      const autoScaling =
        "accountId" in of ? await autoScalingVerdict(aws, region, keys, of.accountId) : undefined;
      return { holder, ...verdict, ...(autoScaling && { autoScaling }) };
    }),
  );
}

function launchVerdict(keys: ReadKey[], of: Holder): Pick<HolderVerdict, "launch" | "why"> {
  const managed = keys.find(({ manager }) => manager === "AWS");
  if (managed)
    return {
      launch: "no",
      why: "An AWS managed key encrypts the snapshots: what it encrypts can’t be shared. Copy the AMI with a key of your own.",
    };
  const verdicts = keys.map((key) => ({ key, verdict: judgeKeyPolicy(key.policy, of) }));
  const refused = verdicts.find(({ verdict }) => verdict.state === "refused");
  if (refused?.verdict.state === "refused")
    return { launch: "no", why: `The key policy doesn’t allow ${refused.verdict.missing.join(", ")}.` };
  const unknown = verdicts.find(({ verdict }) => verdict.state === "not known");
  if (unknown?.verdict.state === "not known")
    return {
      launch: "not known",
      why: unknown.key.reason ?? unknown.key.policyReason ?? unknown.verdict.reason,
    };
  const off = keys.find(({ state }) => state !== undefined && state !== "Enabled");
  return off ? { launch: "no", why: `The key ${off.arn} is ${off.state}.` } : { launch: "yes" };
}

async function autoScalingVerdict(
  aws: AwsAccess,
  region: string,
  keys: ReadKey[],
  accountId: string,
): Promise<NonNullable<HolderVerdict["autoScaling"]>> {
  if (keys.some(({ manager }) => manager === "AWS")) return "no";
  const role = autoScalingRole(accountId, region);
  const granted = await Promise.all(
    keys.map(async ({ arn }) => {
      const grants = await attempt(readGrants(aws, arn, role));
      return hasAutoScalingGrant("value" in grants ? grants.value : undefined, role);
    }),
  );
  if (granted.includes(undefined)) return "not known";
  return granted.every(Boolean) ? "yes" : "no";
}

const readGrants = (aws: AwsAccess, KeyId: string, GranteePrincipal: string): Promise<GrantListEntry[]> =>
  collectPages({
    load: async (Marker) => {
      const page = await aws.kms.read(new ListGrantsCommand({ KeyId, GranteePrincipal, Marker }));
      return { items: page.Grants, next: page.Truncated ? page.NextMarker : undefined };
    },
  });
