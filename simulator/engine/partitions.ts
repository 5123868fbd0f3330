/** Names of ARNs and endpoints by the beginning of a Region's name: https://docs.aws.amazon.com/general/latest/gr/rande.html */
const PARTITIONS = [
  { regions: /^(aws-)?cn-/, partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" },
  { regions: /^(aws-)?us-gov-/, partition: "aws-us-gov", dnsSuffix: "amazonaws.com" },
  { regions: /^(us-iso-|aws-iso-global)/, partition: "aws-iso", dnsSuffix: "c2s.ic.gov" },
  { regions: /^(us-isob-|aws-iso-b-)/, partition: "aws-iso-b", dnsSuffix: "sc2s.sgov.gov" },
  { regions: /^(eu-isoe-|aws-iso-e-)/, partition: "aws-iso-e", dnsSuffix: "cloud.adc-e.uk" },
  { regions: /^(us-isof-|aws-iso-f-)/, partition: "aws-iso-f", dnsSuffix: "csp.hci.ic.gov" },
  { regions: /^(aws-)?eusc-/, partition: "aws-eusc", dnsSuffix: "amazonaws.eu" },
];
const COMMERCIAL = { partition: "aws", dnsSuffix: "amazonaws.com" };

const placeOf = (region: string) => PARTITIONS.find(({ regions }) => regions.test(region)) ?? COMMERCIAL;

/** The second part of the ARNs of a Region. */
export const partitionOf = (region: string): string => placeOf(region).partition;

/** Where services without Regions keep what they have: one place in each partition. */
export const globalRegionOf = (region: string): string => `${partitionOf(region)}-global`;

/** What the host names of a Region's services end in. */
export const dnsSuffixOf = (region: string): string => placeOf(region).dnsSuffix;
