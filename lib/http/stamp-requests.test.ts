import { createServer, type IncomingHttpHeaders, request as send } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTrustedProxies } from "@/lib/core/client-address";
import { currentRequestId } from "@/lib/core/current-request";
import type { EndedRequest } from "@/lib/telemetry/types";
import { insideOnly } from "./inside-only";
import { stampRequests } from "./stamp-requests";

const ended: EndedRequest[] = [];
let port = 0;
/** Answers what it was asked with; `/endless` writes without end. */
const server = createServer(async (request, response) => {
  if (request.url === "/endless") {
    const chunk = "x".repeat(65_536);
    const write = () => {
      while (response.write(chunk));
    };
    response.on("drain", write);
    write();
    return;
  }
  await new Promise((resolve) => setImmediate(resolve));
  response.end(JSON.stringify({ headers: request.headers, current: currentRequestId() }));
});

beforeAll(async () => {
  stampRequests({
    trusted: readTrustedProxies("127.0.0.2"),
    onEnd: (request) => ended.push(request),
    idleMs: 300,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address ? address.port : 0;
});
afterAll(() => server.close());

type Seen = { headers: IncomingHttpHeaders; current?: string };
const ask = (headers: Record<string, string>, localAddress = "127.0.0.1") =>
  new Promise<Seen & { answered: IncomingHttpHeaders }>((resolve, reject) => {
    const request = send(
      { port, host: "127.0.0.1", path: "/a?secret=1", headers, localAddress },
      (response) => {
        let text = "";
        response.on("data", (chunk) => {
          text += chunk;
        });
        response.on("end", () => resolve({ ...(JSON.parse(text) as Seen), answered: response.headers }));
      },
    );
    request.on("error", reject).end();
  });

describe("every request", () => {
  it("gets an id that its answer, its headers and its log lines share", async () => {
    const { headers, current, answered } = await ask({});
    expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(answered["x-request-id"]).toBe(headers["x-request-id"]);
    expect(current).toBe(headers["x-request-id"]);
  });

  it.each(["x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded", "via", "cf-ray"])(
    "is known as passed on when it says %s, and refuses to give metrics then",
    async (name) => {
      const metrics = insideOnly(async () => new Response("metrics"));
      const answerFor = async (sent: Record<string, string>) => {
        const { headers } = await ask(sent);
        const seen = Object.entries(headers).map(([each, value]): [string, string] => [each, String(value)]);
        return (await metrics(new Request("http://console/api/metrics", { headers: seen }))).status;
      };
      expect(await answerFor({ [name]: "203.0.113.9" })).toBe(403);
      expect(await answerFor({ "x-goldsmith-forwarded": "1" })).toBe(200);
    },
  );

  it("comes from its connection, whatever it says about itself", async () => {
    const lie = {
      "x-forwarded-for": "1.2.3.4",
      "x-goldsmith-client": "1.2.3.4",
      "x-request-id": "chosen-by-me",
    };
    const { headers } = await ask(lie);
    expect(headers["x-goldsmith-client"]).toBe("127.0.0.1");
    expect(headers["x-request-id"]).not.toBe("chosen-by-me");
  });

  it("comes from where a trusted proxy says, with the proxy's id", async () => {
    const told = { "x-forwarded-for": "203.0.113.9", "x-request-id": "Root=1-abcdef12" };
    const { headers } = await ask(told, "127.0.0.2");
    expect(headers["x-goldsmith-client"]).toBe("203.0.113.9");
    expect(headers["x-request-id"]).toBe("Root=1-abcdef12");
  });

  it("is told when it ends, without its query", async () => {
    await ask({});
    await expect.poll(() => ended.at(-1)).toMatchObject({ method: "GET", path: "/a", status: 200 });
  });

  it("loses its connection when it does not read its answer", async () => {
    const socket = connect(port, "127.0.0.1");
    const closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined);
    socket.write("GET /endless HTTP/1.1\r\nhost: a\r\n\r\n");
    socket.pause();
    await expect.poll(() => ended.at(-1)?.path, { timeout: 10_000 }).toBe("/endless");
    socket.resume();
    await closed;
  });
});
