import { readFileSync } from "node:fs";
import { join } from "node:path";
import ipaddr from "ipaddr.js";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { readImage } from "./dockerfile-image.mjs";
import { projectRoot } from "./prepare-project.mjs";

// What docs/operations.md and SECURITY.md promise of the examples in deploy/, held against those files.
const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
const operations = read("docs/operations.md");

type Container = {
  securityContext: Record<string, unknown>;
  volumeMounts: { mountPath: string }[];
  envFrom: { configMapRef?: object; secretRef?: object }[];
  env?: object[];
};
type Peer = {
  namespaceSelector?: { matchLabels: Record<string, string> };
  ipBlock?: { cidr: string; except?: string[] };
};
type Rule = { from?: Peer[]; to?: Peer[]; ports: { protocol: string; port: number }[] };

const manifests = parseAllDocuments(read("deploy/kubernetes/goldsmith.yaml")).map((each) => each.toJS());
const ofKind = (kind: string) => manifests.find((each) => each.kind === kind);
const pod = ofKind("Deployment").spec.template.spec;
const [podContainer] = pod.containers as [Container];
const [task] = JSON.parse(read("deploy/ecs/task-definition.json")).containerDefinitions;
const service = JSON.parse(read("deploy/ecs/service.json"));
const { services } = parse(read("deploy/compose.yaml"));
const environmentOfTask: Record<string, string> = Object.fromEntries(
  task.environment.map(({ name, value }: { name: string; value: string }) => [name, value]),
);

/** Rows of the documented table of ways: `Kubernetes, in | pods of `monitoring` | TCP 3000`. */
const [, table = ""] = operations.split("The examples open no more than this:\n\n");
const documented = (table.split("\n\n")[0] ?? "")
  .split("\n")
  .slice(2)
  .map((line) =>
    line
      .split("|")
      .slice(1, 4)
      .map((cell) => cell.trim())
      .join(" | "),
  );

function waysOf(way: string, rules: Rule[], member: "from" | "to"): string[] {
  return rules.flatMap((rule) => {
    const ports = rule.ports.map(({ protocol, port }) => `${protocol} ${port}`).join(", ");
    const peers = rule[member] ?? [];
    expect(peers, `${way} has a rule that is open to everybody`).not.toEqual([]);
    return peers.map((peer) => `${way} | ${placeOf(peer)} | ${ports}`);
  });
}

function placeOf({ namespaceSelector, ipBlock }: Peer): string {
  if (ipBlock) {
    const except = ipBlock.except?.map((cidr) => ` but not \`${cidr}\``).join("") ?? "";
    return `\`${ipBlock.cidr}\`${except}`;
  }
  return `pods of \`${namespaceSelector?.matchLabels["kubernetes.io/metadata.name"]}\``;
}

describe("the network", () => {
  const { ingress, egress, policyTypes, podSelector } = ofKind("NetworkPolicy").spec;

  it("is open in Kubernetes as the table says, and no further", () => {
    expect(policyTypes).toEqual(["Ingress", "Egress"]);
    expect(podSelector).toEqual(ofKind("Deployment").spec.selector);
    const ways = [...waysOf("Kubernetes, in", ingress, "from"), ...waysOf("Kubernetes, out", egress, "to")];
    expect(ways).toEqual(documented.filter((row) => row.startsWith("Kubernetes")));
  });

  it("is open with Compose on this machine only", () => {
    const published = Object.values(services as Record<string, { ports?: string[] }>).flatMap(
      ({ ports = [] }) => ports,
    );
    const ports = published.map((port) => port.split(":"));
    expect(new Set(ports.map(([host]) => host))).toEqual(new Set(["127.0.0.1"]));
    expect(`Compose, in | \`127.0.0.1\` | ${ports.map(([, port]) => `TCP ${port}`).join(", ")}`).toBe(
      documented.find((row) => row.startsWith("Compose")),
    );
  });

  it("reaches tasks of ECS through the load balancer", () => {
    const { assignPublicIp, securityGroups } = service.networkConfiguration.awsvpcConfiguration;
    expect([assignPublicIp, securityGroups.length]).toEqual(["DISABLED", 1]);
    const [{ containerPort }] = service.loadBalancers;
    expect(documented).toContain(`ECS, in | the service's security group | TCP ${containerPort}`);
  });

  it.each([
    ["Kubernetes", ofKind("ConfigMap").data.GOLDSMITH_TRUSTED_PROXIES],
    ["ECS", environmentOfTask.GOLDSMITH_TRUSTED_PROXIES],
    ["Compose", services.console.environment.GOLDSMITH_TRUSTED_PROXIES ?? ""],
  ])(
    "is trusted by %s for where a request came from as far as the load balancers' own networks",
    (_, setting) => {
      const [, most] = /at most (\d+) addresses each/.exec(operations) ?? [];
      for (const network of (setting as string).split(",").filter(Boolean)) {
        const [address, bits] = ipaddr.parseCIDR(network);
        expect(address.range()).toBe("private");
        expect(2 ** (32 - bits), network).toBeLessThanOrEqual(Number(most));
      }
    },
  );
});

describe("the container", () => {
  it("runs without root, without capabilities and without privilege escalation", () => {
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: "RuntimeDefault" },
    });
    expect(pod.securityContext.runAsUser).toBeGreaterThan(0);
    expect(podContainer.securityContext).toEqual({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
      capabilities: { drop: ["ALL"] },
    });
    expect(ofKind("ServiceAccount").automountServiceAccountToken).toBe(false);
    for (const key of ["hostNetwork", "hostPID", "hostIPC"]) expect(pod).not.toHaveProperty(key);
    expect(task).toMatchObject({
      ...{ user: "1000:1000", readonlyRootFilesystem: true },
      linuxParameters: { capabilities: { drop: ["ALL"] } },
    });
    expect(task.privileged ?? false).toBe(false);
    expect(services.console).toMatchObject({
      ...{ read_only: true, cap_drop: ["ALL"] },
      security_opt: ["no-new-privileges:true"],
    });
  });

  it("may write to what the text names", () => {
    const [, writable = ""] = /Writable must be (.+?)\n/.exec(operations) ?? [];
    const [tmp, cache, data] = [...writable.matchAll(/`(\/[^`]+)`/g)].map(([, path]) => path);
    const image = readImage(read("Dockerfile"));
    expect([tmp, cache, data]).toEqual([
      "/tmp",
      `${image.folder}/.next/cache`,
      image.environment.GOLDSMITH_DATA,
    ]);
    expect(podContainer.volumeMounts.map(({ mountPath }) => mountPath)).toEqual([tmp, cache]);
    expect(task.mountPoints.map(({ containerPath }: { containerPath: string }) => containerPath)).toEqual([
      tmp,
      cache,
    ]);
    expect(services.console.tmpfs).toEqual([tmp, cache]);
    expect(services.console.volumes).toEqual([`data:${data}`]);
  });

  it("has its secrets from elsewhere, where it is not for trying out", () => {
    const secret = /DATABASE_URL|SECRET|TOKEN|PASSWORD|_KEY$/;
    const named = (settings: object) => Object.keys(settings).filter((name) => secret.test(name));
    expect(named(ofKind("ConfigMap").data)).toEqual([]);
    expect(named(environmentOfTask)).toEqual([]);
    expect(podContainer.env ?? []).toEqual([]);
    expect(podContainer.envFrom.some(({ secretRef }) => secretRef)).toBe(true);
    expect(
      task.secrets.every((each: { valueFrom: string }) => each.valueFrom.includes(":secretsmanager:")),
    ).toBe(true);
  });
});

it("the database is reached over TLS whose certificate is checked", () => {
  expect(read("deploy/kubernetes/goldsmith.yaml")).toMatch(
    /DATABASE_URL='postgres:\/\/\.\.\.\?sslmode=verify-full'/,
  );
});

it("the image's base can be named by digest, and is named once", () => {
  const froms = read("Dockerfile").match(/^FROM .+$/gm);
  expect(froms?.map((each) => each.replace("$", ""))).toEqual([
    "FROM {NODE_IMAGE} AS build",
    "FROM {NODE_IMAGE}",
  ]);
  expect(operations).toContain("--build-arg NODE_IMAGE=");
});

it("probes ask whether the process lives, and whether it can work", () => {
  expect(podContainer).toMatchObject({
    livenessProbe: { httpGet: { path: "/api/health" } },
    readinessProbe: { httpGet: { path: "/api/ready" } },
  });
});
