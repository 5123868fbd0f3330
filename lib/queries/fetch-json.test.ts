import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { fetchJson } from "./fetch-json";

/** What the console would answer next, and what it was asked with. */
let version = 1;
let status = 200;
const tags: (string | undefined)[] = [];
const server = createServer((request, response) => {
  tags.push(request.headers["if-none-match"]);
  if (status !== 200) {
    response.writeHead(status).end(JSON.stringify({ error: { code: "forbidden", message: "Not you." } }));
    return;
  }
  const etag = `"${version}"`;
  const isHeld = request.headers["if-none-match"] === etag;
  response.writeHead(isHeld ? 304 : 200, { etag }).end(isHeld ? undefined : JSON.stringify({ version }));
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
beforeEach((test) => {
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${test.task.id}`;
  tags.length = 0;
  status = 200;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it("an answer that has not changed is not sent again, and is the very same one", async () => {
  const first = await fetchJson(url);
  expect(await fetchJson(url)).toBe(first);
  expect(tags).toEqual([undefined, '"1"']);
});

it("an answer that has changed replaces the one before", async () => {
  await fetchJson(url);
  version = 2;
  expect(await fetchJson(url)).toEqual({ version: 2 });
  expect(await fetchJson(url)).toEqual({ version: 2 });
  expect(tags).toEqual([undefined, '"1"', '"2"']);
});

it("nothing held is shown to somebody whom the console refuses", async () => {
  await fetchJson(url);
  status = 403;
  await expect(fetchJson(url)).rejects.toMatchObject({ detail: { code: "forbidden" } });
});
