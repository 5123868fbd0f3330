import "server-only";
import { lookup } from "node:dns";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { canonicalText } from "@/lib/core/canonical-text";
import { ConsoleFailure } from "@/lib/core/failure";

const TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 4_096;

/** `text` is for people; `body` is the beginning of what came. */
export type OutsideAnswer = { status: number; text: string; body: string };

/** Only addresses of the internet: private, link-local, loopback, metadata and reserved ones are none. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}

/** All that is handed out of IPv6: https://www.iana.org/assignments/ipv6-address-space/ipv6-address-space.xhtml */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * The address of a receiver. Throws `invalid` for anything but https to the internet; hosts in `inside` may be
 * anywhere and by http. A name that resolves to an inner address is refused when it is used: see `postJson`.
 */
export function readReceiverUrl(text: string, inside: readonly string[]): URL {
  const refuse = (message: string) =>
    new ConsoleFailure({ code: "invalid", message, fields: { url: message } });
  if (!URL.canParse(text)) throw refuse("Enter a whole address, such as https://hooks.example.com/x.");
  const url = new URL(text);
  if (url.username || url.password) throw refuse("An address has no user name or password in it.");
  if (isInside(url, inside)) {
    if (url.protocol === "https:" || url.protocol === "http:") return url;
    throw refuse("The address must begin with https://.");
  }
  if (url.protocol !== "https:") throw refuse("The address must begin with https://.");
  const host = bareHost(url);
  if (ipaddr.isValid(host) ? !isPublicAddress(host) : isLocalName(host))
    throw refuse(
      `${url.hostname} is in the console's own network. Hosts there are allowed by GOLDSMITH_NOTIFY_INSIDE.`,
    );
  return url;
}

const bareHost = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
const isLocalName = (host: string) => !host.includes(".") || /\.(localhost|local|internal)$/i.test(host);
const isInside = (url: URL, inside: readonly string[]) =>
  inside.includes(bareHost(url).toLowerCase()) || inside.includes(url.host.toLowerCase());

/** Resolves a name once and connects to what was looked at, so that a second answer cannot lead elsewhere. */
const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, "", 0);
    const inner = addresses.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses;
    if (inner || !first)
      return callback(
        new Error(`${hostname} resolves to ${inner?.address ?? "nothing"}, which is not public`),
        "",
        0,
      );
    if (options.all) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/**
 * Posts JSON to a receiver within five seconds, following no redirect. The answer's first 4 KB are text for people.
 * Throws the network's own error.
 */
export function postJson(
  address: string,
  {
    body,
    headers = {},
    inside,
  }: { body: string; headers?: Record<string, string>; inside: readonly string[] },
): Promise<OutsideAnswer> {
  const url = readReceiverUrl(address, inside);
  const send = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Goldsmith",
          ...headers,
        },
        agent: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(!isInside(url, inside) && { lookup: lookupPublic }),
      },
      (response) => {
        const parts: Buffer[] = [];
        let size = 0;
        const finish = () => {
          const body = Buffer.concat(parts).toString("utf8");
          resolve({ status: response.statusCode ?? 0, text: canonicalText(body, 200), body });
          response.destroy();
        };
        response.on("data", (part: Buffer) => {
          parts.push(part);
          size += part.length;
          if (size >= MAX_ANSWER_BYTES) finish();
        });
        response.on("end", finish);
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
