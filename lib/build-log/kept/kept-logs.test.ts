import { gunzipSync, gzipSync } from "node:zlib";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/lib/db/database";
import { keptLogParts } from "@/lib/db/schema";
import { type TestEngine, testEngines } from "@/lib/testing/test-databases";
import { LOG_INDEX_VERSION, type LogIndex } from "../reader/log-index";
import { LogRecord } from "../tail/log-record";
import { KeptLogs } from "./kept-logs";

const HEAD = { maxLines: 10, maxBytes: 100 };

describe.each(testEngines())("KeptLogs on $name", ({ start }) => {
  let engine: TestEngine;
  let database: Database;
  beforeAll(async () => {
    engine = await start();
    database = await engine.open();
  });
  afterAll(() => engine.stop());

  const open = () => new KeptLogs(async () => database);
  const key = (imageArn: string) => ({ targetId: "demo", imageArn });
  const recordOf = (...pages: string[][]) => {
    const record = new LogRecord();
    let timestamp = 1_768_999_972_194;
    for (const page of pages) record.append(page.map((message) => ({ message, timestamp: timestamp++ })));
    return record;
  };

  it("gives back the same events in the same order, over several parts", async () => {
    const page = (name: string) =>
      Array.from({ length: 300 }, (_, index) => `${name} ${index} ${"빌드".repeat(5_000)}\nmore`);
    const record = recordOf(page("a"), ["", "\u0000", "\r"], page("b"));
    await open().save(key("arn:long"), record, new Date());
    const loaded = await open().load(key("arn:long"));
    expect([loaded?.end, loaded?.lineCount, loaded?.size]).toEqual([
      record.end,
      record.lineCount,
      record.size,
    ]);
  });

  it("gives the parts from any one on, which together are the log", async () => {
    const page = (name: string) => Array.from({ length: 50 }, () => name.repeat(100_000));
    await open().save(key("arn:parts"), recordOf(page("a"), page("b"), page("c")), new Date());
    const head = await open().head(key("arn:parts"), HEAD);
    const texts: string[] = [];
    const first = await open().part(key("arn:parts"), 1);
    if (!first) throw new Error("There is no second part.");
    for await (const { text } of open().partsFrom(key("arn:parts"), 1, first)) {
      texts.push(gunzipSync(text).toString().slice(0, 1));
    }
    expect([head?.parts, texts]).toEqual([3, ["b", "c"]]);
    expect(await open().part(key("arn:parts"), 3)).toBeUndefined();
  });

  it("says how a log begins, in whole lines only", async () => {
    await open().save(
      key("arn:head"),
      recordOf(["one\ntwo", "Step Three", "x".repeat(200), "five"]),
      new Date(),
    );
    const head = await open().head(key("arn:head"), HEAD);
    expect(head?.lines.map(({ text }) => text)).toEqual(["one", "two", "Step Three"]);
    expect(head?.lines.map(({ time }) => time - 1_768_999_972_194)).toEqual([0, 0, 1]);
    expect(head?.tree.nodes.map(({ name }) => name)).toEqual(["Three"]);
    expect(await open().head(key("arn:none"), HEAD)).toBeUndefined();
  });

  const indexOf = async (imageArn: string) => {
    const packed = await open().index(key(imageArn), (make) => make());
    return packed && (JSON.parse(gunzipSync(packed).toString()) as LogIndex);
  };

  it("keeps what a reader must know before the text has come", async () => {
    const page = (name: string) => [
      `Step ${name}`,
      ...Array.from({ length: 50 }, () => name.repeat(100_000)),
    ];
    await open().save(key("arn:index"), recordOf(page("a"), page("b")), new Date());
    const index = await indexOf("arn:index");
    expect(index?.parts.map(({ lines }) => lines)).toEqual([51, 51]);
    expect(index?.tree.nodes.map(({ name, firstLine }) => [name, firstLine])).toEqual([
      ["a", 0],
      ["b", 51],
    ]);
    expect(await indexOf("arn:none")).toBeUndefined();
  });

  it.each([
    ["by a console that kept no index", null],
    ["with what another parser says", gzipSync(JSON.stringify({ version: 0, parts: [], tree: {} }))],
  ])("makes the index of a log that was kept %s, once", async (_, logIndex) => {
    const arn = `arn:old-${logIndex?.length}`;
    await open().save(key(arn), recordOf(["Step A", "one"]), new Date());
    await database.orm.update(keptLogParts).set({ logIndex }).where(eq(keptLogParts.imageArn, arn));
    const [index] = await Promise.all([indexOf(arn), indexOf(arn)]);
    expect([index?.version, index?.tree.nodes.map(({ name }) => name)]).toEqual([LOG_INDEX_VERSION, ["A"]]);
    const rows = await database.orm.select().from(keptLogParts).where(eq(keptLogParts.imageArn, arn));
    expect(
      rows.map((row) => row.logIndex && JSON.parse(gunzipSync(row.logIndex).toString()).version),
    ).toEqual([LOG_INDEX_VERSION]);
  });

  it("keeps the first log of a build, and none of another", async () => {
    const first = recordOf(["one"]);
    await open().save(key("arn:once"), first, new Date());
    await open().save(key("arn:once"), recordOf(["other"]), new Date());
    expect((await open().load(key("arn:once")))?.end).toEqual(first.end);
    expect(await open().load(key("arn:none"))).toBeUndefined();
    expect(await open().load({ targetId: "prod", imageArn: "arn:once" })).toBeUndefined();
  });
});
