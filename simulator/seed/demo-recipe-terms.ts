import type { BuildFault } from "../factory/types";

/** Words that the demo's pipelines share: bases, start conditions, volumes and what goes wrong. */
export const base = (name: string) => `arn:aws:imagebuilder:us-east-1:aws:image/${name}/x.x.x`;
export const always = "EXPRESSION_MATCH_ONLY" as const;
export const onUpdates = "EXPRESSION_MATCH_AND_DEPENDENCY_UPDATES_AVAILABLE" as const;
export const LINUX_ROOT = [
  { deviceName: "/dev/xvda", ebs: { volumeSize: 20, volumeType: "gp3" as const, encrypted: true } },
];
export const SDA_ROOT = [
  { deviceName: "/dev/sda1", ebs: { volumeSize: 60, volumeType: "gp3" as const, encrypted: true } },
];

export const mirrorUnreachable = (step: string): BuildFault => ({
  kind: "component-step",
  step,
  exitCode: 1,
  stdout: ["Platform mirror                                 0.0  B/s |   0  B     02:00"],
  stderr:
    "Errors during downloading metadata for repository 'platform-mirror':\n  - Curl error (28): Timeout was reached for https://mirror.platform.example/el9/repodata/repomd.xml [Connection timed out after 30001 milliseconds]\nError: Failed to download metadata for repo 'platform-mirror': Cannot download repomd.xml: All mirrors were tried",
});
export const testFailed = (step: string, stderr: string): BuildFault => ({
  kind: "component-step",
  step,
  exitCode: 7,
  stderr,
});
export const packageLock: BuildFault = {
  kind: "component-step",
  step: "InstallUbuntuPackages",
  exitCode: 100,
  stderr:
    "E: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 2214 (unattended-upgr)\nE: Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), is another process using it?",
};
export const LICENCE_MISSING: BuildFault = {
  kind: "component-step",
  step: "RegisterHost",
  exitCode: 127,
  stdout: ["registering with licences.platform.example"],
  stderr: "/opt/licence/bin/licensectl: No such file or directory",
};
