import type { Machine } from "./machine";

/** os-release of the distributions Image Builder supports, from the name GetImage gives. */
export function osRelease(osVersion: string): Record<string, string> {
  const version = /(\d+(?:\.\d+)*)/.exec(osVersion)?.[1] ?? "";
  const release = (id: string, name: string, versionId: string) => ({
    NAME: name,
    ID: id,
    VERSION_ID: versionId,
    PRETTY_NAME: `${name} ${versionId}`,
  });
  if (/ubuntu/i.test(osVersion))
    return { ...release("ubuntu", "Ubuntu", version || "24.04"), VERSION_CODENAME: "noble" };
  if (/debian/i.test(osVersion)) return release("debian", "Debian GNU/Linux", version || "12");
  if (/red hat|rhel/i.test(osVersion)) return release("rhel", "Red Hat Enterprise Linux", version || "9.6");
  if (/rocky/i.test(osVersion)) return release("rocky", "Rocky Linux", version || "9.6");
  if (/centos/i.test(osVersion)) return release("centos", "CentOS Stream", version || "9");
  if (/suse|sles/i.test(osVersion)) return release("sles", "SLES", version || "15.6");
  return release("amzn", "Amazon Linux", version || "2023");
}

export function initialVariables(machine: Machine): Map<string, string> {
  const home = machine.platform === "macOS" ? "/var/root" : "/root";
  return new Map([
    ["HOME", home],
    ["PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
    ["PWD", home],
    ["USER", "root"],
    ["SHELL", "/bin/bash"],
    ["UID", "0"],
    ["EUID", "0"],
    ["HOSTNAME", "ip-172-31-16-21"],
    ["0", "script.sh"],
    ["?", "0"],
    ["$", "2718"],
    ["RANDOM", "20231"],
    ["OSTYPE", machine.platform === "macOS" ? "darwin23" : "linux-gnu"],
  ]);
}

/** What the instance metadata service answers. */
export function instanceMetadata(path: string, machine: Machine): string | undefined {
  const answers: Record<string, string> = {
    get "ami-id"() {
      return machine.imageId;
    },
    get "instance-id"() {
      return machine.instanceId;
    },
    "instance-type": "m5.large",
    "placement/availability-zone": `${machine.region}a`,
    "placement/region": machine.region,
    "local-ipv4": "172.31.16.21",
    "local-hostname": "ip-172-31-16-21.ec2.internal",
  };
  if (path.includes("instance-identity/document")) {
    return `{"accountId":"${machine.accountId}","instanceId":"${machine.instanceId}","region":"${machine.region}","imageId":"${machine.imageId}"}`;
  }
  return answers[path.replace(/^.*?meta-data\//, "").replace(/\/$/, "")];
}
