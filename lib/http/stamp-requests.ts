import "server-only";
import { randomUUID } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { clientAddressOf, type TrustedProxies } from "@/lib/core/client-address";
import { enterRequest } from "@/lib/core/current-request";
import { CLIENT_ADDRESS_HEADER, FORWARDED_HEADER, REQUEST_ID_HEADER } from "@/lib/core/request-facts";
import type { EndedRequest } from "@/lib/telemetry/types";

const FORWARDED = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded", "via", "cf-ray"];

/**
 * Gives every request that this process's servers receive an id and the address it came from, before anyone looks
 * at it: Next shows neither the connection nor who wrote X-Forwarded-For. `onEnd` hears of each answer.
 */
export function stampRequests(options: {
  trusted: TrustedProxies;
  /** Requests of the simulator's own server are none of the console's. */
  ignorePort?: number;
  onEnd: (request: EndedRequest) => void;
  /** A connection on which nothing moves for so long is closed: its client does not read, or is gone. */
  idleMs?: number;
}): void {
  const { trusted, ignorePort, onEnd, idleMs = 120_000 } = options;
  subscribe("http.server.request.start", (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const { headers, socket } = request;
    if (socket.localPort === ignorePort) return;
    const forwardedFor = [headers["x-forwarded-for"]].flat().join(",");
    const address = clientAddressOf(socket.remoteAddress, forwardedFor, trusted);
    const id = idOf(headers[REQUEST_ID_HEADER], trusted.has(socket.remoteAddress ?? ""));
    if (address === undefined) delete headers[CLIENT_ADDRESS_HEADER];
    else headers[CLIENT_ADDRESS_HEADER] = address;
    if (FORWARDED.some((name) => headers[name] !== undefined)) headers[FORWARDED_HEADER] = "1";
    else delete headers[FORWARDED_HEADER];
    headers[REQUEST_ID_HEADER] = id;
    response.setHeader(REQUEST_ID_HEADER, id);
    enterRequest(id);
    socket.setTimeout(idleMs);

    const startedAt = performance.now();
    response.once("close", () =>
      onEnd({
        method: request.method ?? "",
        path: (request.url ?? "").replace(/\?.*$/s, ""),
        status: response.statusCode,
        durationMs: Math.round(performance.now() - startedAt),
      }),
    );
  });
}

/** A proxy's id is kept, so that its log and ours tell of the same request. */
function idOf(given: string | string[] | undefined, isTrusted: boolean): string {
  return isTrusted && typeof given === "string" && /^[\w.:=-]{8,128}$/.test(given) ? given : randomUUID();
}
