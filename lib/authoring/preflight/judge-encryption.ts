/** How the AMI's volumes are encrypted where it is built: what the sources say, each absent where it was not read. */
export type EncryptionFacts = {
  /** Each volume of the recipe that says something about encryption. */
  recipe: { encrypted?: boolean; keyOwner?: "own" | "aws" | "unknown" }[];
  /** Whether a snapshot of the base image is encrypted. A volume from an encrypted one is encrypted. */
  baseEncrypted?: boolean;
  /** Whose key the base image's snapshot has. */
  baseKeyOwner?: "own" | "aws";
  /** Whether the Region encrypts every new volume. */
  regionEncrypts?: boolean;
  /** Whose key the Region's default is. */
  defaultKeyOwner?: "own" | "aws";
};

export type Encryption = {
  state: "own-key" | "default-key" | "no" | "unknown";
  evidence: string;
};

/**
 * What encrypts the AMI: the recipe's key, the base image's snapshot, or the Region's default for new volumes.
 * https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AMIEncryption.html. What was not read is not known, never "no".
 */
export function judgeEncryption(facts: EncryptionFacts): Encryption {
  const { recipe, baseEncrypted, baseKeyOwner, regionEncrypts, defaultKeyOwner } = facts;
  const withKey = recipe.filter(({ keyOwner }) => keyOwner !== undefined);
  if (withKey.some(({ keyOwner }) => keyOwner === "aws"))
    return { state: "default-key", evidence: "The recipe encrypts a volume with an AWS managed key." };
  if (withKey.some(({ keyOwner }) => keyOwner === "unknown"))
    return { state: "unknown", evidence: "The key that the recipe names could not be read." };
  const asks = recipe.find(({ encrypted, keyOwner }) => encrypted && keyOwner === undefined);
  if (asks) return byDefaultKey("The recipe encrypts a volume without naming a key", defaultKeyOwner);
  if (baseEncrypted) {
    if (withKey.length > 0) return { state: "own-key", evidence: "The recipe names a customer managed key." };
    if (baseKeyOwner === "own")
      return { state: "own-key", evidence: "The base image's snapshot has a customer managed key." };
    if (baseKeyOwner === "aws")
      return { state: "default-key", evidence: "The base image's snapshot has an AWS managed key." };
    return { state: "unknown", evidence: "The base image is encrypted; its key could not be read." };
  }
  if (regionEncrypts && withKey.length === 0)
    return byDefaultKey("The Region encrypts new volumes by default", defaultKeyOwner);
  if (withKey.length > 0) return { state: "own-key", evidence: "The recipe names a customer managed key." };
  const unread = [
    ...(baseEncrypted === undefined ? ["the base image's snapshots"] : []),
    ...(regionEncrypts === undefined ? ["the Region's default for EBS encryption"] : []),
  ];
  return unread.length > 0
    ? { state: "unknown", evidence: `Not looked at: ${unread.join(" and ")}.` }
    : { state: "no", evidence: "Recipe, base image, and Region leave it unencrypted." };
}

function byDefaultKey(why: string, owner: EncryptionFacts["defaultKeyOwner"]): Encryption {
  if (owner === undefined)
    return { state: "unknown", evidence: `${why}; the Region's default key could not be read.` };
  return owner === "own"
    ? { state: "own-key", evidence: `${why}, and the Region's default key is customer managed.` }
    : { state: "default-key", evidence: `${why}, and the Region's default key is AWS managed.` };
}
