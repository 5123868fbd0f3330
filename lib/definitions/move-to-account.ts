import { formatImageBuilderArn, parseArn, parseImageBuilderArn, partitionOf } from "@/lib/core/arn";
import type { Target } from "@/lib/core/target";
import type { Json, JsonObject } from "./types";

type Place = Pick<Target, "label" | "region" | "accountId">;

/** Texts that AWS does not look up. */
const FREE_TEXT = new Set([
  "description",
  "changeDescription",
  "data",
  "dockerfileTemplateData",
  "userDataOverride",
]);
/** Members that name something of an account by its name alone, and what that is. */
const NAMED: Record<string, string> = {
  instanceProfileName: "instance profile",
  keyPair: "key pair",
  s3BucketName: "S3 bucket",
  repositoryName: "ECR repository",
  parameterName: "SSM parameter",
};
/** IDs that one Region of one account has: AMIs, networks, launch templates, hosts. */
const ID = /^(ami|subnet|sg|vpc|lt|snap|h|pl)-[0-9a-f]{8,17}$/;
const REPOSITORY = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\./;

/**
 * A resource as it would be in another account or Region: ARNs of its own account's resources are those of the same
 * names there, ARNs of Amazon's are those of the other Region. Everything else stays; `notes` says of each thing that
 * belongs to the account it comes from that it does.
 */
export function moveToAccount(
  content: JsonObject,
  { from, to }: { from: Place; to: Place },
): { content: JsonObject; notes: string[] } {
  const notes = new Set<string>();
  const isSameAccount = from.accountId === to.accountId;
  const isSamePlace = isSameAccount && from.region === to.region;
  const text = (member: string, value: string): string => {
    if (FREE_TEXT.has(member) || value === "") return value;
    const arn = parseImageBuilderArn(value);
    if (arn) {
      const isOwn = arn.accountId === from.accountId && arn.region === from.region;
      const isPublic = !/^\d{12}$/.test(arn.accountId) && arn.region === from.region;
      if (!isOwn && !isPublic && !isSamePlace)
        notes.add(
          `${arn.name} is shared by account ${arn.accountId}. Check that it is shared with ${to.label}.`,
        );
      if (!isOwn && !isPublic) return value;
      const place = { region: to.region, partition: partitionOf(to.region) };
      return formatImageBuilderArn({ ...arn, ...place, ...(isOwn && { accountId: to.accountId }) });
    }
    const note = isSamePlace ? undefined : noteOn(member, value, { from, to, isSameAccount });
    if (note) notes.add(note);
    return value;
  };
  const moved = (member: string, value: Json): Json => {
    if (typeof value === "string") return text(member, value);
    if (Array.isArray(value)) return value.map((item) => moved(member, item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, moved(name, own)]));
  };
  return { content: moved("", content) as JsonObject, notes: [...notes] };
}

function noteOn(
  member: string,
  value: string,
  { from, to, isSameAccount }: { from: Place; to: Place; isSameAccount: boolean },
): string | undefined {
  const other = parseArn(value);
  const [, account, region] = REPOSITORY.exec(value) ?? [];
  const owner = other?.accountId || account;
  const place = other?.region || region;
  if (owner || place) {
    const isFar =
      (owner === from.accountId && !isSameAccount) || (place === from.region && place !== to.region);
    return isFar ? `${value} belongs to ${from.label}.` : undefined;
  }
  if (ID.test(value))
    return `${value} exists only in ${from.label}, ${from.region}. Choose one of ${to.label}.`;
  // Names of IAM are the account's, all others one Region's.
  const noun = Object.hasOwn(NAMED, member) ? NAMED[member] : undefined;
  if (noun && !(isSameAccount && member === "instanceProfileName"))
    return `${to.label} needs the ${noun} ${value}: not checked.`;
  if (/kmsKeyId$/i.test(member) && !value.startsWith("alias/aws/"))
    return `The KMS key ${value} belongs to ${from.label}.`;
  if (member === "region" && partitionOf(value) !== partitionOf(to.region))
    return `${to.label} cannot distribute to ${value}: it is in another partition of AWS.`;
  if (member === "region" && !isSameAccount)
    return `Whether ${to.label} has the Region ${value} enabled was not checked.`;
  return undefined;
}
