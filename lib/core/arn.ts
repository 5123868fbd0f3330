import type { Target } from "./target";

/** The AWS partition of a Region: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string): string {
  if (region.startsWith("cn-")) return "aws-cn";
  if (region.startsWith("us-gov-")) return "aws-us-gov";
  return "aws";
}

/** The name as it stands in an ARN: lower case, spaces and underscores as hyphens. */
export const normaliseName = (name: string) => name.toLowerCase().replaceAll(/[ _]/g, "-");

/** Whether a name begins so, as AWS compares names: it makes one ARN of `Web_base`, `web base` and `web-base`. */
export const namedSo = (name: string, prefix: string): boolean =>
  normaliseName(name).startsWith(normaliseName(prefix));

export type ImageBuilderArn = {
  accountId: string;
  region: string;
  /** Such as `image-pipeline` or `image`. */
  kind: string;
  name: string;
  version?: string;
  build?: string;
};

/** Builds the ARN of an Image Builder resource of the target; the name is normalised. */
export function imageBuilderArn(
  { region, accountId }: Pick<Target, "region" | "accountId">,
  kind: string,
  ...[name, ...rest]: [name: string, ...rest: string[]]
): string {
  const tail = [kind, normaliseName(name), ...rest].join("/");
  return `arn:${partitionOf(region)}:imagebuilder:${region}:${accountId}:${tail}`;
}

/** Takes an Image Builder ARN apart; undefined when it is none. Workflows keep their type in `kind`. */
export function parseImageBuilderArn(arn: string): ImageBuilderArn | undefined {
  const match = /^arn:aws[a-z-]*:imagebuilder:([^:]*):([^:]*):([^:]+)$/.exec(arn);
  const [, region = "", accountId = "", tail = ""] = match ?? [];
  const parts = tail.split("/");
  const kind = parts[0] === "workflow" ? parts.splice(0, 2).join("/") : parts.shift();
  const [name, version, build] = parts;
  return match && kind && name ? { accountId, region, kind, name, version, build } : undefined;
}
