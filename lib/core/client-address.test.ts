import { describe, expect, it } from "vitest";
import { clientAddressOf, NO_PROXIES, readTrustedProxies } from "./client-address";

const trusted = readTrustedProxies("10.0.0.0/8, 192.0.2.7,2001:db8::/32");

describe("clientAddressOf", () => {
  it("believes nobody about an address unless told whom to believe", () => {
    expect(clientAddressOf("203.0.113.9", "127.0.0.1", NO_PROXIES)).toBe("203.0.113.9");
    expect(clientAddressOf("203.0.113.9", "127.0.0.1", trusted)).toBe("203.0.113.9");
  });

  it("takes the last address that no trusted proxy has, whatever a client wrote before it", () => {
    expect(clientAddressOf("10.1.2.3", "1.2.3.4, 203.0.113.9, 192.0.2.7", trusted)).toBe("203.0.113.9");
    expect(clientAddressOf("2001:db8::1", "203.0.113.9", trusted)).toBe("203.0.113.9");
  });

  it("stops at what is no address", () => {
    expect(clientAddressOf("10.1.2.3", "203.0.113.9, unknown", trusted)).toBe("10.1.2.3");
    expect(clientAddressOf("10.1.2.3", undefined, trusted)).toBe("10.1.2.3");
    expect(clientAddressOf(undefined, "203.0.113.9", trusted)).toBeUndefined();
  });

  it("reads addresses as sockets and proxies write them", () => {
    expect(clientAddressOf("::ffff:10.1.2.3", "203.0.113.9:5123", trusted)).toBe("203.0.113.9");
    expect(clientAddressOf("::ffff:203.0.113.9", undefined, trusted)).toBe("203.0.113.9");
  });
});

describe("readTrustedProxies", () => {
  it.each(["", "10.0.0.0/33", "proxy.example.com", "10.0.0.0/x", "10.0.0/8"])("refuses %j", (text) => {
    expect(() => readTrustedProxies(text)).toThrow("no network");
  });
});
