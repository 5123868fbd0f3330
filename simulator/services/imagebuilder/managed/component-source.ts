/** A component that Amazon owns, the same in every account and Region. */
export interface ManagedComponent {
  name: string;
  description: string;
  platform: "Linux" | "Windows" | "macOS";
  supportedOsVersions: string[];
  /** All published versions; each has build 1 and this one document. */
  versions: string[];
  document: string;
}

export const AMAZON_LINUX_2023 = "Amazon Linux 2023";
export const RPM_LINUX = [
  "Amazon Linux 2",
  AMAZON_LINUX_2023,
  "Red Hat Enterprise Linux 7",
  "Red Hat Enterprise Linux 8",
  "Red Hat Enterprise Linux 9",
  "CentOS",
];
export const ANY_LINUX = [...RPM_LINUX, "Ubuntu", "Debian", "SUSE Linux Enterprise Server"];
export const ANY_WINDOWS = [
  "Microsoft Windows Server 2016",
  "Microsoft Windows Server 2019",
  "Microsoft Windows Server 2022",
  "Microsoft Windows Server 2025",
];
export const ANY_MACOS = ["macOS 14", "macOS 15"];
