import "server-only";
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { AwsCall } from "./types";

/** Records one request to AWS, which has just ended, below the span of whoever asked. Nothing happens without a receiver. */
export function traceAwsCall({ service, operation, accountId, region, outcome, durationMs }: AwsCall): void {
  const endTime = Date.now();
  const span = trace.getTracer("goldsmith").startSpan(`${service}.${operation}`, {
    kind: SpanKind.CLIENT,
    startTime: endTime - durationMs,
    // https://opentelemetry.io/docs/specs/semconv/cloud-providers/aws-sdk/
    attributes: {
      "rpc.system": "aws-api",
      "rpc.service": service,
      "rpc.method": operation,
      "cloud.account.id": accountId,
      "cloud.region": region,
    },
  });
  if (outcome !== "ok") span.setStatus({ code: SpanStatusCode.ERROR, message: outcome });
  span.end(endTime);
}

/** Id of the trace under way, for log lines; undefined where none is recorded. */
export const currentTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;
