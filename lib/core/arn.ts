import { normalizeName } from "./name-rule";
import type { ResourceOwner } from "./resource-names";
import type { Target } from "./target";

/**
 * The only place that takes ARNs apart or puts them together; a test holds the rest of the product to it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */

/** Regions of each partition by how their names begin, and what the host names of services end in there. */
const PARTITIONS: [regions: RegExp, partition: string, dnsSuffix: string][] = [
  [/^cn-/, "aws-cn", "amazonaws.com.cn"],
  [/^us-gov-/, "aws-us-gov", "amazonaws.com"],
  [/^us-iso-/, "aws-iso", "c2s.ic.gov"],
  [/^us-isob-/, "aws-iso-b", "sc2s.sgov.gov"],
  [/^eu-isoe-/, "aws-iso-e", "cloud.adc-e.uk"],
  [/^us-isof-/, "aws-iso-f", "csp.hci.ic.gov"],
  [/^eusc-/, "aws-eusc", "amazonaws.eu"],
  [/^/, "aws", "amazonaws.com"],
];

const placeOf = (region: string) => PARTITIONS.find(([regions]) => regions.test(region));

/** Every partition of AWS. */
export const PARTITION_NAMES: readonly string[] = PARTITIONS.map(([, partition]) => partition);

/** The partition of a Region: `aws` unless the Region's name says another. */
export const partitionOf = (region: string): string => placeOf(region)?.[1] ?? "aws";

/** The same of a partition's name. Undefined for what is none. */
export const dnsSuffixOfPartition = (name: string): string | undefined =>
  PARTITIONS.find(([, partition]) => partition === name)?.[2];

/** What the host names of a Region's services end in, such as `amazonaws.com`. */
export const dnsSuffixOf = (region: string): string => placeOf(region)?.[2] ?? "amazonaws.com";

/** An ARN of any service. `region` and `accountId` are empty where the service has none; `resource` is all the rest. */
export type Arn = {
  partition: string;
  service: string;
  region: string;
  accountId: string;
  resource: string;
};

/** Takes an ARN of any service apart. Undefined for any other text. */
export function parseArn(text: string | undefined): Arn | undefined {
  const match = /^arn:(aws[a-z-]*):([a-z0-9-]+):([a-z0-9-]*):([^:\s]*):(\S.*)$/.exec(text ?? "");
  if (!match) return undefined;
  const [, partition = "", service = "", region = "", accountId = "", resource = ""] = match;
  return { partition, service, region, accountId, resource };
}

export const formatArn = ({ partition, service, region, accountId, resource }: Arn): string =>
  `arn:${partition}:${service}:${region}:${accountId}:${resource}`;

export type ImageBuilderArn = {
  partition: string;
  region: string;
  /** Twelve digits; `aws` for Amazon's, `aws-marketplace` or `third-party` for what is sold. */
  accountId: string;
  /** Such as `image-pipeline`, `workflow` or `image`. */
  kind: string;
  /** `build`, `test` or `distribution`; of workflows only. */
  workflowType?: string | undefined;
  name: string;
  /** `1.2.3`, or with `x` for the newest. */
  version?: string | undefined;
  build?: string | undefined;
};

/** Takes an ARN of Image Builder apart. Undefined for any other text. */
export function parseImageBuilderArn(text: string | undefined): ImageBuilderArn | undefined {
  const arn = parseArn(text);
  if (arn?.service !== "imagebuilder" || /[:\s]/.test(arn.resource)) return undefined;
  const { partition, region, accountId } = arn;
  const [kind, ...rest] = arn.resource.split("/");
  const workflowType = kind === "workflow" ? rest.shift() : undefined;
  const [name, version, build, ...tooMany] = rest;
  if (!kind || !name || version === "" || build === "" || tooMany.length > 0) return undefined;
  return { partition, region, accountId, kind, workflowType, name, version, build };
}

/** Puts an ARN of Image Builder together; the name goes in as it is. */
export function formatImageBuilderArn({ kind, workflowType, name, version, build, ...at }: ImageBuilderArn) {
  const resource = [kind, workflowType, name, version, build].filter(Boolean).join("/");
  return formatArn({ ...at, service: "imagebuilder", resource });
}

/** The ARN that AWS makes for a resource of the target called `name`. A workflow's type is part of its `kind`. */
export const imageBuilderArn = (
  { region, accountId }: Pick<Target, "region" | "accountId">,
  kind: string,
  ...[name, version, build]: [name: string, version?: string, build?: string]
): string =>
  formatImageBuilderArn({
    partition: partitionOf(region),
    region,
    accountId,
    kind,
    name: normalizeName(name),
    version,
    build,
  });

/** The name in an ARN of Image Builder; any other text as it is. */
export const nameInArn = (arn: string): string => parseImageBuilderArn(arn)?.name ?? arn;

/** The ARN at another version. Any other text as it is. */
export function atVersion(arn: string, version: string | undefined, build?: string): string {
  const parts = parseImageBuilderArn(arn);
  return parts ? formatImageBuilderArn({ ...parts, version, build }) : arn;
}

/** The ARN without version and build: what all versions of a resource have in common. */
export const stemOf = (arn: string): string => atVersion(arn, undefined);

/** The ARN of a build's version. */
export const versionArnOf = (arn: string): string => atVersion(arn, parseImageBuilderArn(arn)?.version);

/** Whether two ARNs name versions of one resource, as AWS compares names. */
export function isSameResource(a: string, b: string): boolean {
  const [one, other] = [parseImageBuilderArn(a), parseImageBuilderArn(b)];
  return one !== undefined && other !== undefined && stemAsMade(one) === stemAsMade(other);
}

const stemAsMade = (parts: ImageBuilderArn) =>
  formatImageBuilderArn({ ...parts, name: normalizeName(parts.name), version: undefined, build: undefined });

/** Whether the resource belongs to the target's account and lives in its Region. */
export function isOfTarget(arn: string, target: Pick<Target, "region" | "accountId">): boolean {
  const parts = parseImageBuilderArn(arn);
  return parts?.region === target.region && parts.accountId === target.accountId;
}

/**
 * Who owns what an ARN names, in the words of AWS's lists. Undefined when it belongs to an account and
 * `ownAccountId` is not given, or when it is not an ARN of Image Builder.
 */
export function ownerOf(arn: string, ownAccountId?: string): ResourceOwner | undefined {
  const { accountId } = parseImageBuilderArn(arn) ?? {};
  if (accountId === "aws") return "Amazon";
  if (accountId === undefined || /^\d{12}$/.test(accountId)) {
    if (accountId === undefined || ownAccountId === undefined) return undefined;
    return accountId === ownAccountId ? "Self" : "Shared";
  }
  return "ThirdParty";
}

/**
 * Whether a version such as `1.x.x` follows the newest.
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/ibhow-semantic-versioning.html
 */
export const followsNewest = (version: string | undefined): boolean => /(^|\.)x(\.|$)/.test(version ?? "");

/** Whether a version such as `x.x.x` follows the newest of all, not only of `1.x.x`. */
export const followsNewestOfAll = (version: string | undefined): boolean => /^x(\.|$)/.test(version ?? "");

/** The three numbers of `1.2.3` or `1.2.3/4`. Undefined for a version that follows the newest. */
export const exactVersion = (version: string | undefined): string | undefined =>
  followsNewest(version) ? undefined : version?.replace(/\/.*$/, "") || undefined;

const IN_TEXT = /\barn:aws[a-z-]*:imagebuilder:[^\s'",;!()]+/g;

/** The ARNs of Image Builder that a text mentions, in order. */
export const arnsInText = (text: string): string[] =>
  [...text.matchAll(IN_TEXT)]
    .map(([arn]) => arn.replace(/(?<![.:])[.:]+$/, ""))
    .filter((arn) => parseImageBuilderArn(arn) !== undefined);

/** The text with each ARN of Image Builder cut to its name, version and build. */
export const withShortArns = (text: string): string =>
  text.replaceAll(IN_TEXT, (arn) => {
    const [end = ""] = /(?<![.:])[.:]*$/.exec(arn) ?? [];
    const parts = parseImageBuilderArn(arn.slice(0, arn.length - end.length));
    return parts ? shortArn(parts) + end : arn;
  });

/** `web-base/1.2.3/4` of an ARN. */
const shortArn = ({ name, version, build }: ImageBuilderArn): string =>
  [name, version, build].filter(Boolean).join("/");
