import "server-only";
import { BlockList, isIP } from "node:net";

/** Networks whose word about where a request came from is taken. */
export type TrustedProxies = { has(address: string): boolean };

/** `10.0.0.0/8,192.0.2.7`. Throws a sentence that names what is wrong. */
export function readTrustedProxies(text: string): TrustedProxies {
  const list = new BlockList();
  for (const entry of text.split(",").map((part) => part.trim())) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    const longest = family === "ipv6" ? 128 : 32;
    const prefix = bits === undefined ? longest : Number(bits);
    if (!isIP(address) || !/^\d{1,3}$/.test(bits ?? "0") || prefix > longest) {
      throw new Error(`"${entry}" is no network such as 10.0.0.0/8`);
    }
    list.addSubnet(address, prefix, family);
  }
  return {
    has: (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4"),
  };
}

export const NO_PROXIES: TrustedProxies = { has: () => false };

/**
 * Where a request came from: the peer of the connection or, when that is a trusted proxy, the last address in
 * X-Forwarded-For that no trusted proxy of ours has. What stands before it, anyone may have written.
 */
export function clientAddressOf(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): string | undefined {
  let address = plain(peer);
  for (const hop of (forwardedFor ?? "").split(",").toReversed()) {
    if (address === undefined || !trusted.has(address)) break;
    const next = plain(hop.trim());
    if (next === undefined) break;
    address = next;
  }
  return address;
}

/** An address of this machine that no other can have. */
export const isOwnAddress = (address: string | undefined): boolean =>
  address !== undefined && (address === "::1" || /^127(\.\d{1,3}){3}$/.test(address)) && isIP(address) !== 0;

/** IPv4 addresses come as IPv6 from a socket that listens to both; some proxies add a port. */
function plain(address: string | undefined): string | undefined {
  if (!address) return undefined;
  const bare = address.replace(/^::ffff:(?=\d)/i, "").replace(/^\[(.+)\](:\d+)?$/, "$1");
  const withoutPort = isIP(bare) === 0 ? bare.replace(/^(\d+(?:\.\d+){3}):\d+$/, "$1") : bare;
  return isIP(withoutPort) === 0 ? undefined : withoutPort;
}
