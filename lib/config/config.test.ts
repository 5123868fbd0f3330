import { describe, expect, it } from "vitest";
import { NO_PROXIES } from "@/lib/core/client-address";
import { ConfigError, readConfig } from "./config";

const mistakesOf = (environment: Record<string, string>) => {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
};
const targets = (...list: object[]) => JSON.stringify(list);
const prod = { id: "prod", label: "Production", accountId: "222222222222", region: "eu-west-1" };

describe("readConfig", () => {
  it("serves the demo account from the simulator on loopback when nothing is set", () => {
    expect(readConfig({})).toEqual({
      host: "127.0.0.1",
      port: 3000,
      aws: { endpoint: "http://127.0.0.1:4600", credentials: "account-id" },
      targets: [{ id: "demo", label: "Demo", accountId: "111111111111", region: "us-east-1" }],
      signIn: { kind: "none", isOpen: false },
      simulator: { port: 4600, speed: undefined, seed: "demo" },
      database: { kind: "pglite", folder: ".data/database" },
      dataFolder: ".data",
      history: { ratePerSecond: 15, timeZone: "UTC", keepDays: undefined, freshWithinDays: 14 },
      listCallsPerMinute: 240,
      fleetMinutes: 10,
      draftDays: 180,
      tokenDays: { person: 30, service: 90, feed: 30 },
      notifications: {
        consoleUrl: "http://127.0.0.1:3000",
        secrets: [],
        insideHosts: [],
        smtpUrl: undefined,
        mailFrom: "goldsmith@localhost.localdomain",
      },
      logLevel: "info",
      sendsTraces: false,
      trustedProxies: NO_PROXIES,
    });
  });

  it("leaves endpoint and credentials to the SDK for a real account, and starts no simulator", () => {
    const config = readConfig({ GOLDSMITH_AWS: "aws", GOLDSMITH_TARGETS: targets(prod) });
    expect(config.aws).toEqual({ credentials: "ambient" });
    expect(config.simulator).toBeUndefined();
    expect(config.targets).toEqual([prod]);
  });

  it("takes an empty variable as not set", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "" }).port).toBe(3000);
  });

  it("sends traces where a receiver is named, and takes no name without an address", () => {
    expect(readConfig({ OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318" }).sendsTraces).toBe(true);
    expect(readConfig({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "https://t.example.com/v1" }).sendsTraces).toBe(
      true,
    );
    expect(mistakesOf({ OTEL_EXPORTER_OTLP_ENDPOINT: "collector:4317" })[0]).toMatch(
      /^OTEL_EXPORTER_OTLP_ENDPOINT/,
    );
  });

  it("names every mistake at once, one line each", () => {
    const mistakes = mistakesOf({
      PORT: "abc",
      GOLDSMITH_AWS: "gcp",
      GOLDSMITH_SIMULATOR_SPEED: "0",
      DATABASE_URL: "mysql://x",
      GOLDSMITH_TARGETS: "{",
    });
    expect(mistakes).toHaveLength(5);
    for (const line of mistakes) expect(line).toMatch(/^(PORT|GOLDSMITH_|DATABASE_URL)[^\n]+$/);
  });

  it("points at the member of a target that is wrong", () => {
    const list = targets(
      prod,
      { ...prod, id: "short", accountId: "12" },
      { ...prod, id: "x", color: 1 },
      prod,
      { ...prod, id: "api" },
    );
    expect(mistakesOf({ GOLDSMITH_TARGETS: list })).toEqual([
      "GOLDSMITH_TARGETS[1].accountId: must be the 12 digits of an AWS account",
      expect.stringMatching(/^GOLDSMITH_TARGETS\[2\]: .*color/),
      'GOLDSMITH_TARGETS[4].id: "api" is a page of the console',
      'GOLDSMITH_TARGETS[3].id: "prod" is used twice',
    ]);
  });

  it("refuses to listen beyond loopback without sign-in, unless told that this is safe", () => {
    expect(mistakesOf({ HOST: "0.0.0.0" })).toEqual([expect.stringContaining("GOLDSMITH_INSECURE=1")]);
    expect(readConfig({ HOST: "0.0.0.0", GOLDSMITH_INSECURE: "1" }).host).toBe("0.0.0.0");
    for (const host of ["localhost", "127.0.0.2", "::1"]) expect(readConfig({ HOST: host }).host).toBe(host);
  });

  it("asks for targets when it is to serve real accounts", () => {
    expect(mistakesOf({ GOLDSMITH_AWS: "aws" })).toEqual([expect.stringContaining("GOLDSMITH_TARGETS")]);
  });
});
