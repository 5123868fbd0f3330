import type { Platform } from "goldsmith-languages/component";

/**
 * Names by which AWS compares a component with a recipe's base image, from their beginning on: "Amazon Linux"
 * takes in 2 and 2023. https://docs.aws.amazon.com/imagebuilder/latest/APIReference/API_CreateComponent.html
 */
export const supportedOsVersions: Readonly<Record<Platform, readonly string[]>> = {
  Linux: [
    "Amazon Linux 2023",
    "Amazon Linux 2",
    "CentOS Stream 9",
    "Red Hat Enterprise Linux 9",
    "Red Hat Enterprise Linux 8",
    "SUSE Linux Enterprise Server 15",
    "Ubuntu 24",
    "Ubuntu 22",
    "Ubuntu 20",
  ],
  Windows: [
    "Microsoft Windows Server 2025",
    "Microsoft Windows Server 2022",
    "Microsoft Windows Server 2019",
    "Microsoft Windows Server 2016",
  ],
  macOS: ["macOS 15", "macOS 14", "macOS 13"],
};
