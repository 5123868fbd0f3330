import { eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apiTokens } from "@/lib/db/api-schema";
import { type ApiConsole, startApiConsole } from "@/lib/testing/api-console";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { OPERATIONS } from "./operations/all-operations";

let api: ApiConsole;
beforeAll(async () => {
  api = await startApiConsole();
  await createSamplePipeline(api.imageBuilder, { name: "web-1" });
  await createSamplePipeline(api.imageBuilder, { name: "db-1" });
});
afterAll(() => api.close());

/** A part of an address as it may arrive: no encoding, a wrong one, none of a text, or far too much. */
const segment = fc.oneof(
  fc.constantFrom(
    ...[
      "test",
      "web-1",
      "1.0.0",
      "1",
      "%ff",
      "%",
      "%zz",
      "%00",
      "%ed%a0%80",
      "..%2f..%2f",
      "%2e%2e",
      "x.x.x",
    ],
    ...[
      "__proto__",
      "constructor",
      "*",
      "arn%3Aaws",
      "%0d%0aset-cookie%3Aa",
      "a".repeat(2_000),
      "-1",
      "1e999",
    ],
  ),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .map((text) => encodeURIComponent(text.toWellFormed())),
);
const query = fc.dictionary(
  fc.constantFrom("limit", "cursor", "wait", "name", "pipeline", "result", "from", "to", "__proto__", "x"),
  fc.oneof(fc.constantFrom("", "0", "-1", "1e9", "NaN", "[]", "zzzz", "AAAA", "%ff", "\u0000"), fc.string()),
  { maxKeys: 4 },
);
const body = fc.oneof(
  fc.constantFrom(
    "",
    "null",
    "[]",
    "{",
    '"x"',
    "1e400",
    "[".repeat(5_000),
    '{"__proto__":{"a":1}}',
    '{"a":"\\ud800"}',
  ),
  fc.json(),
  fc.constant(JSON.stringify({ decision: "approve", comment: "\0".repeat(10) })),
  fc.constant("x".repeat(70_000)),
);
const headers = fc.record(
  {
    "idempotency-key": fc.constantFrom("a", "a b", "k".repeat(201), "1"),
    "if-none-match": fc.constantFrom("*", "W/", '""', "a".repeat(500)),
    accept: fc.constantFrom("text/html", "*/*", "x"),
    range: fc.constant("bytes=0-1"),
  },
  { requiredKeys: [] },
);
const request = fc.record({
  operation: fc.constantFrom(...OPERATIONS),
  segments: fc.array(segment, { minLength: 6, maxLength: 6 }),
  query,
  body,
  headers,
});

describe("a request that somebody made by hand", () => {
  it("refuses what it must and never fails unexpectedly, nor says what is another team's", async () => {
    const { token } = await api.createToken({ role: "operator", namePrefixes: ["web-"] });
    await fc.assert(
      fc.asyncProperty(
        request,
        async ({ operation, segments, query: members, body: text, headers: sent }) => {
          let place = 0;
          const path = operation.path.replaceAll(
            /\{\w+\}/g,
            () => segments[place++ % segments.length] ?? "x",
          );
          const asked = new URLSearchParams(Object.entries({ ...members, wait: "0" }));
          const response = await fetch(`${api.origin}/api/v1${path}?${asked}`, {
            method: operation.method.toUpperCase(),
            headers: { authorization: `Bearer ${token}`, ...sent },
            redirect: "manual",
            ...(operation.method === "post" && { body: text }),
          });
          const answer = await response.text();
          expect(response.status, `${path} ${answer}`).toBeLessThan(500);
          expect(response.headers.get("set-cookie")).toBeNull();
          expect(response.headers.get("location") ?? "/").toMatch(/^\/(?!\/)/);
          expect(answer).not.toContain("db-1");
          expect(answer.length).toBeLessThan(100_000);
          if (response.status >= 400) expect(JSON.parse(answer)).toMatchObject({ status: response.status });
        },
      ),
      { numRuns: 200 },
    );
  });

  it("refuses a cursor, a tag and a key of somebody else's as if they were made up", async () => {
    const all = await api.createToken({ role: "operator" });
    const web = await api.createToken({ role: "operator", namePrefixes: ["web-"] });
    const first = await api.ask("/targets/test/pipelines?limit=1", all);
    const { items, nextCursor } = (await first.json()) as { items: { name: string }[]; nextCursor: string };
    expect(items[0]?.name).toBe("db-1");
    const others = await api.ask(`/targets/test/pipelines?cursor=${nextCursor}`, web);
    expect(await others.text()).not.toContain("db-1");
    const etag = first.headers.get("etag") ?? "";
    const tagged = await api.ask("/targets/test/pipelines?limit=1", {
      token: web.token,
      headers: { "if-none-match": etag },
    });
    expect(tagged.status, "what one may not see is not confirmed").toBe(200);
    const key = { "idempotency-key": "the-same" };
    const run = "/targets/test/pipelines/db-1/runs";
    const done = await api.ask(run, { token: all.token, method: "POST", headers: key });
    expect(done.status).toBeLessThan(300);
    const stolen = await api.ask(run, { token: web.token, method: "POST", headers: key });
    expect(stolen.status).toBe(403);
  });

  it("refuses to repeat an answer to a token that may not ask any more, on record", async () => {
    const { token, id } = await api.createToken({ role: "operator", name: "loses its role" });
    const run = { token, method: "POST", headers: { "idempotency-key": "mine" } };
    expect((await api.ask("/targets/test/pipelines/db-1/runs", run)).status).toBeLessThan(300);
    expect(
      (await api.ask("/targets/test/pipelines/db-1/runs", run)).headers.get("idempotency-replayed"),
    ).toBe("true");
    const { orm } = await api.runtime.database();
    await orm
      .update(apiTokens)
      .set({ namePrefixes: ["web-"] })
      .where(eq(apiTokens.id, id));
    const response = await api.ask("/targets/test/pipelines/db-1/runs", run);
    expect(response.status).toBe(403);
    expect((await api.auditRows()).at(-1)).toMatchObject({ action: "run-pipeline", result: "refused" });
  });
});
