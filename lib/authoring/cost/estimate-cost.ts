import type { DistributionInput } from "@/lib/definitions/distribution-schemas";
import type { InfrastructureInput } from "@/lib/definitions/infrastructure-schemas";
import type { JsonObject } from "@/lib/definitions/types";
import {
  LARGE_HOUR,
  SIZE_FACTOR,
  SNAPSHOT_GIB_MONTH,
  TRANSFER_GIB,
  VOLUME_GIB_MONTH,
  WHOLE_HOUR,
  WINDOWS_LARGE_HOUR,
} from "./prices";

export type CostLine = { label: string; usd: number; basis: string };
export type CostEstimate = {
  run: CostLine[];
  /** For as long as one image is kept. */
  month: CostLine[];
  runUsd: number;
  monthUsd: number;
  /** What had to be guessed, in sentences. */
  assumptions: string[];
};

/** Parts of a pipeline as AWS takes them; what is absent is guessed, and said so. */
export type CostParts = {
  recipe?: JsonObject;
  infrastructure?: JsonObject;
  distribution?: JsonObject;
  /** How long a build takes; of earlier builds, where there are some. */
  buildMinutes?: number;
};

const USUAL_MINUTES = 30;
const USUAL_TYPE = "m5.large";
const USUAL_GIB = { Linux: 8, Windows: 30 };
const HOURS_A_MONTH = 730;

/**
 * What a run and a kept image cost, about: the instance and its volumes while it builds, transfer to other Regions,
 * and the snapshots of every copy. Image Builder itself costs nothing:
 * https://docs.aws.amazon.com/imagebuilder/latest/userguide/what-is-image-builder.html
 */
export function estimateCost({
  recipe = {},
  infrastructure = {},
  distribution = {},
  buildMinutes,
}: CostParts): CostEstimate {
  const assumptions: string[] = ["List prices in us-east-1, before discounts and taxes."];
  const { parentImage, blockDeviceMappings = [] } = recipe as Recipe;
  const isWindows = /windows/i.test(parentImage ?? "");
  const minutes = buildMinutes ?? USUAL_MINUTES;
  if (buildMinutes === undefined) assumptions.push(`Assumes ${USUAL_MINUTES}-minute builds.`);

  const { instanceTypes = [] } = infrastructure as Partial<InfrastructureInput>;
  const hourly = hourOf(instanceTypes[0] ?? USUAL_TYPE, isWindows);
  const type = hourly === undefined ? USUAL_TYPE : (instanceTypes[0] ?? USUAL_TYPE);
  if (instanceTypes.length === 0)
    assumptions.push(`Image Builder chooses the instance type. Assumes ${USUAL_TYPE}.`);
  else if (hourly === undefined)
    assumptions.push(`Price of ${instanceTypes[0]} unknown. Assumes ${USUAL_TYPE}.`);
  const instanceUsd = ((hourly ?? hourOf(USUAL_TYPE, isWindows) ?? 0) * minutes) / 60;

  const volumes = volumesOf(blockDeviceMappings, isWindows, assumptions);
  const gib = volumes.reduce((sum, { sizeGiB }) => sum + sizeGiB, 0);
  const volumeUsd = volumes.reduce(
    (sum, { sizeGiB, price }) => sum + (sizeGiB * price * minutes) / 60 / HOURS_A_MONTH,
    0,
  );

  const { regions, copies } = copiesOf(distribution);
  const run: CostLine[] = [
    {
      label: "Build instance",
      usd: instanceUsd,
      basis: `${minutes} min of ${type}${isWindows ? " with Windows" : ""}`,
    },
    { label: "Its volumes", usd: volumeUsd, basis: `${gib} GiB for ${minutes} min` },
  ];
  if (regions > 1) {
    const usd = (regions - 1) * gib * TRANSFER_GIB;
    run.push({ label: "Transfer", usd, basis: `at most ${gib} GiB to ${regions - 1} more Regions` });
  }
  const month: CostLine[] = [
    {
      label: "Snapshots",
      usd: gib * copies * SNAPSHOT_GIB_MONTH,
      basis: `at most ${gib} GiB in ${copies} ${copies === 1 ? "place" : "places"}`,
    },
  ];
  return { run, month, runUsd: sumOf(run), monthUsd: sumOf(month), assumptions };
}

/** Dollars to a figure worth saying: cents, and less than a cent as such. */
export const sayUsd = (usd: number): string =>
  usd > 0 && usd < 0.01
    ? "less than $0.01"
    : `$${usd.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

type Recipe = {
  parentImage?: string;
  blockDeviceMappings?: { ebs?: { volumeSize?: number; volumeType?: string } }[];
};

/** US dollars for an hour of an instance type; undefined for one whose price is not known here. */
export function hourOf(type: string, isWindows: boolean): number | undefined {
  const [family = "", size = ""] = type.split(".");
  const factor = SIZE_FACTOR[size];
  const large = LARGE_HOUR[family];
  const linux =
    WHOLE_HOUR[type] ?? (large !== undefined && factor !== undefined ? large * factor : undefined);
  if (linux === undefined || !isWindows) return linux;
  const licence = family.startsWith("t") ? WINDOWS_LARGE_HOUR.burstable : WINDOWS_LARGE_HOUR.other;
  return linux + licence * Math.max(1, factor ?? 1);
}

function volumesOf(
  mappings: NonNullable<Recipe["blockDeviceMappings"]>,
  isWindows: boolean,
  assumptions: string[],
) {
  const sized = mappings.flatMap(({ ebs }) =>
    typeof ebs?.volumeSize === "number"
      ? [{ sizeGiB: ebs.volumeSize, price: VOLUME_GIB_MONTH[ebs.volumeType ?? "gp3"] ?? SNAPSHOT_GIB_MONTH }]
      : [],
  );
  if (sized.length > 0) return sized;
  const sizeGiB = isWindows ? USUAL_GIB.Windows : USUAL_GIB.Linux;
  assumptions.push(`Assumes ${sizeGiB} GiB.`);
  return [{ sizeGiB, price: VOLUME_GIB_MONTH.gp3 ?? 0 }];
}

/** In how many Regions the image is, and how many copies of its snapshots there are over all accounts. */
function copiesOf(distribution: JsonObject): { regions: number; copies: number } {
  const { distributions = [] } = distribution as Partial<DistributionInput>;
  const copies = distributions.reduce(
    (sum, { amiDistributionConfiguration: ami }) => sum + 1 + (ami?.targetAccountIds?.length ?? 0),
    0,
  );
  return { regions: Math.max(1, distributions.length), copies: Math.max(1, copies) };
}

const sumOf = (lines: CostLine[]) => lines.reduce((sum, { usd }) => sum + usd, 0);
