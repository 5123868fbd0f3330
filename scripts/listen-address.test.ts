import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { assertPortIsFree, readListenAddress, readSimulatorPort } from "./listen-address.mjs";

describe("readListenAddress", () => {
  it("stays on loopback when nothing is said", () => {
    expect(readListenAddress({})).toEqual({ host: "127.0.0.1", port: 3000, url: "http://127.0.0.1:3000" });
  });

  it.each(["0.0.0.0", "::", "192.168.1.4", "console.example.com", "127.0.0.1.example.com"])(
    "refuses %s, where strangers would be administrators",
    (HOST) => {
      expect(() => readListenAddress({ HOST })).toThrow(/will not listen/);
      expect(readListenAddress({ HOST, GOLDSMITH_INSECURE: "1" }).host).toBe(HOST);
    },
  );

  it.each(["GOLDSMITH_OIDC_ISSUER", "GOLDSMITH_PROXY"])("listens anywhere once %s is set", (name) => {
    expect(readListenAddress({ HOST: "0.0.0.0", [name]: "given" }).host).toBe("0.0.0.0");
  });

  it.each(["localhost", "127.0.0.1", "127.8.8.8", "::1"])("takes %s, which is this machine", (HOST) => {
    expect(readListenAddress({ HOST }).host).toBe(HOST);
  });

  it.each(["0", "65536", "http", "30.5", "-1"])("says that %s is no port", (PORT) => {
    expect(() => readListenAddress({ PORT })).toThrow(
      `PORT must be a port number from 1 to 65535, not "${PORT}".`,
    );
  });
});

describe("readSimulatorPort", () => {
  it("has no simulator when the console talks to AWS", () => {
    expect(readSimulatorPort({ GOLDSMITH_AWS: "aws" })).toBeNull();
    expect(readSimulatorPort({})).toBe(4600);
  });
});

describe("assertPortIsFree", () => {
  it("names the port in use and the setting that changes it", async () => {
    const server = createServer();
    const port = await new Promise<number>((settle) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        settle(typeof address === "object" && address ? address.port : 0);
      });
    });
    const place = { host: "127.0.0.1", port, setting: "PORT" };
    await expect(assertPortIsFree(place)).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another with PORT.`,
    );
    await new Promise((settle) => server.close(settle));
    await expect(assertPortIsFree(place)).resolves.toBeUndefined();
  });
});
