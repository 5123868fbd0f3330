import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { citedPages, readPage } from "./guide-pages.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const AWS = "https://docs.aws.amazon.com";
const table = JSON.parse(readFileSync(join(root, "scripts/guide-pages.json"), "utf8"));

const page = (limit: string, more = "") =>
  `<html><head><title>Watermarks</title><script>stamp(${Math.random()})</script></head><body><main>
  <h1>AMI watermarks</h1><p>What they are.</p><h2 id="a">Limits</h2><p class="x">${limit}</p>${more}</main></body></html>`;
const READ = { ...readPage(page("1 to 5")), read: "2026-09-17" };

let server: Server;
let folder: string;
let base: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "guide-check-"));
  server = createServer((request, response) => {
    const path = request.url ?? "";
    if (path.includes("slow")) return;
    if (path.includes("moved")) response.writeHead(301, { location: "/elsewhere.html" }).end();
    else if (path.includes("missing")) response.writeHead(404).end("gone");
    else if (path.includes("broken")) response.writeHead(503).end();
    else if (path.includes("more")) response.end(page("1 to 5", "<h2>Prices</h2><p>None.</p>"));
    else if (path.includes("same")) response.end(page("1  to   5"));
    else response.end(page("1 to 8"));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
  rmSync(folder, { recursive: true });
});

let runs = 0;
/** The command over these rows of the table: what it prints, how it ends, and the table afterwards. */
async function check(rows: Record<string, object>, only: string, ...more: string[]) {
  const file = join(folder, `${++runs}.json`);
  writeFileSync(file, JSON.stringify(rows));
  const args = ["scripts/guide-check.mjs", "--base", base, "--table", file, "--only", only, ...more];
  const run = await new Promise<{ code: number; text: string }>((ended) => {
    execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) =>
      ended({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    );
  });
  return { ...run, after: JSON.parse(readFileSync(file, "utf8")) };
}
const row = (name: string) => ({ [`${AWS}/trial/${name}.html`]: READ });

describe("npm run guide-check", () => {
  it.each([
    ["same", 0, /^1 same$/m],
    ["changed", 1, /^changed: \S+changed\.html \(read 2026-09-17\)\n {2}Changed: section "Limits"\.$/m],
    ["more", 1, /Changed: new section "Prices"\./],
    ["missing", 1, /^missing: .*\n {2}HTTP 404\.$/m],
    ["moved", 1, /^moved: .*\n {2}It is at \/elsewhere\.html\.$/m],
    ["broken", 2, /^unread: .*\n {2}HTTP 503\.$/m],
    ["slow", 2, /^unread: .*slow\.html/m],
  ])("says of a page that is %s what became of it", async (name, code, text) => {
    const run = await check(row(name), `trial/${name}`, "--patience", name === "slow" ? "0.3" : "30");
    expect(run.text).toMatch(text);
    expect(run.code).toBe(code);
  });

  it("looks at every page though one does not answer", async () => {
    const rows = { ...row("slow"), ...row("same"), ...row("changed") };
    const { text } = await check(rows, "trial/", "--patience", "5");
    expect(text).toMatch(/1 same/);
    expect(text).toMatch(/1 unread/);
    expect(text).toMatch(/1 changed/);
  });

  it("names the rules that depend on a page", async () => {
    const [link, places] = [...citedPages(root)].find(([one]) => one.includes("ami-watermarks")) ?? ["", []];
    expect(places.length).toBeGreaterThan(1);
    const { text } = await check({ [link]: READ }, "ami-watermarks");
    for (const place of places) expect(text).toContain(`depends on it: ${place}`);
  });

  it("takes down what was read when it is told to, and keeps what did not answer", async () => {
    const [link] = [...citedPages(root).keys()].filter((one) => one.includes("ami-watermarks"));
    const { after } = await check({ [String(link)]: READ }, "ami-watermarks", "--write");
    expect(after[String(link)]).toMatchObject({
      title: "AMI watermarks",
      read: expect.stringMatching(/^\d{4}-/),
    });
    expect(after[String(link)].sections.Limits).not.toBe(Object(READ.sections).Limits);
    const again = await check(after, "ami-watermarks");
    expect(again.text).toBe("1 same\n");
  });
});

describe("the table of pages", () => {
  it("has a row for every page that the code cites, and no other", () => {
    expect(Object.keys(table)).toEqual([...citedPages(root).keys()]);
  });

  it("says of each page when it was read, or that it is not known", () => {
    for (const [link, { title, read, sections }] of Object.entries<Record<string, unknown>>(table)) {
      expect([null, "string"], link).toContain(title === null ? null : typeof title);
      if (read !== null) expect(read, link).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
      // A hash without a date could not be compared with anything.
      if (sections !== null) expect(read, link).not.toBeNull();
    }
  });

  it.each([
    "image-builder-cron",
    "image-builder-looping-constructs",
    "wfdoc-create-document",
    "wfdoc-conditional",
    "manage-component-parameters",
    "image-lifecycle",
    "eventbridge-events",
    "image-builder-setting-up",
  ])("does not cite %s, which AWS has renamed", (name) => {
    expect([...citedPages(root).keys()].filter((link) => link.endsWith(`/${name}.html`))).toEqual([]);
  });
});
