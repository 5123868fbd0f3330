import "server-only";
import { DiagLogLevel, diag } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
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
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  return () => provider.shutdown().catch(() => undefined);
}

/** A receiver that is away is told in the log and harms nothing else. */
function warn(message: string): void {
  logger().warn({ reason: canonicalText(message, 500) }, "traces");
}
