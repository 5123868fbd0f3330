import type { Choice } from "@/components/form/combo-field";
import { atVersion, stemOf } from "@/lib/core/arn";
import type { ResourceSummary } from "@/lib/definitions/types";

export type ComponentFilter = { platform: string; owner: string };

/** Who owns a component: AWS gives an account's number for what an account owns. */
export const ownerInWords = ({ arn, owner = "" }: ResourceSummary, own: ResourceSummary[]) => {
  if (own.some((one) => one.arn === arn)) return "yours";
  return /^\d{12}$/.test(owner) ? `shared by ${owner}` : owner === "ThirdParty" ? "AWS Marketplace" : owner;
};

/** Each name once, by its newest version. */
function newestOf(known: ResourceSummary[]): [stem: string, ResourceSummary][] {
  const newest = new Map<string, ResourceSummary>();
  for (const one of known) {
    const stem = stemOf(one.arn);
    if (!newest.has(stem)) newest.set(stem, one);
  }
  return [...newest];
}

const osOf = ({ platform = "", supportedOs = [] }: ResourceSummary) =>
  supportedOs.map((os) => `${platform} / ${os}`);

/** A component that names no OS runs on every one of its platform. */
const runsOn = (one: ResourceSummary, wanted: string) => {
  const [platform, os] = wanted.split(" / ");
  if (one.platform !== platform) return wanted === "";
  return os === undefined || !one.supportedOs?.length || one.supportedOs.includes(os);
};

/** What to add, by its newest version, as far as the filter lets it through. */
export const componentChoices = (
  known: ResourceSummary[],
  own: ResourceSummary[],
  { platform, owner }: ComponentFilter,
): Choice[] =>
  newestOf(known)
    .filter(([, one]) => runsOn(one, platform) && (owner === "" || ownerInWords(one, own) === owner))
    .map(([stem, one]) => ({
      value: atVersion(stem, "x.x.x"),
      label: one.name,
      detail: [ownerInWords(one, own), one.platform, one.description].filter(Boolean).join(", "),
    }));

/** Platforms with the versions of each that some component names, and owners, as far as there are any. */
export function componentFilters(known: ResourceSummary[], own: ResourceSummary[]) {
  const newest = newestOf(known).map(([, one]) => one);
  const platforms = newest.flatMap((one) => [one.platform ?? [], ...osOf(one)].flat());
  return {
    platforms: [...new Set(platforms)].toSorted(),
    owners: [...new Set(newest.map((one) => ownerInWords(one, own)))].filter(Boolean).toSorted(),
  };
}
