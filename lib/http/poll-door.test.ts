import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { REQUESTED_PATH_HEADER } from "@/lib/core/request-facts";
import { listFiles } from "@/lib/testing/project-files";
import { currentHeaders } from "@/lib/use-case/request-headers";
import { answerPoll, registerPoll } from "./poll-door";

const server = createServer((request, response) => {
  if (!answerPoll(request, response, { "x-frame-options": "DENY" })) response.end("left to Next");
});
let origin = "";

beforeAll(async () => {
  // What a route sees of the request: its segments, its query and the headers that a use case reads.
  registerPoll("/api/[target]/things/[name]", async (request, { params }) => {
    const headers = await currentHeaders();
    const { searchParams } = new URL(request.url);
    return Response.json(
      {
        ...(await params),
        query: Object.fromEntries(searchParams),
        cookie: headers.get("cookie"),
        path: headers.get(REQUESTED_PATH_HEADER),
        held: request.headers.get("if-none-match"),
        long: "x".repeat(Number(searchParams.get("long") ?? 0)),
      },
      { headers: { etag: '"tag"' } },
    );
  });
  registerPoll("/api/[target]/unchanged", async () => new Response(null, { status: 304 }));
  registerPoll("/api/[target]/broken", async () => Promise.reject(new Error("a route that throws")));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const HELD = { "if-none-match": '"held"' };
const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${origin}${path}`, { ...init, headers: { ...HELD, ...init.headers } });

describe("the door of polls", () => {
  it("hands a route its segments, its query and the headers of the request", async () => {
    const response = await ask("/api/a%20team/things/50%25%2Fday?text=a+b&text2=%C3%A4", {
      headers: { cookie: "a=1; b=2", [REQUESTED_PATH_HEADER]: "/a/page" },
    });
    expect(await response.json()).toMatchObject({
      target: "a team",
      name: "50%/day",
      query: { text: "a b", text2: "ä" },
      cookie: "a=1; b=2",
      path: "/api/a%20team/things/50%25%2Fday?text=a+b&text2=%C3%A4",
      held: '"held"',
    });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      etag: '"tag"',
      "content-type": "application/json",
      "x-frame-options": "DENY",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
  });

  it("takes no page about all accounts for one of a target of that name", async () => {
    const before = await ask("/api/all-accounts/unchanged");
    expect([before.status, await before.text()]).toEqual([200, "left to Next"]);
    registerPoll("/api/all-accounts/unchanged", async () => Response.json("of all"));
    expect(await (await ask("/api/all-accounts/unchanged")).json()).toBe("of all");
    expect((await ask("/api/team/unchanged")).status).toBe(304);
  });

  it("answers what did not change without a body", async () => {
    const response = await ask("/api/team/unchanged");
    expect([response.status, await response.text()]).toEqual([304, ""]);
  });

  it("compresses long answers for those who take it", async () => {
    const long = await ask("/api/team/things/a?long=5000", { headers: { "accept-encoding": "gzip" } });
    expect(long.headers.get("content-encoding")).toBe("gzip");
    expect(Number(long.headers.get("content-length"))).toBeLessThan(1_000);
    expect((await long.json()).long).toHaveLength(5_000);
    const plain = await ask("/api/team/things/a?long=5000", { headers: { "accept-encoding": "identity" } });
    expect([plain.headers.get("content-encoding"), (await plain.json()).long.length]).toEqual([null, 5_000]);
    const short = await ask("/api/team/things/a", { headers: { "accept-encoding": "gzip" } });
    expect(short.headers.get("content-encoding")).toBeNull();
  });

  it("answers for a route that throws, with nothing of what it threw", async () => {
    const response = await ask("/api/team/broken");
    expect([response.status, await response.text()]).toEqual([500, ""]);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "cache-control": "no-store",
      "x-frame-options": "DENY",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect((await ask("/api/team/unchanged")).status).toBe(304);
  });

  it.each<[string, string, RequestInit]>([
    ["another method", "/api/team/things/a", { method: "POST" }],
    ["HEAD", "/api/team/things/a", { method: "HEAD" }],
    ["an address it does not know", "/api/team/other", {}],
    ["a slash at the end", "/api/team/things/a/", {}],
    ["a slash more", "/api//team/things/a", {}],
    ["other letters", "/API/team/things/a", {}],
    ["a segment less", "/api/team/things", {}],
    ["percent signs that stand for no text", "/api/team/things/%E0%A4%A", {}],
    ["a page of another site", "/api/team/things/a", { headers: { "sec-fetch-site": "cross-site" } }],
    ["a page of another origin", "/api/team/things/a", { headers: { origin: "https://evil.example" } }],
    ["an address too long", `/api/team/things/a?${"x".repeat(5_000)}`, {}],
  ])("leaves %s to Next", async (_, path, init) => {
    const response = await ask(path, init);
    expect(await response.text()).toBe(init.method === "HEAD" ? "" : "left to Next");
    expect(response.headers.get("x-frame-options")).toBeNull();
  });

  it("leaves who holds no answer to Next", async () => {
    expect(await (await fetch(`${origin}/api/team/things/a`)).text()).toBe("left to Next");
  });

  it("knows each route by the folder that Next knows it by", () => {
    const named = listFiles("app").flatMap((file) => {
      const [, path] =
        /= (?:jsonRoute|allAccountsRoute)(?:<[^(]*>)?\(\s*"([^"]+)"/.exec(readFileSync(file, "utf8")) ?? [];
      const isJson = /jsonRoute|allAccountsRoute/.test(readFileSync(file, "utf8"));
      return isJson ? [{ file, path }] : [];
    });
    expect(named.length).toBeGreaterThan(40);
    expect(named).toEqual(
      named.map(({ file }) => ({ file, path: file.replace(/^app/, "").replace(/\/route\.ts$/, "") })),
    );
  });
});
