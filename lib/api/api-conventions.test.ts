import { ListImagePipelineImagesCommand } from "@aws-sdk/client-imagebuilder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { DAY_MS } from "@/lib/core/time";
import { type ApiConsole, startApiConsole } from "@/lib/testing/api-console";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { OPERATIONS } from "./operations/all-operations";

let api: ApiConsole;
let token: string;
let pipelineArn: string;
beforeAll(async () => {
  api = await startApiConsole();
  ({ token } = await api.createToken());
  pipelineArn = await createSamplePipeline(api.imageBuilder, { name: "web" });
  for (const name of ["Alpha", "beta", "db 1", "Web_2", "zeta"])
    await createSamplePipeline(api.imageBuilder, { name });
  await createSamplePipeline(api.imageBuilder, { name: "broken", command: "exit 23" });
});
afterAll(() => api.close());

const RUNS = "/targets/test/pipelines/web/runs";
type Asked = Parameters<ApiConsole["ask"]>[1];
const ask = (path: string, asked: Asked = {}) => api.ask(path, { token, ...asked });
const json = async (path: string, asked: Asked = {}) => (await ask(path, asked)).json() as Promise<Json>;
type Json = Record<string, unknown> & { items: Record<string, unknown>[]; nextCursor?: string };
const buildsInAws = async () => {
  const command = new ListImagePipelineImagesCommand({ imagePipelineArn: pipelineArn });
  return (await api.imageBuilder.send(command)).imageSummaryList?.length ?? 0;
};
/** Starts a build and gives its path. */
const start = async (pipeline: string) => {
  const response = await ask(`/targets/test/pipelines/${pipeline}/runs`, { method: "POST" });
  return (response.headers.get("location") ?? "").replace("/api/v1", "");
};

describe("a list", () => {
  it("is the same page by page as in one, whatever the size of a page", async () => {
    const { items: all } = await json("/targets/test/pipelines");
    expect(all).toHaveLength(7);
    for (let limit = 1; limit <= 8; limit += 1) {
      const found: unknown[] = [];
      let path = `/targets/test/pipelines?limit=${limit}`;
      for (let pages = 0; path !== ""; pages += 1) {
        expect(pages).toBeLessThan(8);
        const response = await ask(path);
        const { items, nextCursor } = (await response.json()) as Json;
        expect(items.length).toBeLessThanOrEqual(limit);
        found.push(...items);
        const [, link = ""] = /<\/api\/v1([^>]+)>; rel="next"/.exec(response.headers.get("link") ?? "") ?? [];
        expect(link === "").toBe(nextCursor === undefined);
        path = link;
      }
      expect(found).toEqual(all);
    }
  });

  it("takes a cursor of anybody's and never fails because of it", async () => {
    for (const cursor of ["", "x", "%00", "../..", "é", "a".repeat(1_000)])
      expect((await ask(`/targets/test/pipelines?cursor=${encodeURIComponent(cursor)}`)).status).toBe(200);
    for (const query of [
      "limit=0",
      "limit=201",
      "limit=x",
      "limit=1.5",
      "lmit=1",
      `cursor=${"a".repeat(1_001)}`,
    ]) {
      const response = await ask(`/targets/test/pipelines?${query}`);
      expect(response.status, query).toBe(400);
      expect(await response.json()).toMatchObject({ code: "invalid", errors: expect.any(Object) });
    }
  });
});

describe("an answer", () => {
  it("is sent again only when it has changed", async () => {
    const first = await ask("/targets/test/pipelines/web");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    for (const held of [etag, `W/${etag}`]) {
      const again = await ask("/targets/test/pipelines/web", { headers: { "if-none-match": held } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
    const other = await ask("/targets/test/pipelines/web", { headers: { "if-none-match": '"other"' } });
    expect(other.status).toBe(200);
  });

  it("says what is left of a service's limit, for reads and writes by themselves and for each service", async () => {
    const { token: fresh } = await api.createToken();
    const limitOf = async (path: string, method = "GET") =>
      (await api.ask(path, { token: fresh, method })).headers.get("ratelimit");
    expect(await limitOf("/targets")).toBe('"read";r=299;t=1');
    expect(await limitOf("/targets/test/pipelines/none/runs", "POST")).toBe('"write";r=29;t=2');
    const burst = await Promise.all(
      Array.from({ length: 40 }, () =>
        api.ask("/targets/test/pipelines/none/runs", { token: fresh, method: "POST" }),
      ),
    );
    const refused = burst.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    const [one] = refused;
    expect(Number(one?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await one?.json()).toMatchObject({ code: "too-many-requests", status: 429 });
    expect((await api.ask("/targets", { token: fresh })).status).toBe(200);
    expect((await ask("/targets")).status).toBe(200);
  });

  it("to what the API does not have is a problem with the way out", async () => {
    const unknown = await ask("/nothing");
    expect(unknown.status).toBe(404);
    expect(await unknown.json()).toMatchObject({
      type: "urn:goldsmith:problem:not-found",
      status: 404,
      detail: expect.stringContaining("openapi.json"),
    });
    const wrong = await ask("/targets", { method: "POST" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET"]);
    expect((await ask("/targets/nowhere/pipelines")).status).toBe(404);
    const { errors } = await json("/targets/test/builds/web-recipe/1.0.0/1/approvals/step-1", {
      method: "POST",
      body: { decision: "maybe" },
    });
    expect(errors).toBeDefined();
  });

  it("has the members that the document promises, for every operation that reads", async () => {
    const path = await start("broken");
    await json(`${path}?wait=60`);
    const [, image = "", version = "", build = ""] = /builds\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
    const parameters: Record<string, string> = { target: "test", pipeline: "web", image, version, build };
    // Roll-outs need a group: api-roll-outs.test.ts reads those.
    const isOfBuilds = (path: string) =>
      [...path.matchAll(/\{(\w+)\}/g)].every(([, name = ""]) => Object.hasOwn(parameters, name));
    const reads = OPERATIONS.filter(
      ({ method, answer, path: at }) => method === "get" && answer && isOfBuilds(at),
    );
    expect(reads.length).toBeGreaterThan(8);
    for (const operation of reads) {
      const at = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => parameters[name] ?? "");
      const response = await ask(at);
      const value: unknown = await response.json();
      expect(response.status, `${operation.id} ${JSON.stringify(value)}`).toBe(200);
      const parsed = (operation.answer as z.ZodType).safeParse(value);
      expect(parsed.error?.issues, operation.id).toBeUndefined();
      // Nothing of a use case's own leaks out beside it.
      expect(parsed.data, operation.id).toEqual(value);
    }
  });
});

describe("waiting for a build", () => {
  it("answers at its end, and at once for one that has ended", async () => {
    const path = await start("web");
    expect(await json(path)).toMatchObject({ result: "running" });
    let build: Json = await json(`${path}?wait=60`);
    for (let rounds = 0; build.result === "running" && rounds < 60; rounds += 1)
      build = await json(`${path}?wait=60`);
    expect(build).toMatchObject({ result: "succeeded", amis: [{ amiId: expect.stringMatching(/^ami-/) }] });
    const before = api.clock.now();
    expect(await json(`${path}?wait=60`)).toMatchObject({ result: "succeeded" });
    expect(api.clock.now()).toBe(before);
  });

  it("answers with If-None-Match at any change, or 304 when its patience is over", async () => {
    const path = await start("web");
    const first = await ask(path);
    const etag = first.headers.get("etag") ?? "";
    const before = api.clock.now();
    const next = await ask(`${path}?wait=60`, { headers: { "if-none-match": etag } });
    if (next.status === 304) expect(api.clock.now() - before).toBeGreaterThanOrEqual(60_000);
    else {
      expect(next.headers.get("etag")).not.toBe(etag);
      expect(api.clock.now() - before).toBeLessThanOrEqual(62_000);
    }
    expect((await ask(`${path}?wait=61`)).status).toBe(400);
  });
});

describe("a log", () => {
  it("is text with all lines, and following it ends with the build", async () => {
    const path = await start("web");
    await json(`${path}?wait=60`);
    const whole = await ask(`${path}/log`);
    expect(whole.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const text = await whole.text();
    expect(text.split("\n").length).toBeGreaterThan(10);
    const followed = await (await ask(`${path}/log?follow=true`)).text();
    expect(followed.startsWith(text.slice(0, 200))).toBe(true);
    expect(followed.length).toBeGreaterThanOrEqual(text.length);
  });
});

describe("a request with an Idempotency-Key", () => {
  const run = (key: string, asked: Asked = {}) =>
    ask(RUNS, { method: "POST", headers: { "idempotency-key": key }, ...asked });

  it("is done once, however often it is sent", async () => {
    const before = await buildsInAws();
    const first = await run("once");
    const body = await first.text();
    expect(first.status).toBe(202);
    for (let times = 0; times < 3; times += 1) {
      const again = await run("once");
      expect([again.status, await again.text()]).toEqual([202, body]);
      expect(again.headers.get("location")).toBe(first.headers.get("location"));
      expect(again.headers.get("idempotency-replayed")).toBe("true");
    }
    expect(await buildsInAws()).toBe(before + 1);
    const other = await run("another");
    expect(await other.text()).not.toBe(body);
  });

  it("is done once when many arrive at the same time", async () => {
    const { token: busy } = await api.createToken();
    const before = await buildsInAws();
    const answers = await Promise.all(Array.from({ length: 8 }, () => run("crowd", { token: busy })));
    expect(answers.every(({ status }) => status === 202 || status === 409)).toBe(true);
    expect(await buildsInAws()).toBe(before + 1);
    for (const { status, headers } of answers)
      if (status === 409) expect(headers.get("retry-after")).toBe("2");
  });

  it("is refused for another request, and is another token's own", async () => {
    expect((await run("mine")).status).toBe(202);
    const other = await ask("/targets/test/pipelines/beta/runs", {
      method: "POST",
      headers: { "idempotency-key": "mine" },
    });
    expect(other.status).toBe(422);
    const { token: somebody } = await api.createToken();
    const theirs = await run("mine", { token: somebody });
    expect([theirs.status, theirs.headers.get("idempotency-replayed")]).toEqual([202, null]);
  });

  it("may be tried again when nothing was done, and is forgotten after a day", async () => {
    const path = "/targets/test/pipelines/later/runs";
    const headers = { "idempotency-key": "later" };
    expect((await ask(path, { method: "POST", headers })).status).toBe(404);
    await createSamplePipeline(api.imageBuilder, { name: "later" });
    api.clock.advance(60_000);
    expect((await ask(path, { method: "POST", headers })).status).toBe(202);
    api.clock.advance(DAY_MS + 1);
    const next = await ask(path, { method: "POST", headers });
    expect([next.status, next.headers.get("idempotency-replayed")]).toEqual([202, null]);
  });

  it("is no key when it is empty, long or not ASCII", async () => {
    for (const key of ["", "a b", "x".repeat(201)]) expect((await run(key)).status, key).toBe(400);
  });
});
