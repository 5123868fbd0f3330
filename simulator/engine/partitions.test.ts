import { expect, test } from "vitest";
import { dnsSuffixOf, globalRegionOf, partitionOf } from "./partitions";

/** https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json */
const FACTS = [
  ["us-east-1", "aws", "amazonaws.com"],
  ["ap-southeast-7", "aws", "amazonaws.com"],
  ["cn-northwest-1", "aws-cn", "amazonaws.com.cn"],
  ["us-gov-west-1", "aws-us-gov", "amazonaws.com"],
  ["us-iso-east-1", "aws-iso", "c2s.ic.gov"],
  ["us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov"],
  ["eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk"],
  ["us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov"],
  ["eusc-de-east-1", "aws-eusc", "amazonaws.eu"],
] as const;

test.each(FACTS)(
  "%s lies in the partition %s, and so does its place without Regions",
  (region, name, suffix) => {
    expect([partitionOf(region), dnsSuffixOf(region)]).toEqual([name, suffix]);
    const place = globalRegionOf(region);
    expect([partitionOf(place), globalRegionOf(place)]).toEqual([name, place]);
  },
);
