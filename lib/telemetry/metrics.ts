import "server-only";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { processSingleton } from "@/lib/core/process-singleton";
import type { AwsCall, EndedRequest } from "./types";

const openStreams = processSingleton("count-streams", (): { count: () => number } => ({ count: () => 0 }));

/** Hands in what counts the logs that are followed now. */
export const measureOpenStreams = (count: () => number): void => {
  openStreams.count = count;
};

const metrics = () =>
  processSingleton("metrics", () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const registers = [registry];
    new Gauge({
      name: "goldsmith_open_streams",
      help: "Logs being followed.",
      registers,
      collect() {
        this.set(openStreams.count());
      },
    });
    return {
      registry,
      awsCalls: new Counter({
        name: "goldsmith_aws_calls_total",
        help: "Requests sent to AWS.",
        labelNames: ["service", "operation", "account", "region", "outcome"],
        registers,
      }),
      awsSeconds: new Histogram({
        name: "goldsmith_aws_call_duration_seconds",
        help: "AWS response time.",
        labelNames: ["service", "operation"],
        buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
        registers,
      }),
      requests: new Histogram({
        name: "goldsmith_http_request_duration_seconds",
        help: "Console response time; for streams, until they end.",
        labelNames: ["method", "kind", "status"],
        buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10],
        registers,
      }),
    };
  });

/** Counts one request on the wire. */
export function countAwsCall({ service, operation, accountId, region, outcome, durationMs }: AwsCall): void {
  const { awsCalls, awsSeconds } = metrics();
  awsCalls.inc({ service, operation, account: accountId, region, outcome });
  awsSeconds.observe({ service, operation }, durationMs / 1000);
}

/** Counts one answer of the console: by kind, since each name in a path would be a series of its own. */
export function countRequestEnd({ method, path, status, durationMs }: EndedRequest): void {
  const kind = path.startsWith("/_next/") ? "file" : path.startsWith("/api/") ? "api" : "page";
  metrics().requests.observe({ method, kind, status: `${Math.floor(status / 100)}xx` }, durationMs / 1000);
}

/** The Prometheus text of this process. */
export async function renderMetrics(): Promise<{ contentType: string; text: string }> {
  const { registry } = metrics();
  return { contentType: registry.contentType, text: await registry.metrics() };
}
