export interface Vulnerability {
  id: string;
  severity: "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";
  score: number;
  vector: string;
  package: string;
  version: string;
  fixedIn: string;
  description: string;
}

const REMOTE = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
const DENIAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";
const LOCAL = "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H";
const LEAK = "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:N/A:N";

type Row = [string, Vulnerability["severity"], number, string, string, string, string, string];

const ROWS: Row[] = [
  [
    "CVE-2024-6387",
    "HIGH",
    8.1,
    REMOTE,
    "openssh-server",
    "8.7p1-8",
    "8.7p1-8.amzn2023.0.11",
    "A signal handler race condition in sshd lets an unauthenticated attacker execute code as root.",
  ],
  [
    "CVE-2024-3094",
    "CRITICAL",
    10,
    REMOTE,
    "xz-libs",
    "5.6.0-1",
    "5.6.1-3",
    "Malicious code in the upstream tarballs of xz changes functions of liblzma.",
  ],
  [
    "CVE-2023-44487",
    "HIGH",
    7.5,
    DENIAL,
    "nginx-core",
    "1.22.1-1",
    "1.24.0-1",
    "HTTP/2 streams that are reset at once consume the resources of a server.",
  ],
  [
    "CVE-2024-2961",
    "HIGH",
    7.3,
    REMOTE,
    "glibc",
    "2.34-52",
    "2.34-52.amzn2023.0.10",
    "The iconv function overflows its output buffer when converting to ISO-2022-CN-EXT.",
  ],
  [
    "CVE-2023-38545",
    "CRITICAL",
    9.8,
    REMOTE,
    "curl-minimal",
    "8.2.1-1",
    "8.3.0-1",
    "curl overflows a heap buffer in the SOCKS5 proxy handshake.",
  ],
  [
    "CVE-2024-1086",
    "HIGH",
    7.8,
    LOCAL,
    "kernel",
    "6.1.66-91",
    "6.1.79-99",
    "A use after free in nf_tables lets a local user gain privileges.",
  ],
  [
    "CVE-2023-4911",
    "HIGH",
    7.8,
    LOCAL,
    "glibc-common",
    "2.34-52",
    "2.34-52.amzn2023.0.3",
    "The dynamic loader overflows a buffer while it reads GLIBC_TUNABLES.",
  ],
  [
    "CVE-2023-5363",
    "MEDIUM",
    5.3,
    LEAK,
    "openssl-libs",
    "3.0.8-1",
    "3.0.8-1.amzn2023.0.9",
    "Key and IV lengths of some symmetric ciphers are processed wrongly.",
  ],
  [
    "CVE-2024-0553",
    "MEDIUM",
    5.9,
    LEAK,
    "gnutls",
    "3.8.0-375",
    "3.8.0-376",
    "Response times in RSA-PSK key exchange differ for malformed ciphertexts.",
  ],
  [
    "CVE-2023-29383",
    "LOW",
    3.3,
    LEAK,
    "shadow-utils",
    "4.9-12",
    "4.9-12.amzn2023.0.4",
    "Control characters can be injected into fields of /etc/passwd with chfn.",
  ],
  [
    "CVE-2024-28834",
    "MEDIUM",
    5.3,
    LEAK,
    "gnutls",
    "3.8.0-376",
    "3.8.3-1",
    "A side channel in deterministic ECDSA leaks the key length.",
  ],
  [
    "CVE-2023-50387",
    "MEDIUM",
    6.5,
    DENIAL,
    "bind-libs",
    "9.16.42-1",
    "9.16.48-1",
    "DNSSEC validation of a zone with many keys exhausts the CPU.",
  ],
];

/** Known vulnerabilities that scans of the simulator find. */
export const VULNERABILITIES: readonly Vulnerability[] = ROWS.map(
  ([id, severity, score, vector, name, version, fixedIn, description]) => ({
    id,
    severity,
    score,
    vector,
    package: name,
    version,
    fixedIn,
    description,
  }),
);
