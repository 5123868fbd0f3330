import type { PreflightCheck } from "./types";

export type VolumeSettings = {
  deviceName?: string;
  ebs?: { volumeSize?: number; volumeType?: string; iops?: number; throughput?: number };
};
/** The base image's root volume; absent where it could not be read. */
export type RootVolume = { deviceName: string; sizeGiB: number };

/**
 * What EC2 allows by type: the smallest volume in GiB and the most IOPS for each GiB.
 * https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volume-types.html
 */
const TYPES: Record<string, { smallestGiB: number; iopsPerGiB?: number }> = {
  gp3: { smallestGiB: 1, iopsPerGiB: 500 },
  io1: { smallestGiB: 4, iopsPerGiB: 50 },
  io2: { smallestGiB: 4, iopsPerGiB: 1000 },
  st1: { smallestGiB: 125 },
  sc1: { smallestGiB: 125 },
};
/** gp3 has this many IOPS at any size, and takes 0.25 MiB/s for each IOPS. */
const GP3_IOPS = 3000;
const GP3_MIBS_PER_IOPS = 0.25;

/** Whether EC2 makes the volumes: against the base image's root volume, and by size and rate of their type. */
export function judgeVolumes(volumes: VolumeSettings[], root: RootVolume | undefined): PreflightCheck[] {
  if (volumes.length === 0) return [];
  const wrong = [
    ...usedTwice(volumes),
    ...volumes.flatMap((volume) => [...tooSmallFor(root, volume), ...wrongRates(volume, root)]),
  ];
  const base = { id: "volumes", step: "recipe" as const };
  if (wrong.length > 0)
    return [
      {
        ...base,
        state: "problem",
        title: "EC2 can't create a volume with these settings",
        evidence: wrong,
        fix: "Change the volume's device name, size, type, IOPS, or throughput.",
      },
    ];
  if (!root)
    return [
      {
        ...base,
        state: "unknown",
        title: "Can't check whether the volumes fit the base image",
        evidence: ["The base image's root volume could not be read."],
      },
    ];
  const evidence = [`The base image's root volume is ${root.deviceName}, ${root.sizeGiB} GiB.`];
  if (!volumes.some(({ deviceName }) => deviceName === root.deviceName))
    return [
      {
        ...base,
        state: "warning",
        title: `No volume for the root device ${root.deviceName}`,
        evidence: [
          ...evidence,
          `${volumes.map(({ deviceName }) => deviceName ?? "A volume without a device name").join(", ")} is added as an extra volume.`,
        ],
        fix: `Use device name ${root.deviceName} to change the root volume.`,
      },
    ];
  return [{ ...base, state: "ok", title: "The volumes fit the base image", evidence }];
}

/** EC2 refuses the launch: "The device '/dev/xvda' is used in more than one block-device mapping". */
function usedTwice(volumes: VolumeSettings[]): string[] {
  const names = volumes.flatMap(({ deviceName }) => deviceName ?? []);
  const twice = names.filter((name, index) => names.indexOf(name) < index);
  return [...new Set(twice)].map((name) => `${name} is the device of more than one volume.`);
}

function tooSmallFor(root: RootVolume | undefined, { deviceName, ebs }: VolumeSettings): string[] {
  if (!root || deviceName !== root.deviceName || ebs?.volumeSize === undefined) return [];
  return ebs.volumeSize < root.sizeGiB
    ? [`${deviceName} has ${ebs.volumeSize} GiB; the base image's snapshot needs ${root.sizeGiB} GiB.`]
    : [];
}

function wrongRates(
  { deviceName = "A volume", ebs = {} }: VolumeSettings,
  root: RootVolume | undefined,
): string[] {
  const { volumeType, iops, throughput } = ebs;
  const volumeSize = ebs.volumeSize ?? (deviceName === root?.deviceName ? root.sizeGiB : undefined);
  const limits = TYPES[volumeType ?? ""];
  const wrong: string[] = [];
  if (limits && volumeSize !== undefined && volumeSize < limits.smallestGiB)
    wrong.push(`${deviceName} has ${volumeSize} GiB; ${volumeType} begins at ${limits.smallestGiB} GiB.`);
  const included = volumeType === "gp3" ? GP3_IOPS : 0;
  if (limits?.iopsPerGiB && iops !== undefined && volumeSize !== undefined) {
    const most = Math.max(included, limits.iopsPerGiB * volumeSize);
    if (iops > most)
      wrong.push(`${deviceName} has ${iops} IOPS; ${volumeType} of ${volumeSize} GiB has at most ${most}.`);
  }
  if (volumeType === "gp3" && throughput !== undefined) {
    const most = (iops ?? GP3_IOPS) * GP3_MIBS_PER_IOPS;
    if (throughput > most)
      wrong.push(
        `${deviceName} has ${throughput} MiB/s; gp3 with ${iops ?? GP3_IOPS} IOPS has at most ${most} MiB/s.`,
      );
  }
  return wrong;
}

/** https://docs.aws.amazon.com/imagebuilder/latest/userguide/create-image-recipes.html */
export function judgeAgent(
  platform: string | undefined,
  recipe: { additionalInstanceConfiguration?: unknown },
): PreflightCheck[] {
  const { additionalInstanceConfiguration: instance } = recipe;
  const setsAgent = typeof instance === "object" && instance !== null && "systemsManagerAgent" in instance;
  if (!setsAgent || platform === "Linux" || platform === "macOS") return [];
  const base = { id: "agent", step: "recipe" as const };
  if (platform === undefined)
    return [
      {
        ...base,
        state: "unknown",
        title: "Whether the base image takes a setting of the Systems Manager agent is not known",
        evidence: ["Windows images do not take it, and the platform could not be read."],
      },
    ];
  return [
    {
      ...base,
      state: "problem",
      title: "Image Builder does not support configuring the SSM Agent on Windows",
      evidence: ["The base image is for Windows."],
      fix: "Remove the Systems Manager agent setting.",
    },
  ];
}
