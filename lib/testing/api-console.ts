import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { answerApi } from "@/lib/api/answer-api";
import { createToken } from "@/lib/api-tokens/create-token";
import { CLIENT_ADDRESS_HEADER } from "@/lib/core/request-facts";
import { provideRuntime } from "@/lib/use-case/runtime";
import { startTestConsole, type TestConsole } from "./test-console";

/** A console without a browser whose API answers over HTTP. */
export type ApiConsole = TestConsole & {
  /** Such as `http://127.0.0.1:40123`. */
  origin: string;
  /** A service's token, as the page creates it: a person's tokens would share one limit. */
  createToken(
    scope?: Partial<Parameters<typeof createToken>[0]["input"]>,
  ): Promise<{ id: string; token: string }>;
  /** Asks below `/api/v1`, without a token where none is given. */
  ask(
    path: string,
    asked?: { token?: string; method?: string; headers?: Record<string, string>; body?: unknown },
  ): Promise<Response>;
};

export async function startApiConsole(
  options: Parameters<typeof startTestConsole>[0] = {},
): Promise<ApiConsole> {
  const testConsole = await startTestConsole(options);
  provideRuntime(() => testConsole.runtime);
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let made = 0;
  return {
    ...testConsole,
    origin,
    createToken: (scope = {}) =>
      createToken({
        ctx: testConsole.contextOf(),
        input: {
          name: `token ${++made}`,
          kind: "service",
          role: "operator",
          targets: ["test"],
          namePrefixes: [],
          days: 30,
          ...scope,
        },
      }),
    ask: (path, { token, method = "GET", headers = {}, body } = {}) =>
      fetch(`${origin}/api/v1${path}`, {
        method,
        headers: { ...(token !== undefined && { authorization: `Bearer ${token}` }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await testConsole.close();
    },
  };
}

/** As Next hands a request to a route, and its answer back. */
async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const hasBody = incoming.method !== "GET" && incoming.method !== "HEAD";
  const headers = new Headers(incoming.headers as Record<string, string>);
  headers.set(CLIENT_ADDRESS_HEADER, incoming.socket.remoteAddress ?? "");
  const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers,
    signal: gone.signal,
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream, duplex: "half" }),
  });
  const response = await answerApi(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return void outgoing.end();
  Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
    .on("error", () => outgoing.destroy())
    .pipe(outgoing);
}
