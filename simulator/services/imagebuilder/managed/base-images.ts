import { DAY_MS } from "../../../engine/clock";
import { hash32, hexId } from "../../../factory/deterministic";
import { formatArn } from "../arns";
import { compareVersions, matchesVersion } from "../versions";

/**
 * The base images that Amazon publishes in every account and Region. Each is released again every
 * two weeks, on its own day, so a recipe that says `x.x.x` meets new versions as time passes.
 */

type Platform = "Linux" | "Windows" | "macOS";

export interface BaseImage {
  /** Part of the ARN: `image/<name>/<version>`. */
  name: string;
  title: string;
  platform: Platform;
  osVersion: string;
  architecture: "x86_64" | "arm64" | "x86_64_mac" | "arm64_mac";
  type: "AMI" | "DOCKER";
  /** Public parameters of Systems Manager that hold its newest AMI. */
  ssmParameters: string[];
  rootDeviceName: string;
  rootVolumeGiB: number;
}

export interface BaseImageVersion {
  image: BaseImage;
  version: string;
  /** Epoch milliseconds. */
  releasedAt: number;
}

type Row = [name: string, title: string, osVersion: string, ssmParameter?: string];

const linux = (rootDeviceName: string, rootVolumeGiB: number, rows: Row[]): BaseImage[] =>
  rows.map(([name, title, osVersion, ssmParameter]) => ({
    name,
    title,
    platform: "Linux",
    osVersion,
    architecture: /arm64/.test(name) ? "arm64" : "x86_64",
    type: "AMI",
    ssmParameters: ssmParameter ? [ssmParameter] : [],
    rootDeviceName,
    rootVolumeGiB,
  }));

const windows = (rows: Row[]): BaseImage[] =>
  linux("/dev/sda1", 30, rows).map((image) => ({ ...image, platform: "Windows" }));

const macOs = (rows: Row[]): BaseImage[] =>
  linux("/dev/sda1", 100, rows).map((image) => ({
    ...image,
    platform: "macOS",
    architecture: image.architecture === "arm64" ? "arm64_mac" : "x86_64_mac",
  }));

const containers = (rows: Row[]): BaseImage[] =>
  linux("/dev/xvda", 8, rows).map((image) => ({ ...image, type: "DOCKER" }));

const AMAZON = "/aws/service/ami-amazon-linux-latest";
const WINDOWS = "/aws/service/ami-windows-latest";
const UBUNTU = "/aws/service/canonical/ubuntu/server";

export const BASE_IMAGES: readonly BaseImage[] = [
  ...linux("/dev/xvda", 8, [
    [
      "amazon-linux-2023-x86",
      "Amazon Linux 2023 x86",
      "Amazon Linux 2023",
      `${AMAZON}/al2023-ami-kernel-default-x86_64`,
    ],
    [
      "amazon-linux-2023-arm64",
      "Amazon Linux 2023 arm64",
      "Amazon Linux 2023",
      `${AMAZON}/al2023-ami-kernel-default-arm64`,
    ],
    [
      "amazon-linux-2023-minimal-x86",
      "Amazon Linux 2023 Minimal x86",
      "Amazon Linux 2023",
      `${AMAZON}/al2023-ami-minimal-kernel-default-x86_64`,
    ],
    ["amazon-linux-2-x86", "Amazon Linux 2 x86", "Amazon Linux 2", `${AMAZON}/amzn2-ami-hvm-x86_64-gp2`],
    ["amazon-linux-2-arm64", "Amazon Linux 2 arm64", "Amazon Linux 2", `${AMAZON}/amzn2-ami-hvm-arm64-gp2`],
  ]),
  ...linux("/dev/xvda", 30, [
    [
      "amazon-linux-2023-ecs-optimized-x86",
      "Amazon Linux 2023 with ECS Optimized x86",
      "Amazon Linux 2023",
      "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
    ],
    [
      "amazon-linux-2023-ecs-optimized-arm64",
      "Amazon Linux 2023 with ECS Optimized arm64",
      "Amazon Linux 2023",
      "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
    ],
    [
      "amazon-linux-2-ecs-optimized-kernel-5-x86",
      "Amazon Linux 2 Kernel 5 with ECS Optimized x86",
      "Amazon Linux 2",
      "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id",
    ],
    [
      "amazon-eks-optimized-kernel-5-x86",
      "Amazon EKS Optimized Amazon Linux 2023 x86",
      "Amazon Linux 2023",
      "/aws/service/eks/optimized-ami/1.34/amazon-linux-2023/x86_64/standard/recommended/image_id",
    ],
  ]),
  ...linux("/dev/sda1", 8, [
    [
      "ubuntu-server-22-lts-x86",
      "Ubuntu Server 22 LTS x86",
      "Ubuntu 22.04",
      `${UBUNTU}/22.04/stable/current/amd64/hvm/ebs-gp2/ami-id`,
    ],
    [
      "ubuntu-server-22-lts-arm64",
      "Ubuntu Server 22 LTS arm64",
      "Ubuntu 22.04",
      `${UBUNTU}/22.04/stable/current/arm64/hvm/ebs-gp2/ami-id`,
    ],
    [
      "ubuntu-server-24-lts-x86",
      "Ubuntu Server 24 LTS x86",
      "Ubuntu 24.04",
      `${UBUNTU}/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id`,
    ],
    [
      "ubuntu-server-24-lts-arm64",
      "Ubuntu Server 24 LTS arm64",
      "Ubuntu 24.04",
      `${UBUNTU}/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id`,
    ],
    ["debian-12-x86", "Debian 12 x86", "Debian 12", "/aws/service/debian/release/12/latest/amd64"],
    ["debian-12-arm64", "Debian 12 arm64", "Debian 12", "/aws/service/debian/release/12/latest/arm64"],
  ]),
  ...linux("/dev/sda1", 10, [
    ["red-hat-enterprise-linux-8-x86", "Red Hat Enterprise Linux 8 x86", "Red Hat Enterprise Linux 8"],
    ["red-hat-enterprise-linux-9-x86", "Red Hat Enterprise Linux 9 x86", "Red Hat Enterprise Linux 9"],
    ["red-hat-enterprise-linux-9-arm64", "Red Hat Enterprise Linux 9 arm64", "Red Hat Enterprise Linux 9"],
    [
      "suse-linux-enterprise-server-15-x86",
      "SUSE Linux Enterprise Server 15 x86",
      "SUSE Linux Enterprise Server 15",
      "/aws/service/suse/sles/15-sp6/x86_64/latest",
    ],
  ]),
  ...windows([
    [
      "windows-server-2016-english-full-base-x86",
      "Windows Server 2016 English Full Base x86",
      "Microsoft Windows Server 2016",
      `${WINDOWS}/Windows_Server-2016-English-Full-Base`,
    ],
    [
      "windows-server-2019-english-full-base-x86",
      "Windows Server 2019 English Full Base x86",
      "Microsoft Windows Server 2019",
      `${WINDOWS}/Windows_Server-2019-English-Full-Base`,
    ],
    [
      "windows-server-2022-english-full-base-x86",
      "Windows Server 2022 English Full Base x86",
      "Microsoft Windows Server 2022",
      `${WINDOWS}/Windows_Server-2022-English-Full-Base`,
    ],
    [
      "windows-server-2022-english-core-base-x86",
      "Windows Server 2022 English Core Base x86",
      "Microsoft Windows Server 2022",
      `${WINDOWS}/Windows_Server-2022-English-Core-Base`,
    ],
    [
      "windows-server-2025-english-full-base-x86",
      "Windows Server 2025 English Full Base x86",
      "Microsoft Windows Server 2025",
      `${WINDOWS}/Windows_Server-2025-English-Full-Base`,
    ],
    [
      "windows-server-2025-english-core-base-x86",
      "Windows Server 2025 English Core Base x86",
      "Microsoft Windows Server 2025",
      `${WINDOWS}/Windows_Server-2025-English-Core-Base`,
    ],
  ]),
  ...macOs([
    [
      "macos-sonoma-arm64",
      "macOS Sonoma arm64",
      "macOS 14",
      "/aws/service/ec2-macos/sonoma/arm64_mac/latest/image_id",
    ],
    [
      "macos-sequoia-arm64",
      "macOS Sequoia arm64",
      "macOS 15",
      "/aws/service/ec2-macos/sequoia/arm64_mac/latest/image_id",
    ],
    [
      "macos-sequoia-x86",
      "macOS Sequoia x86",
      "macOS 15",
      "/aws/service/ec2-macos/sequoia/x86_64_mac/latest/image_id",
    ],
  ]),
  ...containers([
    ["amazon-linux-x86-latest", "Amazon Linux x86 Latest", "Amazon Linux 2023"],
    ["amazon-linux-2023-container-x86", "Amazon Linux 2023 Container x86", "Amazon Linux 2023"],
    ["ubuntu-24-x86-latest", "Ubuntu 24 x86 Latest", "Ubuntu 24.04"],
  ]),
];

const RELEASE_EVERY_DAYS = 14;
const RELEASES_KEPT = 8;

/** The releases there are at `now`, newest first. */
export function baseImageVersions(image: BaseImage, now: number): BaseImageVersion[] {
  const offsetDays = hash32(image.name) % RELEASE_EVERY_DAYS;
  const today = Math.floor(now / DAY_MS);
  const newest = today - ((today - offsetDays) % RELEASE_EVERY_DAYS);
  return Array.from({ length: RELEASES_KEPT }, (_, index) => {
    const releasedAt = (newest - index * RELEASE_EVERY_DAYS) * DAY_MS;
    const day = new Date(releasedAt);
    const version = `${day.getUTCFullYear()}.${day.getUTCMonth() + 1}.${day.getUTCDate()}`;
    return { image, version, releasedAt };
  });
}

export function findBaseImage(name: string): BaseImage | undefined {
  return BASE_IMAGES.find((image) => image.name === name);
}

/** The newest release that a version or wildcard names; undefined when there is none. */
export function resolveBaseImage(name: string, pattern: string, now: number): BaseImageVersion | undefined {
  const image = findBaseImage(name);
  if (!image) return undefined;
  return baseImageVersions(image, now)
    .filter(({ version }) => matchesVersion(pattern, version))
    .sort((left, right) => compareVersions(right.version, left.version))[0];
}

export function baseImageArn(region: string, release: BaseImageVersion): string {
  return formatArn({
    region,
    account: "aws",
    kind: "image",
    name: release.image.name,
    version: release.version,
    build: 1,
  });
}

/** Every Region has its own AMI of a release. */
export function baseImageAmiId(region: string, release: BaseImageVersion): string {
  return `ami-${hexId(`${region}/${release.image.name}/${release.version}`, 17)}`;
}

/** The newest release behind a public parameter such as `/aws/service/ami-amazon-linux-latest/...`. */
export function baseImageOfParameter(parameterName: string, now: number): BaseImageVersion | undefined {
  const image = BASE_IMAGES.find(({ ssmParameters }) => ssmParameters.includes(parameterName));
  return image && baseImageVersions(image, now)[0];
}
