import { trace } from "@opentelemetry/api";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startTraceReceiver, type TraceReceiver } from "@/lib/testing/trace-receiver";
import { startTracing } from "./start-tracing";
import { currentTraceId, traceAwsCall } from "./tracing";

const call = {
  service: "imagebuilder",
  operation: "GetImage",
  accountId: "1".repeat(12),
  region: "us-east-1",
};

describe("tracing", () => {
  let receiver: TraceReceiver;
  beforeAll(async () => {
    receiver = await startTraceReceiver();
    vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", `${receiver.url}/collector`);
    vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", "x-team=images");
    vi.stubEnv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test");
  });
  afterAll(() => receiver.close());

  it("records nothing where it was not started", () => {
    traceAwsCall({ ...call, outcome: "ok", durationMs: 5 });
    expect(currentTraceId()).toBeUndefined();
  });

  it("sends no query of an address, whichever attribute has it", async () => {
    const stop = startTracing();
    const attributes = {
      "http.target": "/api/v1/targets/demo/activity.atom?key=goldsmith_1",
      "http.url": "http://localhost/a?key=goldsmith_2#b",
      "url.full": "http://localhost/a?key=goldsmith_3",
      "url.query": "key=goldsmith_4",
      "http.route": "/api/v1/[...path]",
    };
    trace.getTracer("test").startSpan("GET /a", { attributes }).end();
    await stop();
    const sent = JSON.stringify(receiver.spans.filter(({ name }) => name === "GET /a"));
    expect(sent).toContain("/activity.atom");
    expect(sent).not.toContain("goldsmith_");
    receiver.requests.length = 0;
    trace.disable();
  });

  it("sends AWS calls below the request that made them, in the console's name, before the process ends", async () => {
    const stop = startTracing();
    const traceId = trace.getTracer("test").startActiveSpan("GET /demo/pipelines", (span) => {
      traceAwsCall({ ...call, outcome: "ok", durationMs: 5 });
      traceAwsCall({ ...call, outcome: "throttled", durationMs: 5 });
      span.end();
      return currentTraceId();
    });
    await stop();

    const { requests, spans, resource } = receiver;
    expect(requests).toMatchObject([{ path: "/collector/v1/traces", headers: { "x-team": "images" } }]);
    expect(resource).toMatchObject({ "service.name": "goldsmith", "deployment.environment.name": "test" });
    const request = spans.find(({ name }) => name === "GET /demo/pipelines");
    const calls = spans.filter(({ name }) => name === "imagebuilder.GetImage");
    expect(request?.traceId).toBe(traceId);
    expect(calls.map(({ parentSpanId }) => parentSpanId)).toEqual([request?.spanId, request?.spanId]);
    expect(calls.map(({ status }) => status)).toEqual([{ code: 0 }, { code: 2, message: "throttled" }]);
  });
});
