import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DAY_MS } from "@/lib/core/time";
import { runPipeline } from "@/lib/image-builder/pipelines/run-pipeline";
import { setPipelineStatus } from "@/lib/image-builder/pipelines/set-pipeline-status";
import { createSamplePipeline } from "@/lib/testing/sample-pipeline";
import { startTestConsole, type TestConsole } from "@/lib/testing/test-console";
import { checkAuditChain } from "./check-audit-chain";
import { exportAuditRows } from "./export-audit-rows";
import { listAuditRows } from "./list-audit-rows";
import type { AuditFilter } from "./types";

const VIEWER = { role: "viewer", target: "*" } as const;

let testConsole: TestConsole;
beforeAll(async () => {
  testConsole = await startTestConsole();
  for (const name of ["web-base", "db-base"]) {
    await createSamplePipeline(testConsole.imageBuilder, { name });
  }
  const ctx = testConsole.contextOf();
  await runPipeline({ ctx, input: { name: "web-base" } });
  await setPipelineStatus({ ctx, input: { name: "db-base", status: "DISABLED" } });
  testConsole.clock.advance(2 * DAY_MS);
  await runPipeline({ ctx: testConsole.contextOf(VIEWER), input: { name: "web-base" } }).catch(
    () => undefined,
  );
  await ctx.audit.record({ action: "run-pipeline", resource: '=cmd|" /C calc"!A0', result: "failed" });
});
afterAll(() => testConsole.close());

const list = (input: AuditFilter & { before?: string } = {}) =>
  listAuditRows({ ctx: testConsole.contextOf(), input });

describe("listAuditRows", () => {
  it("shows who did what, newest first, with what changed", async () => {
    const { rows, older } = await list();
    expect(rows.map(({ action, result }) => `${action} ${result}`)).toEqual([
      "run-pipeline failed",
      "run-pipeline refused",
      "set-pipeline-status succeeded",
      "run-pipeline succeeded",
    ]);
    expect(rows[2]).toMatchObject({ before: { status: "ENABLED" }, after: { status: "DISABLED" } });
    expect(older).toBeUndefined();
  });

  it("filters by person, action, result, part of the resource and days", async () => {
    const count = async (filter: AuditFilter) => (await list(filter)).rows.length;
    const today = new Date(testConsole.clock.now()).toISOString().slice(0, 10);
    expect(await count({ who: "ANA@" })).toBe(1);
    expect(await count({ action: "set-pipeline-status" })).toBe(1);
    expect(await count({ result: "refused" })).toBe(1);
    expect(await count({ resource: "b-b" })).toBe(3);
    expect(await count({ resource: "%" })).toBe(0);
    expect(await count({ from: today })).toBe(2);
    expect(await count({ to: "2026-06-01" })).toBe(2);
    expect(await count({ from: "", who: "" })).toBe(4);
  });

  it("refuses a filter that makes no sense, with the reason", async () => {
    await expect(list({ from: "2026-06-03", to: "2026-06-01" })).rejects.toThrow("before the first");
    await expect(list({ result: "perhaps" })).rejects.toThrow("succeeded, failed, or refused");
    await expect(list({ from: "yesterday" })).rejects.toThrow("2026-11-21");
  });

  it("gives a long audit page by page, without a gap", async () => {
    const ctx = testConsole.contextOf();
    for (let turn = 0; turn < 60; turn++) {
      await ctx.audit.record({ action: "run-pipeline", resource: `many-${turn}`, result: "succeeded" });
    }
    const first = await list({ resource: "many" });
    const second = await list({ resource: "many", before: String(first.older) });
    const names = [...first.rows, ...second.rows].map(({ resource }) => resource);
    expect(names).toEqual(Array.from({ length: 60 }, (_, turn) => `many-${59 - turn}`));
    expect(second.older).toBeUndefined();
  });

  it("is for admins: others are refused, and the refusal is on record", async () => {
    const author = testConsole.contextOf({ role: "author", target: "*" });
    await expect(listAuditRows({ ctx: author, input: {} })).rejects.toThrow("role admin");
    expect((await list({ action: "list-audit-rows" })).rows).toHaveLength(1);
  });

  it("keeps an admin of some names to the rows of those names, and to the target", async () => {
    const ctx = testConsole.contextOf({ role: "admin", target: "test", namePrefix: "web-" });
    const { rows, mayReadConsole } = await listAuditRows({ ctx, input: {} });
    expect(new Set(rows.map(({ resource }) => resource))).toEqual(new Set(["web-base"]));
    expect(mayReadConsole).toBe(false);
    await expect(listAuditRows({ ctx, input: { scope: "console" } })).rejects.toThrow("all targets");
  });
});

describe("exportAuditRows", () => {
  const read = async (format: "csv" | "jsonl", filter: AuditFilter = {}) => {
    const parts = await exportAuditRows({ ctx: testConsole.contextOf(), input: { ...filter, format } });
    let text = "";
    for await (const part of parts) text += part;
    return text;
  };

  it("writes every row of the filter as a line of JSON, with its hashes", async () => {
    const lines = (await read("jsonl", { resource: "db-base" })).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { action: "set-pipeline-status", resource: "db-base", hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });

  it("writes CSV in which no cell is a formula", async () => {
    const [head, row] = (await read("csv", { resource: "calc" })).split("\r\n");
    expect(head).toMatch(/^sequence,at,actorId,/);
    expect(row).toContain(`"'=cmd|"" /C calc""!A0"`);
  });

  it("is for admins", async () => {
    const ctx = testConsole.contextOf(VIEWER);
    await expect(exportAuditRows({ ctx, input: { format: "csv" } })).rejects.toThrow("role admin");
  });
});

describe("checkAuditChain", () => {
  it("tells an admin that the chain is whole, and its head", async () => {
    const { rows, head } = await checkAuditChain({ ctx: testConsole.contextOf() });
    expect((await testConsole.auditRows()).at(-1)).toMatchObject({ sequence: rows, hash: head });
  });

  it("reads the audit once for all who ask within ten seconds", async () => {
    testConsole.clock.advance(10_000);
    const before = await checkAuditChain({ ctx: testConsole.contextOf() });
    await exportAuditRows({ ctx: testConsole.contextOf(VIEWER), input: { format: "csv" } }).catch(
      () => undefined,
    );
    const asked = Array.from({ length: 50 }, () => checkAuditChain({ ctx: testConsole.contextOf() }));
    expect(new Set((await Promise.all(asked)).map(({ rows }) => rows))).toEqual(new Set([before.rows]));
    testConsole.clock.advance(10_000);
    const after = await Promise.all(
      Array.from({ length: 50 }, () => checkAuditChain({ ctx: testConsole.contextOf() })),
    );
    expect(new Set(after.map(({ rows }) => rows))).toEqual(new Set([before.rows + 1]));
  });
});
