import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CreateServiceCommand, ECSClient, RegisterTaskDefinitionCommand } from "@aws-sdk/client-ecs";
import { validate } from "dockerfile-utils";
import { Deployment } from "kubernetes-models/apps/v1";
import { Ingress, NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { ConfigMap, Service, ServiceAccount } from "kubernetes-models/v1";
import { describe, expect, it } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { readConfig } from "../lib/config/config";
import { startStubAws } from "../lib/testing/stub-aws";
import { readImage } from "./dockerfile-image.mjs";
import { projectRoot } from "./prepare-project.mjs";

const read = (path: string) => readFileSync(join(projectRoot, path), "utf8");
/** What a Secret of the deployment holds, so that the rest can be read as the console would. */
const SECRETS = {
  DATABASE_URL: "postgres://goldsmith@database/goldsmith",
  GOLDSMITH_OIDC_CLIENT_SECRET: "0".repeat(40),
  GOLDSMITH_SECRET: "0".repeat(40),
};
/** Set by the Dockerfile. */
const IMAGE = { HOST: "0.0.0.0", PORT: "3000", GOLDSMITH_DATA: "/data" };

describe("the Dockerfile", () => {
  const text = read("Dockerfile");

  it("has no mistake that the validator of Docker's editors knows", () => {
    expect(validate(text).map(({ message, range }) => `${range.start.line + 1}: ${message}`)).toEqual([]);
  });

  it("has the manifest of every package of this project before the packages are installed", () => {
    const [before = ""] = text.split("npm ci");
    const { workspaces } = JSON.parse(read("package.json")) as { workspaces: string[] };
    expect(workspaces.length).toBeGreaterThan(0);
    for (const folder of workspaces) {
      expect(before).toContain(`COPY ${folder}/package.json ${folder}/\n`);
    }
    expect(read(".dockerignore").split("\n")).toContain("**/node_modules");
  });

  it("ends as an ordinary user", () => {
    expect(text.match(/^USER .+$/gm)).toEqual(["USER node"]);
  });

  it("starts a script that it has copied, with all that its scripts import", () => {
    const { command, copies } = readImage(text);
    const scripts = copies
      .flatMap(({ sources }) => sources)
      .filter((path) => path.startsWith("/goldsmith/scripts/"));
    expect(command).toEqual(["node", "scripts/serve.mjs"]);
    expect(scripts).toContain("/goldsmith/scripts/serve.mjs");
    for (const script of scripts)
      for (const [, name] of read(script.replace("/goldsmith/", "")).matchAll(/from "\.\/([\w-]+\.mjs)"/g))
        expect(scripts, script).toContain(`/goldsmith/scripts/${name}`);
  });
});

describe("the Kubernetes manifests", () => {
  type Model = new (data: never) => { validate(): void };
  const MODELS: Record<string, Model> = {
    ServiceAccount,
    ConfigMap,
    Deployment,
    Service,
    PodDisruptionBudget,
    NetworkPolicy,
    Ingress,
  };
  type Manifest = { kind: string; data?: Record<string, string>; spec?: never };
  const manifests = parseAllDocuments(read("deploy/kubernetes/goldsmith.yaml")).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Manifest;
  });

  it.each(manifests.map((manifest) => [manifest.kind, manifest] as const))(
    "%s has the members and types that Kubernetes documents, and no other",
    (kind, manifest) => {
      const Model = MODELS[kind];
      if (!Model) throw new Error(`no model for ${kind}`);
      expect(() => new Model(manifest as never).validate()).not.toThrow();
    },
  );

  it("would catch a misspelt member", () => {
    const deployment = manifests.find(({ kind }) => kind === "Deployment");
    const spec = { ...(deployment?.spec as unknown as object), replica: "two", replicas: "two" };
    expect(() => new Deployment({ ...deployment, spec } as never).validate()).toThrow();
  });

  it("configure a console that starts", () => {
    const settings = manifests.find(({ kind }) => kind === "ConfigMap")?.data ?? {};
    expect(readConfig({ ...IMAGE, ...settings, ...SECRETS }).signIn.kind).toBe("oidc");
  });
});

describe("the ECS example", () => {
  const task = JSON.parse(read("deploy/ecs/task-definition.json"));
  const service = JSON.parse(read("deploy/ecs/service.json"));

  it("has only members that ECS knows: its own client drops others", async () => {
    const stub = await startStubAws(() => ({ status: 200, json: {} }));
    const credentials = { accessKeyId: "1", secretAccessKey: "1" };
    const client = new ECSClient({ endpoint: stub.url, region: "eu-west-1", credentials });
    await client.send(new RegisterTaskDefinitionCommand(task));
    await client.send(new CreateServiceCommand(service));
    client.destroy();
    await stub.close();
    const [registered, { clientToken: _, ...created } = {}] = stub.requests.map(({ body }) => body);
    expect(registered).toEqual(task);
    expect(created).toEqual(service);
  });

  it("configures a console that starts", () => {
    const [{ environment }] = task.containerDefinitions;
    const settings = Object.fromEntries(
      environment.map(({ name, value }: { name: string; value: string }) => [name, value]),
    );
    expect(readConfig({ ...IMAGE, ...settings, ...SECRETS }).aws.credentials).toBe("ambient");
  });
});

it("gives every console the time to stop that docs/operations.md says", () => {
  const [, seconds] = /Allow (\d+) seconds/.exec(read("docs/operations.md")) ?? [];
  const { services } = parse(read("deploy/compose.yaml"));
  const kubernetes = /terminationGracePeriodSeconds: (\d+)/.exec(read("deploy/kubernetes/goldsmith.yaml"));
  const [{ stopTimeout }] = JSON.parse(read("deploy/ecs/task-definition.json")).containerDefinitions;
  expect(services.console.stop_grace_period).toBe(`${seconds}s`);
  expect(kubernetes?.[1]).toBe(seconds);
  expect(String(stopTimeout)).toBe(seconds);
});

describe("the compose file", () => {
  const texts = z.array(z.string());
  const environment = z.record(z.string(), z.string());
  // The part of https://github.com/compose-spec/compose-spec that is used; anything else is a slip of the pen.
  const service = z.strictObject({
    build: z.strictObject({ context: z.string() }).optional(),
    image: z
      .string()
      .regex(/:[\w.-]+$/, "pins no version")
      .optional(),
    command: texts.optional(),
    network_mode: z.string().optional(),
    ports: z.array(z.string().regex(/^127\.0\.0\.1:/, "is open to the network")).optional(),
    environment: environment.optional(),
    volumes: texts.optional(),
    configs: z.array(z.strictObject({ source: z.string(), target: z.string() })).optional(),
    read_only: z.literal(true).optional(),
    tmpfs: texts.optional(),
    cap_drop: texts.optional(),
    security_opt: texts.optional(),
    stop_grace_period: z.string().optional(),
    depends_on: z
      .record(z.string(), z.strictObject({ condition: z.enum(["service_healthy", "service_started"]) }))
      .optional(),
    healthcheck: z
      .strictObject({ test: texts, interval: z.string(), timeout: z.string(), retries: z.number() })
      .optional(),
    restart: z.enum(["unless-stopped", "no"]).optional(),
  });
  const composeFile = z.strictObject({
    name: z.string(),
    services: z.record(z.string(), service),
    configs: z.record(z.string(), z.strictObject({ content: z.string() })),
    volumes: z.record(z.string(), z.strictObject({})),
  });
  const compose = composeFile.parse(parse(read("deploy/compose.yaml")));

  it("names only services, configs and volumes that it defines", () => {
    for (const { depends_on = {}, volumes = [], configs = [] } of Object.values(compose.services)) {
      expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(depends_on)));
      expect(Object.keys(compose.volumes)).toEqual(
        expect.arrayContaining(volumes.map((volume) => volume.split(":")[0])),
      );
      expect(Object.keys(compose.configs)).toEqual(
        expect.arrayContaining(configs.map(({ source }) => source)),
      );
    }
  });

  it("configures a console that starts, and a provider that knows it", () => {
    const settings = compose.services.console?.environment ?? {};
    expect(readConfig({ ...IMAGE, ...settings }).signIn.kind).toBe("oidc");
    const provider = parse((compose.configs.provider?.content ?? "").replaceAll("$$", "$"));
    expect(provider.issuer).toBe(settings.GOLDSMITH_OIDC_ISSUER);
    expect(provider.staticClients).toMatchObject([
      {
        id: settings.GOLDSMITH_OIDC_CLIENT_ID,
        secret: settings.GOLDSMITH_OIDC_CLIENT_SECRET,
        redirectURIs: [`${settings.GOLDSMITH_URL}/api/auth/callback/oidc`],
      },
    ]);
  });
});
