import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { isOwnAddress } from "@/lib/core/client-address";
import { FORWARDED_HEADER, requestAddress } from "@/lib/core/request-facts";
import { runtime } from "@/lib/use-case/runtime";

/**
 * Whether a request comes from what stands beside the console: from this machine, or with the token that only a collector
 * of metrics has. An address of the network proves nothing: anybody may have a place there, and a load balancer that works
 * on connections says nothing about who is behind it. What a proxy passed on comes from people, who may be anybody.
 */
export function isInside(headers: Headers, tokenOf = () => runtime().config.metricsToken): boolean {
  if (headers.has(FORWARDED_HEADER)) return false;
  if (isOwnAddress(requestAddress(headers))) return true;
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  const metricsToken = tokenOf();
  return metricsToken !== undefined && given !== undefined && isSame(given, metricsToken);
}

/** A GET route without sign-in, for what stands beside the console. */
export function insideOnly(answer: () => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    if (isInside(request.headers)) return answer();
    const message =
      "This is for this machine, or for whoever shows GOLDSMITH_METRICS_TOKEN as a bearer token, and not for what comes through a proxy.";
    return Response.json({ error: { code: "forbidden", message } }, { status: 403 });
  };
}

const isSame = (one: string, two: string) => timingSafeEqual(digestOf(one), digestOf(two));
const digestOf = (text: string) => createHash("sha256").update(text).digest();
