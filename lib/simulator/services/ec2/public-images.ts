import type { PlatformValues } from "@aws-sdk/client-ec2";
import { stableId } from "../../engine/ids";
import type { ImageRow } from "./store";

/** On the wire it is lower case, whatever the SDK's type says. */
export const WINDOWS = "windows" as string as PlatformValues;

/** A base image as its publisher names it; `{date}` becomes the day of the newest release. */
interface PublicImage {
  /** The word by which the simulator refers to it: `amazon-linux-2023-x86`. */
  key: string;
  name: string;
  description: string;
  owner: "amazon" | "canonical" | "redhat" | "windows" | "suse";
  architecture: "x86_64" | "arm64";
  rootDevice: string;
  sizeGiB: number;
}

const OWNERS: Record<PublicImage["owner"], string> = {
  amazon: "137112412989",
  canonical: "099720109477",
  redhat: "309956199498",
  windows: "801119661308",
  suse: "013907871322",
};

const linux = (
  key: string,
  name: string,
  description: string,
  owner: PublicImage["owner"],
  architecture: PublicImage["architecture"] = "x86_64",
): PublicImage => ({
  key,
  name,
  description,
  owner,
  architecture,
  rootDevice: owner === "amazon" ? "/dev/xvda" : "/dev/sda1",
  sizeGiB: owner === "redhat" ? 10 : 8,
});

const windows = (key: string, name: string, description: string): PublicImage => ({
  ...linux(key, name, description, "windows"),
  rootDevice: "/dev/sda1",
  sizeGiB: 30,
});

export const PUBLIC_IMAGES: PublicImage[] = [
  linux(
    "amazon-linux-2023-x86",
    "al2023-ami-2023.9.{date}.0-kernel-6.1-x86_64",
    "Amazon Linux 2023 AMI 2023.9 x86_64 HVM kernel-6.1",
    "amazon",
  ),
  linux(
    "amazon-linux-2023-arm64",
    "al2023-ami-2023.9.{date}.0-kernel-6.1-arm64",
    "Amazon Linux 2023 AMI 2023.9 arm64 HVM kernel-6.1",
    "amazon",
    "arm64",
  ),
  linux(
    "amazon-linux-2-x86",
    "amzn2-ami-kernel-5.10-hvm-2.0.{date}.0-x86_64-gp2",
    "Amazon Linux 2 Kernel 5.10 AMI 2.0 x86_64 HVM gp2",
    "amazon",
  ),
  linux(
    "amazon-linux-2-arm64",
    "amzn2-ami-kernel-5.10-hvm-2.0.{date}.0-arm64-gp2",
    "Amazon Linux 2 LTS Arm64 Kernel 5.10 AMI 2.0 arm64 HVM gp2",
    "amazon",
    "arm64",
  ),
  linux(
    "amazon-linux-2023-ecs-x86",
    "al2023-ami-ecs-hvm-2023.0.{date}-kernel-6.1-x86_64",
    "Amazon Linux AMI 2023 x86_64 ECS HVM EBS",
    "amazon",
  ),
  linux(
    "amazon-linux-2023-eks-x86",
    "amazon-eks-node-al2023-x86_64-standard-1.33-v{date}",
    "EKS-optimized Kubernetes node based on Amazon Linux 2023",
    "amazon",
  ),
  linux(
    "ubuntu-server-24-lts-x86",
    "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-{date}",
    "Canonical, Ubuntu, 24.04 LTS, amd64 noble image",
    "canonical",
  ),
  linux(
    "ubuntu-server-24-lts-arm64",
    "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-arm64-server-{date}",
    "Canonical, Ubuntu, 24.04 LTS, arm64 noble image",
    "canonical",
    "arm64",
  ),
  linux(
    "ubuntu-server-22-lts-x86",
    "ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-{date}",
    "Canonical, Ubuntu, 22.04 LTS, amd64 jammy image",
    "canonical",
  ),
  linux(
    "red-hat-enterprise-linux-9-x86",
    "RHEL-9.6.0_HVM-{date}-x86_64-0-Hourly2-GP3",
    "Provided by Red Hat, Inc.",
    "redhat",
  ),
  linux(
    "red-hat-enterprise-linux-8-x86",
    "RHEL-8.10.0_HVM-{date}-x86_64-0-Hourly2-GP3",
    "Provided by Red Hat, Inc.",
    "redhat",
  ),
  linux(
    "suse-linux-enterprise-server-15-x86",
    "suse-sles-15-sp6-v{date}-hvm-ssd-x86_64",
    "SUSE Linux Enterprise Server 15 SP6 (HVM, 64-bit, SSD-Backed)",
    "suse",
  ),
  windows(
    "windows-server-2025-english-full-base-x86",
    "Windows_Server-2025-English-Full-Base-{date}",
    "Microsoft Windows Server 2025 Full Locale English AMI provided by Amazon",
  ),
  windows(
    "windows-server-2022-english-full-base-x86",
    "Windows_Server-2022-English-Full-Base-{date}",
    "Microsoft Windows Server 2022 Full Locale English AMI provided by Amazon",
  ),
  windows(
    "windows-server-2019-english-full-base-x86",
    "Windows_Server-2019-English-Full-Base-{date}",
    "Microsoft Windows Server 2019 Full Locale English AMI provided by Amazon",
  ),
];

/** The AMI id of a base image in a Region, by its key; the same on every machine. */
export function publicImageId(region: string, key: string): string {
  return stableId("ami", "public", region, key);
}

/** The base images as EC2 describes them, released some days before `at`. */
export function publicImageRows(region: string, at: number): ImageRow[] {
  const released = new Date(at - 9 * 86_400_000);
  const day = released.toISOString().slice(0, 10).replaceAll("-", "");
  return PUBLIC_IMAGES.map((image) => {
    const name = image.name.replace("{date}", day);
    const isWindows = image.owner === "windows";
    return {
      ImageId: publicImageId(region, image.key),
      Name: name,
      Description: image.description,
      OwnerId: OWNERS[image.owner],
      ...((image.owner === "amazon" || isWindows) && { ImageOwnerAlias: "amazon" }),
      ImageLocation: `${image.owner === "amazon" || isWindows ? "amazon" : OWNERS[image.owner]}/${name}`,
      State: "available",
      Public: true,
      Architecture: image.architecture,
      ImageType: "machine",
      ...(isWindows && { Platform: WINDOWS }),
      PlatformDetails: isWindows
        ? "Windows"
        : image.owner === "redhat"
          ? "Red Hat Enterprise Linux"
          : "Linux/UNIX",
      UsageOperation: isWindows
        ? "RunInstances:0002"
        : image.owner === "redhat"
          ? "RunInstances:0010"
          : "RunInstances",
      CreationDate: released.toISOString(),
      DeprecationTime: new Date(released.getTime() + 730 * 86_400_000).toISOString(),
      RootDeviceName: image.rootDevice,
      RootDeviceType: "ebs",
      BlockDeviceMappings: [
        {
          DeviceName: image.rootDevice,
          Ebs: {
            SnapshotId: stableId("snap", "public", region, image.key),
            VolumeSize: image.sizeGiB,
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
  });
}
