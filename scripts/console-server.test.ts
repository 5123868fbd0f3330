import { Agent, get, type IncomingMessage, type RequestListener } from "node:http";
import { type AddressInfo, connect } from "node:net";
import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { openServer } from "./console-server.mjs";

type Options = Parameters<typeof openServer>[1];
const opened: ReturnType<typeof openServer>[] = [];
afterEach(() => {
  for (const { server } of opened.splice(0)) server.close().closeAllConnections();
});

async function listen(handle: RequestListener, options: Partial<Options> = {}) {
  const running = openServer(handle, { answerMs: 60_000, onStopping: async () => undefined, ...options });
  opened.push(running);
  await new Promise<void>((settle) => running.server.listen(0, "127.0.0.1", settle));
  return { ...running, port: (running.server.address() as AddressInfo).port };
}

/** Rejects when the connection is refused or cut. */
function ask(port: number, path: string, agent = new Agent()) {
  return new Promise<{ body: string; headers: IncomingMessage["headers"] }>((settle, reject) => {
    get({ host: "127.0.0.1", port, path, agent }, async (response) => {
      try {
        let body = "";
        for await (const chunk of response) body += chunk;
        settle({ body, headers: response.headers });
      } catch (error) {
        reject(error);
      }
    }).on("error", reject);
  });
}

/** What the server answers to bytes that are no whole request, until it ends the connection. */
function send(port: number, bytes: string) {
  return new Promise<string>((settle, reject) => {
    let said = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (chunk) => {
      said += chunk;
    });
    socket.on("close", () => settle(said)).on("error", reject);
  });
}

it("keeps idle connections longer than load balancers do", async () => {
  const { port } = await listen((_, response) => response.end("here"));
  const { headers } = await ask(port, "/", new Agent({ keepAlive: true }));
  expect(headers["keep-alive"]).toBe("timeout=75");
});

it("has a limit for headers, and a longer one for whole requests", async () => {
  const { server } = await listen((_, response) => response.end());
  expect([server.headersTimeout, server.requestTimeout]).toEqual([20_000, 60_000]);
});

it.each([
  ["a header", "GET / HTTP/1.1\r\nhost: a\r\n", { headersMs: 50 }],
  ["a body", "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nx", { headersMs: 50, requestMs: 100 }],
])("ends a connection that sends %s in drops", async (_, bytes, limits) => {
  const { port } = await listen(
    (request, response) => {
      request.resume().on("end", () => response.end("all of it"));
      request.on("error", () => undefined);
    },
    { ...limits, checkMs: 10 },
  );
  expect(await send(port, bytes)).toContain("408 Request Timeout");
});

/** When a request comes, and when its answer ends, of the three times that a stop has. */
const requestOf = fc
  .record({
    comes: fc.constantFrom("before the signal", "in the grace"),
    ends: fc.constantFrom("at once", "in the grace", "after it"),
    isStream: fc.boolean(),
    keepsConnection: fc.boolean(),
  })
  .map((request) => ({
    ...request,
    ends: request.comes === "in the grace" && request.ends === "at once" ? "in the grace" : request.ends,
  }));

it("told to stop: sends every answer whole, whenever it came, then refuses who is new", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(requestOf, { minLength: 1, maxLength: 8 }), async (requests) => {
      const ended = new Map<string, () => void>();
      const begun: string[] = [];
      let endGrace = () => {};
      const grace = new Promise<void>((settle) => {
        endGrace = settle;
      });
      const { port, server, close } = await listen(
        async ({ url = "" }, response) => {
          const { isStream, ends } = requests[Number(url.slice(1))] ?? {};
          if (isStream) response.write("first ");
          begun.push(url);
          if (ends !== "at once") await new Promise<void>((settle) => ended.set(url, settle));
          response.end("last");
        },
        { onStopping: () => grace },
      );
      const path = (request: (typeof requests)[number]) => `/${requests.indexOf(request)}`;
      const start = (when: string) =>
        requests
          .filter(({ comes }) => comes === when)
          .map(async (request) => ({
            request,
            ...(await ask(port, path(request), new Agent({ keepAlive: request.keepsConnection }))),
          }));
      const end = (when: string) => {
        for (const request of requests) if (request.ends === when) ended.get(path(request))?.();
      };
      const early = start("before the signal");
      await vi.waitFor(() => expect(begun).toHaveLength(early.length), { interval: 1 });
      const closed = close();
      const late = start("in the grace");
      await vi.waitFor(() => expect(begun).toHaveLength(requests.length), { interval: 1 });
      end("in the grace");
      endGrace();
      await vi.waitFor(() => expect(server.listening).toBe(false), { interval: 1 });
      // CI once saw a reset instead of a refusal: nobody is let in either way.
      await expect(ask(port, "/new")).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
      end("after it");
      for (const { request, body, headers } of await Promise.all([...early, ...late])) {
        expect(body).toBe(request.isStream ? "first last" : "last");
        if (request.comes === "in the grace") expect(headers.connection).toBe("close");
      }
      await closed;
    }),
    { numRuns: 30 },
  );
});

it("told to stop: cuts what does not end", async () => {
  let begin = () => {};
  const begun = new Promise<void>((settle) => {
    begin = settle;
  });
  const { port, close } = await listen(
    (_, response) => {
      response.write("for ever");
      begin();
    },
    { answerMs: 50 },
  );
  const answer = expect(ask(port, "/")).rejects.toThrow("aborted");
  await begun;
  await close();
  await answer;
});
