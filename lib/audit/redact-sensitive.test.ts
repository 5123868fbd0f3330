import { describe, expect, it } from "vitest";
import { REDACTED, redactSensitive } from "./redact-sensitive";

describe("redactSensitive", () => {
  it("keeps what an auditor needs and takes out user data, wherever it stands", () => {
    expect(
      redactSensitive({
        name: "web",
        clientToken: "5f2c",
        tags: { team: "web" },
        additionalInstanceConfiguration: { userDataOverride: "cGFzc3dvcmQ=", systemsManagerAgent: {} },
        distributions: [{ region: "eu-west-1", launchTemplate: { userData: "eA==" } }],
      }),
    ).toEqual({
      name: "web",
      clientToken: "5f2c",
      tags: { team: "web" },
      additionalInstanceConfiguration: { userDataOverride: REDACTED, systemsManagerAgent: {} },
      distributions: [{ region: "eu-west-1", launchTemplate: { userData: REDACTED } }],
    });
  });

  it("says which document it was, and not what it says", () => {
    const { data } = redactSensitive({ data: "name: secret sauce" }) as { data: string };
    expect(data).toMatch(/^\[redacted\] 18 characters, SHA-256 [0-9a-f]{64}$/);
    expect(redactSensitive({ data: "name: other" })).not.toEqual({ data });
  });

  it("takes out values whose own name announces a secret, in members, parameters and tags", () => {
    expect(
      redactSensitive({
        dbPassword: "hunter2",
        secrets: ["a", "b"],
        parameters: [
          { name: "LicenseToken", value: ["abc"] },
          { name: "Version", value: ["1.2"] },
        ],
        tags: { "api-key": "k", owner: "ana" },
      }),
    ).toEqual({
      dbPassword: REDACTED,
      secrets: REDACTED,
      parameters: [
        { name: "LicenseToken", value: REDACTED },
        { name: "Version", value: ["1.2"] },
      ],
      tags: { "api-key": REDACTED, owner: "ana" },
    });
  });

  it("leaves text, numbers, dates and absent values as they are", () => {
    const at = new Date(0);
    expect(redactSensitive({ at, count: 3, password: undefined, nothing: null })).toEqual({
      at,
      count: 3,
      password: undefined,
      nothing: null,
    });
    expect(redactSensitive("text")).toBe("text");
  });
});
