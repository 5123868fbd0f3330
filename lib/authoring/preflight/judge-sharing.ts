import type { RegionDistributionInput } from "@/lib/definitions/distribution-schemas";
import type { Encryption } from "./judge-encryption";
import type { PreflightCheck } from "./types";

export type KeyFacts = {
  id: string;
  isMissing?: boolean;
  /** Both absent where KMS did not say. */
  state?: string;
  isManagedByAws?: boolean;
  arn?: string;
  /** The other account that has it, whose key this one may not look at. */
  hiddenIn?: string;
  /** What KMS said then. */
  reason?: string;
};

type Ami = NonNullable<RegionDistributionInput["amiDistributionConfiguration"]>;

/** Whether anybody beside this account gets the AMI. */
export const isShared = ({ launchPermission = {}, targetAccountIds = [] }: Ami): boolean =>
  [...Object.values(launchPermission), targetAccountIds].some((list) => (list ?? []).length > 0);

/**
 * Whether the key of a Region can be used, and whether who is to get the AMI can: a snapshot under AWS's own key
 * cannot be shared, and an encrypted AMI cannot be public.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html
 */
export function judgeSharing({
  distribution,
  key,
  encryption: withoutKey,
}: {
  distribution: Pick<RegionDistributionInput, "region" | "amiDistributionConfiguration">;
  key: KeyFacts | undefined;
  /** What encrypts the AMI when the distribution names no key. */
  encryption: Encryption;
}): PreflightCheck[] {
  const { region, amiDistributionConfiguration: ami } = distribution;
  const step = "distribution" as const;
  const checks: PreflightCheck[] = key ? [{ id: `kms ${region}`, step, ...judgeKey(key, region) }] : [];

  const {
    userIds = [],
    organizationArns = [],
    organizationalUnitArns = [],
    userGroups = [],
  } = ami?.launchPermission ?? {};
  const others = [
    ...userIds,
    ...organizationArns,
    ...organizationalUnitArns,
    ...(ami?.targetAccountIds ?? []),
  ];
  const isPublic = userGroups.includes("all");
  if (others.length === 0 && !isPublic) return checks;
  const { state: encryption, evidence: because } = key ? byKey(key) : withoutKey;
  const id = `sharing ${region}`;
  const evidence = [
    isPublic
      ? `The AMI in ${region} becomes public.`
      : `The AMI in ${region} goes to ${others.length} others.`,
    because,
  ];
  // Whoever manages a key that is named: the AMI is encrypted with it.
  if (encryption === "unknown" && !(isPublic && key)) {
    checks.push({
      id,
      step,
      state: "unknown",
      title: isPublic
        ? "Whether the AMI is encrypted, and so cannot be public, is not known"
        : "Whether the AMI is encrypted with a key that can be shared is not known",
      evidence,
    });
  } else if (isPublic && encryption !== "no") {
    checks.push({
      id,
      step,
      state: "problem",
      title: "An encrypted AMI can't be public",
      evidence,
      fix: "Remove the encryption, or share it with accounts instead.",
    });
  } else if (encryption === "default-key") {
    checks.push({
      id,
      step,
      state: "problem",
      title: "An AMI encrypted with the AWS managed key can't be shared",
      evidence,
      fix: "Choose a customer managed key with a policy that allows the accounts.",
    });
  } else if (isPublic) {
    checks.push({
      id,
      step,
      state: "warning",
      title: `Anyone with an AWS account will be able to launch the AMI in ${region}`,
      evidence,
    });
  } else {
    checks.push({
      id,
      step,
      state: encryption === "own-key" ? "warning" : "ok",
      title:
        encryption === "own-key"
          ? "The key policy must allow the other accounts"
          : `The AMI in ${region} can be shared`,
      evidence: encryption === "own-key" ? [...evidence, "This check doesn't read key policies."] : evidence,
    });
  }
  return checks;
}

/** Nobody can name the AWS managed key of another account, so a hidden key is its customer's. */
const byKey = ({ isManagedByAws, hiddenIn }: KeyFacts): Encryption =>
  isManagedByAws === undefined && hiddenIn === undefined
    ? { state: "unknown", evidence: "KMS does not say who manages the key that the distribution names." }
    : isManagedByAws
      ? { state: "default-key", evidence: "The distribution names an AWS managed key." }
      : { state: "own-key", evidence: "The distribution names a customer managed key." };

/** Whether a key can be used in a Region, as far as KMS says. */
export function judgeKey(key: KeyFacts, region: string): Omit<PreflightCheck, "id" | "step"> {
  if (key.isMissing)
    return {
      state: "problem",
      title: `KMS key not found in ${region}`,
      evidence: [key.id],
      fix: "Choose a key in this Region. A multi-Region key needs a replica there.",
    };
  if (key.hiddenIn)
    return {
      state: "unknown",
      title: `Couldn't read the KMS key of account ${key.hiddenIn}`,
      evidence: [
        key.id,
        ...(key.reason ? [key.reason] : []),
        "Whether it exists, is enabled, and lets this account use it is not known.",
      ],
    };
  const evidence = [key.arn ?? key.id];
  if (key.state === undefined)
    return { state: "unknown", title: `Can't check whether the KMS key in ${region} is enabled`, evidence };
  return key.state === "Enabled"
    ? { state: "ok", title: `KMS key exists in ${region}`, evidence }
    : {
        state: "problem",
        title: `The KMS key in ${region} is ${key.state}`,
        evidence,
        fix: "Enable it, or choose another.",
      };
}
