/** Regions of the commercial partition that need no opt-in, and some that do; with their zones' letters. */
export const REGIONS: { name: string; place: string; zones: string; optIn?: boolean }[] = [
  { name: "us-east-1", place: "US East (N. Virginia)", zones: "abcdef" },
  { name: "us-east-2", place: "US East (Ohio)", zones: "abc" },
  { name: "us-west-1", place: "US West (N. California)", zones: "ac" },
  { name: "us-west-2", place: "US West (Oregon)", zones: "abcd" },
  { name: "ca-central-1", place: "Canada (Central)", zones: "abd" },
  { name: "sa-east-1", place: "South America (Sao Paulo)", zones: "abc" },
  { name: "eu-west-1", place: "Europe (Ireland)", zones: "abc" },
  { name: "eu-west-2", place: "Europe (London)", zones: "abc" },
  { name: "eu-west-3", place: "Europe (Paris)", zones: "abc" },
  { name: "eu-central-1", place: "Europe (Frankfurt)", zones: "abc" },
  { name: "eu-north-1", place: "Europe (Stockholm)", zones: "abc" },
  { name: "ap-northeast-1", place: "Asia Pacific (Tokyo)", zones: "acd" },
  { name: "ap-northeast-2", place: "Asia Pacific (Seoul)", zones: "abcd" },
  { name: "ap-northeast-3", place: "Asia Pacific (Osaka)", zones: "abc" },
  { name: "ap-south-1", place: "Asia Pacific (Mumbai)", zones: "abc" },
  { name: "ap-southeast-1", place: "Asia Pacific (Singapore)", zones: "abc" },
  { name: "ap-southeast-2", place: "Asia Pacific (Sydney)", zones: "abc" },
  { name: "eu-south-1", place: "Europe (Milan)", zones: "abc", optIn: true },
  { name: "eu-central-2", place: "Europe (Zurich)", zones: "abc", optIn: true },
  { name: "af-south-1", place: "Africa (Cape Town)", zones: "abc", optIn: true },
  { name: "ap-east-1", place: "Asia Pacific (Hong Kong)", zones: "abc", optIn: true },
  { name: "me-south-1", place: "Middle East (Bahrain)", zones: "abc", optIn: true },
];

/** The zones of a Region; an unknown Region has three. */
export function zonesOf(region: string): string[] {
  const letters = REGIONS.find(({ name }) => name === region)?.zones ?? "abc";
  return [...letters].map((letter) => `${region}${letter}`);
}

/** The same zone for every account, such as `use1-az1`: https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html */
export const zoneIdOf = (region: string, zone: string): string =>
  `${region.replace(/^(..)-(\w).*?-(\d)$/, "$1$2$3")}-az${zonesOf(region).indexOf(zone) + 1}`;
