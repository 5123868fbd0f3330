import { Readable } from "node:stream";
import { HttpResponse } from "@smithy/core/protocols";
import type { Simulator } from "./simulator";

export { type ManualClock, manualClock } from "./engine/clock";
export { DEMO_ACCOUNT, DEMO_REGION } from "./engine/scope";
export { diskStorage, memoryStorage } from "./engine/storage";
export { parseComponentDocument as readComponentDocument } from "./factory/awstoe/parse-component-document";
export { nextRuns as nextScheduledRuns, parseSchedule as readSchedule } from "./factory/schedule";
export { parseWorkflowDocument as readWorkflowDocument } from "./factory/workflow-document";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator";

interface SdkRequest {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query?: Record<string, string | string[] | null>;
  headers: Record<string, string>;
  body?: unknown;
}

/** What an SDK client needs to talk to a simulator in this process: `new STSClient(clientConfig(simulator))`. */
export function clientConfig(simulator: Simulator, { account = "222222222222", region = "us-east-1" } = {}) {
  return {
    ...connection({ account, region }),
    endpoint: "http://simulator.test",
    requestHandler: { handle: async (request: SdkRequest) => ({ response: await send(simulator, request) }) },
  };
}

/** The same over HTTP, for a simulator started with `startSimulator`. */
export function httpClientConfig(url: string, { account = "222222222222", region = "us-east-1" } = {}) {
  return { ...connection({ account, region }), endpoint: url };
}

function connection({ account, region }: { account: string; region: string }) {
  return {
    region,
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: account, secretAccessKey: "any" },
  };
}

async function send(simulator: Simulator, request: SdkRequest): Promise<HttpResponse> {
  const url = new URL(`${request.protocol}//${request.hostname}${request.path}`);
  for (const [name, value] of Object.entries(request.query ?? {})) {
    for (const item of [value].flat()) url.searchParams.append(name, item ?? "");
  }
  const { host: _host, ...headers } = request.headers;
  const body = request.body as BodyInit | undefined;
  const response = await simulator.handle(
    new Request(url, {
      method: request.method,
      headers,
      ...(body && { body, duplex: "half" }),
    } as RequestInit),
  );
  return new HttpResponse({
    statusCode: response.status,
    headers: Object.fromEntries(response.headers),
    body: response.body ? Readable.fromWeb(response.body as never) : Readable.from([]),
  });
}
