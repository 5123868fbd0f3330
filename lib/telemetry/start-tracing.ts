import "server-only";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider, type SpanProcessor } from "@opentelemetry/sdk-trace-node";
import { canonicalText } from "@/lib/core/canonical-text";
import { logger } from "./logger";

/**
 * Sends what Next and `traceAwsCall` record to the receiver that the standard variables name, as OTLP over HTTP:
 * https://opentelemetry.io/docs/languages/sdk-configuration/otlp-exporter/. Gives what sends the rest and stops.
 */
export function startTracing(): () => Promise<void> {
  diag.setLogger(
    { error: warn, warn, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "goldsmith" }))
      // What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say goes over it.
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [WITHOUT_QUERIES, new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return () => provider.shutdown().catch(() => undefined);
}

/** Attributes in which Next and others write an address. https://opentelemetry.io/docs/specs/semconv/registry/attributes/url/ */
const ADDRESSES = ["http.target", "http.url", "url.full", "url.query"];

/** A query may hold a feed's key, or what somebody searches for: no receiver gets one. */
const WITHOUT_QUERIES: SpanProcessor = {
  onStart: () => undefined,
  onEnd: ({ attributes }) => {
    for (const name of ADDRESSES) {
      const address = attributes[name];
      if (typeof address === "string")
        attributes[name] = name === "url.query" ? "" : address.replace(/\?.*$/s, "");
    }
  },
  forceFlush: () => Promise.resolve(),
  shutdown: () => Promise.resolve(),
};

/** A receiver that is away is told in the log and harms nothing else. */
function warn(message: string): void {
  logger().warn({ reason: canonicalText(message, 500) }, "traces");
}
