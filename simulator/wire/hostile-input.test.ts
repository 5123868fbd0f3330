import { describe, expect, test } from "vitest";
import type { AnyService } from "../engine/service";
import { ALL_SERVICES } from "../services/all-services";
import { createSimulator, manualClock } from "../testing";
import { hostileInput, randomOf, requestFor } from "./hostile-input";
import { type Operation, operationsOf } from "./schema";

/** Of each operation; `HOSTILE_ROUNDS=200` looks further. */
const ROUNDS = Number(process.env.HOSTILE_ROUNDS ?? 5);
const simulator = createSimulator({ clock: manualClock(Date.UTC(2026, 10, 21)), seed: "empty" });

async function answerTo(service: AnyService, operation: Operation, input: Record<string, unknown>) {
  const { path, headers, ...init } = requestFor(service.protocol, operation, input);
  const scope = `222222222222/20261121/us-east-1/${service.signingName}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const response = await simulator.handle(
    new Request(`http://simulator.test${path}`, { ...init, headers: { ...headers, authorization } }),
  );
  const isStream = response.headers.get("content-type")?.includes("eventstream");
  if (isStream) await response.body?.cancel();
  return { status: response.status, headers: response.headers, text: isStream ? "" : await response.text() };
}

describe.each(Object.values(ALL_SERVICES))("$signingName", (service) => {
  const operations = operationsOf(service.sdk);
  const answered = Object.keys(service.handlers).flatMap((name) => operations.get(name) ?? []);

  test("answers whatever it is sent, and refuses in the form of its protocol, never with a 5xx", async () => {
    const random = randomOf(service.signingName.length * 7919);
    for (let round = 0; round < ROUNDS; round++) {
      for (const operation of answered) {
        const input = hostileInput(operation.input, random) as Record<string, unknown>;
        const { status, headers, text } = await answerTo(service, operation, input);
        const what = `${operation.name} ${JSON.stringify(input).slice(0, 2000)}: ${status} ${text.slice(0, 500)}`;
        expect(status < 500 || status === 501, what).toBe(true);
        if (status < 400 || text === "") continue;
        if (headers.get("content-type")?.includes("json")) {
          const { message, __type = headers.get("x-amzn-errortype") } = JSON.parse(text);
          expect([typeof message, typeof __type], what).toEqual(["string", "string"]);
        } else expect(text, what).toMatch(/<Code>\w[\w.]*<\/Code>\s*<Message>/);
      }
    }
  });
});
