import { describe, expect, it } from "vitest";
import { isOwnHost } from "./own-host";

describe("a console without sign-in", () => {
  it.each([
    "localhost",
    "localhost:3000",
    "LOCALHOST:3000",
    "127.0.0.1",
    "127.0.0.1:3000",
    "127.8.8.8:1",
    "[::1]:3000",
  ])("answers at %s, which no other site can be called", (host) => {
    expect(isOwnHost(host)).toBe(true);
  });

  it.each([
    ["another site whose name leads here", "evil.test:3000"],
    ["a name that begins alike", "localhost.evil.test:3000"],
    ["an address that goes on as a name", "127.0.0.1.evil.test:3000"],
    ["a name that ends alike", "evil-localhost:3000"],
    ["this machine in its network", "192.168.1.4:3000"],
    ["any address", "0.0.0.0:3000"],
    ["an address as one number", "2130706433:3000"],
    ["an address in hexadecimal", "0x7f.0.0.1:3000"],
    ["an address with three parts", "127.0.1:3000"],
    ["a user before the name", "localhost@evil.test"],
    ["a path behind it", "localhost/evil.test"],
    ["a line break", "localhost\nevil.test"],
    ["two names", "localhost,evil.test"],
    ["a space", " localhost"],
    ["a trailing dot", "localhost."],
    ["no port after the colon", "localhost:"],
    ["a port that is text", "localhost:evil"],
    ["an empty name", ""],
    ["no name", null],
  ])("does not answer at %s", (_, host) => {
    expect(isOwnHost(host)).toBe(false);
  });
});
