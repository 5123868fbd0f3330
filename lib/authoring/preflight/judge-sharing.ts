import type { RegionDistributionInput } from "@/lib/definitions/distribution-schemas";
import type { Encryption } from "./judge-encryption";
import type { PreflightCheck } from "./types";

export type KeyFacts = {
  id: string;
  isMissing?: boolean;
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
  const checks: PreflightCheck[] = [];
  if (key?.isMissing) {
    checks.push({
      id: `kms ${region}`,
      step,
      state: "problem",
      title: `KMS key not found in ${region}`,
      evidence: [key.id],
      fix: "Choose a key in this Region. A multi-Region key needs a replica there.",
    });
  } else if (key?.hiddenIn) {
    checks.push({
      id: `kms ${region}`,
      step,
      state: "unknown",
      title: `Couldn't read the KMS key of account ${key.hiddenIn}`,
      evidence: [
        key.id,
        ...(key.reason ? [key.reason] : []),
        "Whether it exists, is enabled, and lets this account use it is not known.",
      ],
    });
  } else if (key) {
    const isUsable = key.state === "Enabled";
    checks.push({
      id: `kms ${region}`,
      step,
      state: isUsable ? "ok" : "problem",
      title: isUsable ? `KMS key exists in ${region}` : `The KMS key in ${region} is ${key.state}`,
      evidence: [key.arn ?? key.id],
      fix: isUsable ? undefined : "Enable it, or choose another.",
    });
  }

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
  if (encryption === "unknown") {
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

const byKey = ({ isManagedByAws }: KeyFacts): Encryption =>
  isManagedByAws
    ? { state: "default-key", evidence: "The distribution names an AWS managed key." }
    : { state: "own-key", evidence: "The distribution names a customer managed key." };
