import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type Attribute = { key: string; value: { stringValue?: string } };
type ReceivedSpan = {
  name: string;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status: { code?: number; message?: string };
};

export type TraceReceiver = {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  url: string;
  requests: { path: string; headers: Record<string, unknown> }[];
  spans: ReceivedSpan[];
  /** Who sent the last ones: `service.name` and the like. */
  resource: Record<string, string | undefined>;
  close(): Promise<void>;
};

/** Takes traces as a collector does, in the JSON form of OTLP over HTTP: https://opentelemetry.io/docs/specs/otlp/ */
export async function startTraceReceiver(): Promise<TraceReceiver> {
  const requests: TraceReceiver["requests"] = [];
  const spans: ReceivedSpan[] = [];
  const resource: TraceReceiver["resource"] = {};
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = await request.toArray();
    const { resourceSpans } = JSON.parse(Buffer.concat(parts).toString()) as {
      resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: ReceivedSpan[] }[] }[];
    };
    requests.push({ path: request.url ?? "", headers: request.headers });
    for (const sent of resourceSpans) {
      for (const { key, value } of sent.resource.attributes) resource[key] = value.stringValue;
      spans.push(...sent.scopeSpans.flatMap((scope) => scope.spans));
    }
    response.end("{}");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    spans,
    resource,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
