import { describe, expect, it } from "vitest";
import { CLIENT_ADDRESS_HEADER, FORWARDED_HEADER } from "@/lib/core/request-facts";
import { isInside } from "./inside-only";

const TOKEN = "a-token-of-the-collector";
const from = (address: string | undefined, more: Record<string, string> = {}) =>
  new Headers({ ...(address && { [CLIENT_ADDRESS_HEADER]: address }), ...more });
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe("metrics and reasons", () => {
  it.each([
    ["this machine", from("127.0.0.1")],
    ["this machine, IPv6", from("::1")],
    ["a collector with the token", from("10.1.2.3", bearer(TOKEN))],
  ])("are for %s", (_, headers) => {
    expect(isInside(headers, () => TOKEN)).toBe(true);
  });

  it.each([
    ["another machine of the network", from("10.1.2.3")],
    ["the internet, through a load balancer of connections", from("203.0.113.9")],
    ["no known address", from(undefined)],
    ["an address that looks like this machine", from("127.0.0.1.evil.test")],
    ["an address that ends like this machine", from("203.0.113.127")],
    ["a proxy on this machine", from("127.0.0.1", { [FORWARDED_HEADER]: "1" })],
    ["a proxy, with the token", from("10.1.2.3", { [FORWARDED_HEADER]: "1", ...bearer(TOKEN) })],
    ["a wrong token", from("10.1.2.3", bearer(`${TOKEN}x`))],
    ["a token that begins alike", from("10.1.2.3", bearer(TOKEN.slice(0, -1)))],
    ["an empty token", from("10.1.2.3", bearer(""))],
    ["the token as a password", from("10.1.2.3", { authorization: `Basic ${TOKEN}` })],
    ["two tokens", from("10.1.2.3", bearer(`x, Bearer ${TOKEN}`))],
  ])("refuses %s", (_, headers) => {
    expect(isInside(headers, () => TOKEN)).toBe(false);
  });

  it.each([["undefined"], [""], ["null"]])("refuses the token %j where none is configured", (given) => {
    expect(isInside(from("10.1.2.3", bearer(given)), () => undefined)).toBe(false);
  });
});
