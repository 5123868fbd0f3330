import { parseArn } from "@/lib/core/arn";
import type { Json, JsonObject } from "./types";

/** Members whose values one Region has: a key, a launch template, a license, a bucket. */
const OF_ONE_REGION = new Set([
  "region",
  "kmsKeyId",
  "launchTemplateConfigurations",
  "fastLaunchConfigurations",
  "licenseConfigurationArns",
  "s3ExportConfiguration",
]);

/**
 * What another Region of a distribution begins with: everything of its neighbor that holds in any Region, such as the
 * AMI's name, tags, accounts and parameters. The Region itself is empty.
 */
export function regionLike(neighbor: JsonObject): JsonObject {
  const { region } = neighbor;
  return { region: "", ...(inAnyRegion(neighbor, typeof region === "string" ? region : "") as JsonObject) };
}

function inAnyRegion(value: Json, region: string): Json | undefined {
  if (typeof value === "string") return isOfRegion(value, region) ? undefined : value;
  if (Array.isArray(value)) return value.flatMap((item) => inAnyRegion(item, region) ?? []);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).flatMap(([name, own]): [string, Json][] => {
    const inherited = OF_ONE_REGION.has(name) ? undefined : inAnyRegion(own, region);
    return inherited === undefined ? [] : [[name, inherited]];
  });
  return Object.fromEntries(kept);
}

const isOfRegion = (text: string, region: string) => region !== "" && parseArn(text)?.region === region;
