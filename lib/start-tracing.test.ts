import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { trace } from "@opentelemetry/api";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startTracing } from "./start-tracing";
import { currentTraceId, traceAwsCall } from "./tracing";

type Sent = {
  resourceSpans: {
    resource: { attributes: { key: string; value: { stringValue?: string } }[] };
    scopeSpans: { spans: { name: string; traceId: string; parentSpanId?: string; status: object }[] }[];
  }[];
};

const received: { path: string; body: Sent; headers: Record<string, unknown> }[] = [];
let receiver: Server;
beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const parts = await request.toArray();
    const body = JSON.parse(Buffer.concat(parts).toString()) as Sent;
    received.push({ path: request.url ?? "", body, headers: request.headers });
    response.end("{}");
  });
  await new Promise<void>((listening) => receiver.listen(0, "127.0.0.1", listening));
  vi.stubEnv(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/collector`,
  );
  vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "x-team=images");
  vi.stubEnv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test");
});
afterAll(() => receiver.close());

const call = {
  service: "imagebuilder",
  operation: "GetImage",
  accountId: "1".repeat(12),
  region: "us-east-1",
};

describe("tracing", () => {
  it("records nothing and costs nothing where no receiver is named", () => {
    traceAwsCall({ ...call, outcome: "ok", durationMs: 5 });
    expect(currentTraceId()).toBeUndefined();
  });

  it("sends AWS calls below the request that made them, with the console's name, before the process ends", async () => {
    const stop = startTracing();
    const traceId = trace.getTracer("test").startActiveSpan("GET /demo/pipelines", (span) => {
      traceAwsCall({ ...call, outcome: "ok", durationMs: 5 });
      traceAwsCall({ ...call, outcome: "throttled", durationMs: 5 });
      span.end();
      return currentTraceId();
    });
    await stop();

    expect(received).toHaveLength(1);
    const [{ path, headers, body } = { path: "", headers: {}, body: undefined }] = received;
    expect(path).toBe("/collector/v1/traces");
    expect(headers).toMatchObject({ "x-team": "images" });
    const [{ resource, scopeSpans } = { resource: undefined, scopeSpans: [] }] = body?.resourceSpans ?? [];
    const told = Object.fromEntries(
      resource?.attributes.map(({ key, value }) => [key, value.stringValue]) ?? [],
    );
    expect(told).toMatchObject({ "service.name": "goldsmith", "deployment.environment.name": "test" });
    const spans = scopeSpans.flatMap((scope) => scope.spans);
    const request = spans.find(({ name }) => name === "GET /demo/pipelines");
    expect(request?.traceId).toBe(traceId);
    const calls = spans.filter(({ name }) => name === "imagebuilder.GetImage");
    expect(calls.map(({ status }) => status)).toEqual([{ code: 0 }, { code: 2, message: "throttled" }]);
    expect(calls.map(({ parentSpanId }) => parentSpanId)).toEqual(
      calls.map(() => (request as { spanId?: string }).spanId),
    );
  });
});
