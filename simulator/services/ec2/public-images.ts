import type { PlatformValues } from "@aws-sdk/client-ec2";
import { DAY_MS } from "../../engine/clock";
import { stableId } from "../../engine/ids";
import {
  BASE_IMAGES,
  type BaseImageVersion,
  baseImageAmiId,
  baseImageVersions,
} from "../imagebuilder/managed/base-images";
import type { ImageRow } from "./store";

/** On the wire it is lower case, whatever the SDK's type says. */
const WINDOWS = "windows" as string as PlatformValues;
const DEPRECATED_AFTER_MS = 730 * DAY_MS;

/** The accounts that really publish these images. */
const OWNERS: [name: RegExp, account: string, alias?: string][] = [
  [/^ubuntu/, "099720109477"],
  [/^debian/, "136693071363"],
  [/^red-hat/, "309956199498"],
  [/^suse/, "013907871322"],
  [/^windows/, "801119661308", "amazon"],
  [/^macos/, "628277914472", "amazon"],
  [/./, "137112412989", "amazon"],
];

/** The AMIs of the base images that Image Builder knows, as EC2 describes them, newest first. */
export function publicImages(region: string, now: number): ImageRow[] {
  const key = `${region} ${Math.floor(now / DAY_MS)}`;
  if (cached?.key !== key) {
    const releases = BASE_IMAGES.filter(({ type }) => type === "AMI").flatMap((image) =>
      baseImageVersions(image, now),
    );
    cached = { key, rows: releases.map((release) => imageRow(region, release)) };
  }
  return cached.rows;
}

// Releases change once a day at most.
let cached: { key: string; rows: ImageRow[] } | undefined;

function imageRow(region: string, release: BaseImageVersion): ImageRow {
  const { image, version, releasedAt } = release;
  const [, account = "", alias] = OWNERS.find(([name]) => name.test(image.name)) ?? [];
  const id = baseImageAmiId(region, release);
  const name = `${image.name}-${version}`;
  const isWindows = image.platform === "Windows";
  const isRedHat = image.name.startsWith("red-hat");
  return {
    ImageId: id,
    Name: name,
    Description: `${image.title} ${version}`,
    OwnerId: account,
    ...(alias && { ImageOwnerAlias: alias }),
    ImageLocation: `${alias ?? account}/${name}`,
    State: "available",
    Public: true,
    Architecture: image.architecture,
    ImageType: "machine",
    ...(isWindows && { Platform: WINDOWS }),
    PlatformDetails: isWindows ? "Windows" : isRedHat ? "Red Hat Enterprise Linux" : "Linux/UNIX",
    UsageOperation: isWindows ? "RunInstances:0002" : isRedHat ? "RunInstances:0010" : "RunInstances",
    CreationDate: new Date(releasedAt).toISOString(),
    DeprecationTime: new Date(releasedAt + DEPRECATED_AFTER_MS).toISOString(),
    RootDeviceName: image.rootDeviceName,
    RootDeviceType: "ebs",
    BlockDeviceMappings: [
      {
        DeviceName: image.rootDeviceName,
        Ebs: {
          SnapshotId: stableId("snap", id),
          VolumeSize: image.rootVolumeGiB,
          VolumeType: "gp3",
          DeleteOnTermination: true,
          Encrypted: false,
        },
      },
    ],
    EnaSupport: true,
    SriovNetSupport: "simple",
    Hypervisor: "xen",
    VirtualizationType: "hvm",
    BootMode: "uefi-preferred",
    ImdsSupport: "v2.0",
    Tags: [],
  };
}
