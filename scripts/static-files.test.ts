import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compressStaticFiles, openStaticFiles } from "./static-files.mjs";

const SCRIPT = "export const answer = 42;\n".repeat(200);
let root: string;
let server: Server;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "goldsmith-static-"));
  mkdirSync(join(root, ".next/static/chunks"), { recursive: true });
  writeFileSync(join(root, ".next/static/chunks/a.js"), SCRIPT);
  writeFileSync(join(root, ".next/static/chunks/small.js"), "1");
  writeFileSync(join(root, ".next/static/chunks/font.woff2"), SCRIPT);
  writeFileSync(join(root, ".next/secret.json"), SCRIPT);
  await compressStaticFiles(root);
  const send = openStaticFiles(root, { "x-content-type-options": "nosniff" });
  server = createServer((incoming, response) => {
    if (!send(incoming, response)) response.writeHead(404).end("Next's");
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

/** As it comes over the wire. */
function get(path: string, acceptEncoding?: string, method = "GET") {
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status?: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }>(
    (settle, reject) => {
      const headers = acceptEncoding === undefined ? {} : { "accept-encoding": acceptEncoding };
      const asked = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () =>
          settle({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      asked.on("error", reject);
      asked.end();
    },
  );
}

const FILE = "/_next/static/chunks/a.js";

describe("a file of the build", () => {
  it.each([
    ["br", "br"],
    ["gzip, deflate, br, zstd", "br"],
    ["gzip", "gzip"],
    ["GZIP;q=0.5, BR;q=0", "gzip"],
    ["*", "br"],
    ["br;q=0, *", "gzip"],
  ])("comes as small as %s allows", async (accepted, encoding) => {
    const { status, headers, body } = await get(`${FILE}?dpl=1`, accepted);
    expect([status, headers["content-encoding"]]).toEqual([200, encoding]);
    expect((encoding === "br" ? brotliDecompressSync(body) : gunzipSync(body)).toString()).toBe(SCRIPT);
    expect(headers).toMatchObject({
      "content-length": String(body.length),
      "cache-control": "public, max-age=31536000, immutable",
      vary: "accept-encoding",
      "x-content-type-options": "nosniff",
      "content-type": "application/javascript; charset=UTF-8",
    });
  });

  it.each([undefined, "", "identity", "br;q=0", "br;q=0, gzip;q=0.0", "zstd"])(
    "is left to Next for who takes %s",
    async (accepted) => {
      expect((await get(FILE, accepted)).status).toBe(404);
    },
  );

  it("has its headers and no body for HEAD, and is not posted to", async () => {
    const { headers, body } = await get(FILE, "br", "HEAD");
    expect([headers["content-encoding"], body.length]).toEqual(["br", 0]);
    expect((await get(FILE, "br", "POST")).status).toBe(404);
  });
});

it.each([
  "/_next/static/chunks/small.js",
  "/_next/static/chunks/font.woff2",
  "/_next/static/chunks/a.js.br",
  "/_next/static/../secret.json",
  "/_next/static/%2e%2e/secret.json",
  "/_next/static/chunks/%61.js",
  "/_next/static/chunks",
  "//_next/static/chunks/a.js",
])("%s is no file that lies compressed", async (path) => {
  expect((await get(path, "br, gzip")).status).toBe(404);
});
